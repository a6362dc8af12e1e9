#include "core/audit/limit_savings.h"

#include <fmt/format.h>

#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {

std::string limit_savings(const AuditInput& input, std::span<const StepId> approvals) {
  std::string text;
  for (const double below : {0.5, 0.8, 0.95}) {
    Edit edit;
    for (const StepId step : approvals) edit.fewer.emplace_back(step, 1 - below);
    const Expected after =
        expected(input.process, input.graph, input.profile, edit, &input.expected);
    const double hours = (input.expected.work_seconds - after.work_seconds) / 36;
    const double seconds = input.expected.cycle_seconds - after.cycle_seconds;
    if (hours < 0.05 && seconds < 1) return {};
    text += fmt::format(
        "{}with {} of the cases below the limit {} h of work per 100 cases and {} "
        "per case less",
        text.empty() ? "" : ", ", percent(below), decimal(hours), humane_seconds(seconds));
  }
  return text;
}

}  // namespace gemba::inline audit
