#include "core/model/authority.h"

#include <cmath>

#include <algorithm>
#include <limits>

namespace gemba::inline model {

std::optional<double> limit_of(const Definitions& definitions, RoleId role,
                               std::string_view action) {
  std::optional<double> limit;
  for (const Authority& row : definitions.authority) {
    if (row.role != role || row.action != action) continue;
    const double own = row.up_to.value_or(std::numeric_limits<double>::infinity());
    limit = std::max(limit.value_or(own), own);
  }
  return limit;
}

std::optional<double> approval_limit(const Step& step, const Process& process) {
  if (step.kind != StepKind::approval || !step.role || !step.approves) return std::nullopt;
  const std::optional<double> limit =
      limit_of(process.definitions, *step.role, step.approves->text);
  return limit && std::isfinite(*limit) ? limit : std::nullopt;
}

std::vector<RoleId> reporting_line(const Definitions& definitions, RoleId role) {
  std::vector<RoleId> line;
  std::optional<RoleId> at = role;
  while (at && std::find(line.begin(), line.end(), *at) == line.end()) {
    line.push_back(*at);
    at = definitions[*at].reports_to;
  }
  return line;
}

bool reports_to(const Definitions& definitions, RoleId role, RoleId superior) {
  const std::vector<RoleId> line = reporting_line(definitions, role);
  return std::find(line.begin(), line.end(), superior) != line.end();
}

}  // namespace gemba::inline model
