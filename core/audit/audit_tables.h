#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/audit/audit.h"
#include "core/estimate/handovers.h"

namespace gemba::inline audit {

/// Who has to do with a step: roles by their names, each once (after the RACI matrix of
/// responsible, accountable, consulted and informed roles).
struct Responsibility {
  StepId step;
  std::string does;                  ///< empty for an approval, and for nobody in particular
  std::vector<std::string> decides;  ///< who approves it next; of an approval, its own role
  std::vector<std::string> told;     ///< other roles that go on with the case
};

/// Who works on one process.
struct ProcessRoles {
  std::vector<Responsibility> responsibilities;  ///< of steps that are work, in document order
  std::vector<HandoverRate> handovers;           ///< between our roles (RoleId), most often first
};

/// What a role approves, over all documents.
struct Approver {
  std::string role;            ///< its name
  std::int64_t documents = 0;  ///< in which it approves
  std::int64_t steps = 0;
  double per_month = 0;              ///< approvals; 0 where nobody knows how many cases there are
  std::optional<double> pass_share;  ///< none where any of its steps does not say it
  double hours_per_month = 0;        ///< of its work on them
};

/// Who does what in the processes of an audit, where work changes hands, and who approves.
struct AuditTables {
  std::vector<ProcessRoles> processes;  ///< by position in what was audited
  std::vector<Approver> approvers;      ///< most hours first, then by name
};

/// Looks at processes as they are.
AuditTables audit_tables(std::span<const AuditedProcess> audited);

}  // namespace gemba::inline audit
