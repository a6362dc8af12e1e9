#pragma once
#include <optional>
#include <vector>

#include "core/audit/handover_chains.h"

namespace gemba::inline audit {

/// The role that could do all of a chain: of those that lead nobody, decide no approval, have not
/// asked for it themselves and have time, the one with most of the work; of equals the one with
/// most steps, then the first. None where there is no such role.
std::optional<RoleId> owner_of(const AuditInput& input, const HandoverChain& chain);

/// What has to stay with others when `owner` does the chain, where it leads to a payment: the
/// approvals before it, or where there is none, the last check in the chain.
std::vector<StepId> guards_of(const AuditInput& input, const HandoverChain& chain,
                              std::optional<RoleId> owner);

/// Whether money is paid at the step.
bool pays(const Step& step);

}  // namespace gemba::inline audit
