#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/model/process.h"

namespace gemba::inline model {

/// How much a role may decide of an action: infinity without a limit; none when the authority table
/// has no row for it. The most generous of several rows counts.
std::optional<double> limit_of(const Definitions& definitions, RoleId role,
                               std::string_view action);

/// How much the role of an approval may decide of the action it approves; none where that is
/// unlimited or not known, and for a step that is no approval.
std::optional<double> approval_limit(const Step& step, const Process& process);

/// A role and its superiors, upwards. Ends where a circle closes.
std::vector<RoleId> reporting_line(const Definitions& definitions, RoleId role);

/// Whether `superior` stands above `role` on its reporting line, or is the same.
bool reports_to(const Definitions& definitions, RoleId role, RoleId superior);

}  // namespace gemba::inline model
