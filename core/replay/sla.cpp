#include "core/replay/sla.h"

namespace gemba {
namespace {

/// Sums of shares of days carry rounding errors: a limit of two days is met by 2.0000000001.
constexpr double rounding = 1e-9;

}  // namespace

SlaJudge::SlaJudge(const Process& process, std::optional<CalendarId> calendar)
    : limits_(process.steps.size()), results_(process.steps.size()) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!step.sla) continue;
    Limit limit{step.sla->value, std::nullopt};
    const bool business = limit.duration.kind != Duration::Kind::elapsed;
    if (business) {
      const std::optional<CalendarId> own = calendar_of(process, step, calendar);
      if (!own) continue;
      limit.clock.emplace(process.definitions[*own]);
    }
    results_[i] = SlaAttainment{working_seconds(limit.duration), business, 0, 0};
    limits_[i] = std::move(limit);
  }
}

std::optional<bool> SlaJudge::judge(StepId step, CaseId id, Micros enabled, Micros ended) {
  std::optional<Limit>& limit = limits_[step.index()];
  if (!limit) return std::nullopt;
  SlaAttainment& result = *results_[step.index()];
  const Duration& most = limit->duration;
  const Micros taken = ended - enabled;
  bool met = taken <= most.micros;
  double seconds = static_cast<double>(taken) / static_cast<double>(micros_per_second);
  if (most.kind != Duration::Kind::elapsed) {
    const WorkingSpan span = limit->clock->between(enabled, ended);
    const bool in_hours = most.kind == Duration::Kind::business_hours;
    met = in_hours ? span.micros <= most.micros : span.days <= most.days + rounding;
    seconds = in_hours ? static_cast<double>(span.micros) / static_cast<double>(micros_per_second)
                       : span.days * result.limit_seconds / most.days;
  }
  ++(met ? result.met : result.breached);
  if (!met) result.breaches.push_back({id, enabled, ended, seconds});
  return met;
}

void SlaJudge::join(const SlaJudge& later) {
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (!results_[i]) continue;
    SlaAttainment& result = *results_[i];
    const SlaAttainment& more = *later.results_[i];
    result.met += more.met;
    result.breached += more.breached;
    result.breaches.insert(result.breaches.end(), more.breaches.begin(), more.breaches.end());
  }
}

}  // namespace gemba
