#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// The amounts that one approver of a chain would decide alone.
struct AuthorityBand {
  StepId approver;
  double up_to = 0;  ///< infinite for the last one without a limit
  double part = 0;   ///< of the cases, 0 to 1
};

/// A chain of approvals told apart by the amounts that the authority table lets each decide.
struct AuthoritySplit {
  DataId amount;
  std::vector<AuthorityBand> bands;  ///< by rising limit; two or more, or one that decides all
  bool counted = false;  ///< the parts are those of the amounts in a log; else all bands are alike
};

/// None unless some approver of the chain has a limit in the authority table, every approver is in
/// it, and an approval of the chain names its amount.
std::optional<AuthoritySplit> split_by_authority(const AuditInput& input,
                                                 const std::vector<StepId>& chain);

/// By StepId: whether the approval is in a chain that the authority table splits between several.
std::vector<bool> in_split_chains(const AuditInput& input);

/// `amount <= 5000`, `amount > 5000 and amount <= 50000`, `amount > 50000`.
std::string band_condition(const AuditInput& input, const AuthoritySplit& split, std::size_t band);

/// TOML of the split: a decision in front that leads every amount to one approver, behind which the
/// case goes on as behind the last. Empty where other steps stand between the approvals.
std::string split_patch(const AuditInput& input, const std::vector<StepId>& chain,
                        const AuthoritySplit& split);

}  // namespace gemba::inline audit
