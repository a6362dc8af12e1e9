#include "core/model/process.h"

#include <array>

namespace gemba::inline model {
namespace {
constexpr std::array<std::string_view, 10> kind_names = {
    "start", "end", "task", "approval", "decision", "fork", "join", "wait", "notify", "call"};
}  // namespace

std::string_view to_string(StepKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::span<const std::string_view> step_kind_words() { return kind_names; }

bool is_gateway(StepKind kind) {
  return kind == StepKind::decision || kind == StepKind::fork || kind == StepKind::join;
}

bool is_approvable(StepKind kind) { return kind == StepKind::task || kind == StepKind::call; }

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
  return per_seconds > 0 ? cases * seconds_per_month / per_seconds : 0;
}

std::optional<StepId> Process::find_step(std::string_view step_id) const {
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].id == step_id) return StepId(i);
  }
  return std::nullopt;
}

}  // namespace gemba::inline model
