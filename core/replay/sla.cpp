#include "core/replay/sla.h"

namespace gemba {
namespace {

/// Sums of shares of days carry rounding errors: a limit of two days is met by 2.0000000001.
constexpr double rounding = 1e-9;

}  // namespace

SlaJudge::SlaJudge(const Process& process)
    : limits_(process.steps.size()), results_(process.steps.size()) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!step.sla) continue;
    Limit limit{step.sla->value, std::nullopt};
    const bool business = limit.duration.kind != Duration::Kind::elapsed;
    if (business) {
      if (!step.role || !process.definitions[*step.role].calendar) continue;
      limit.clock.emplace(process.definitions[*process.definitions[*step.role].calendar]);
    }
    results_[i] = SlaAttainment{working_seconds(limit.duration), business, 0, 0};
    limits_[i] = std::move(limit);
  }
}

void SlaJudge::judge(StepId step, Micros enabled, Micros ended) {
  std::optional<Limit>& limit = limits_[step.index()];
  if (!limit) return;
  bool met = false;
  if (limit->duration.kind == Duration::Kind::elapsed) {
    met = ended - enabled <= limit->duration.micros;
  } else {
    const WorkingSpan span = limit->clock->between(enabled, ended);
    met = limit->duration.kind == Duration::Kind::business_hours
              ? span.micros <= limit->duration.micros
              : span.days <= limit->duration.days + rounding;
  }
  SlaAttainment& result = *results_[step.index()];
  ++(met ? result.met : result.breached);
}

}  // namespace gemba
