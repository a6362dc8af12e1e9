#include "core/model/process.h"

#include <algorithm>
#include <array>

namespace gemba {
namespace {
constexpr std::array<std::string_view, 10> kind_names = {
    "start", "end", "task", "approval", "decision", "fork", "join", "wait", "notify", "call"};
}  // namespace

std::string_view to_string(StepKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::optional<StepKind> parse_step_kind(std::string_view text) {
  const auto found = std::find(kind_names.begin(), kind_names.end(), text);
  if (found == kind_names.end()) return std::nullopt;
  return static_cast<StepKind>(found - kind_names.begin());
}

double WorkTime::mean_seconds() const {
  if (fixed) return working_seconds(*fixed);
  if (mean) return working_seconds(*mean);
  double sum = 0;
  int parts = 0;
  for (const auto& part : {min, mode, max}) {
    if (part) {
      sum += working_seconds(*part);
      ++parts;
    }
  }
  return parts == 0 ? 0 : sum / parts;
}

double Volume::cases_per_month() const {
  constexpr double month_seconds = 365.25 / 12 * 86'400;
  return per_seconds > 0 ? cases * month_seconds / per_seconds : 0;
}

std::optional<StepId> Process::find_step(std::string_view step_id) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].id == step_id) return StepId(i);
  }
  return std::nullopt;
}

}  // namespace gemba
