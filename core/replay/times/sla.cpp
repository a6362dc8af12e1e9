#include "core/replay/times/sla.h"

#include <algorithm>
#include <tuple>

namespace gemba::inline replay {
namespace {

/// Sums of shares of days carry rounding errors: a limit of two days is met by 2.0000000001.
constexpr double rounding = 1e-9;

}  // namespace

SlaJudge::SlaJudge(const Process& process, std::optional<CalendarId> calendar,
                   std::size_t most_breaches)
    : limits_(process.steps.size()),
      results_(process.steps.size()),
      most_(most_breaches),
      least_(process.steps.size(), 0) {
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!step.sla) continue;
    const Duration& limit = step.sla->value;
    const bool business = limit.kind != Duration::Kind::elapsed;
    if (business && !calendar_of(process, step, calendar)) continue;
    results_[i] = SlaAttainment{working_seconds(limit), business, 0, 0};
    limits_[i] = limit;
  }
}

std::optional<bool> SlaJudge::judge(StepId step, CaseId id, const ClockedMoment& enabled,
                                    const ClockedMoment& ended, WorkingClock* clock) {
  const std::optional<Duration>& limit = limits_[step.index()];
  if (!limit) return std::nullopt;
  SlaAttainment& result = *results_[step.index()];
  Micros taken = ended.time - enabled.time;
  double days = 0;
  if (limit->kind == Duration::Kind::business_hours) taken = open_between(enabled, ended);
  const bool in_days = limit->kind == Duration::Kind::business_days;
  if (in_days) days = clock->between(enabled.time, ended.time).days;
  const bool met = in_days ? days <= limit->days + rounding : taken <= limit->micros;
  ++(met ? result.met : result.breached);
  if (met) return true;
  const double seconds = in_days
                             ? days * result.limit_seconds / limit->days
                             : static_cast<double>(taken) / static_cast<double>(micros_per_second);
  list({id, enabled.time, ended.time, seconds}, step.index());
  return false;
}

void SlaJudge::list(const SlaBreach& breach, std::size_t step) {
  std::vector<SlaBreach>& breaches = results_[step]->breaches;
  if (most_ == 0 || breach.seconds < least_[step]) return;
  breaches.push_back(breach);
  if (breaches.size() / 2 >= most_) drop_shorter(step);
}

void SlaJudge::drop_shorter(std::size_t step) {
  std::vector<SlaBreach>& breaches = results_[step]->breaches;
  if (breaches.size() <= most_) return;
  const auto order = [](const SlaBreach& each) {
    return std::tuple(each.id, each.ended, each.enabled);
  };
  const auto last = breaches.begin() + static_cast<std::ptrdiff_t>(most_) - 1;
  std::nth_element(breaches.begin(), last, breaches.end(),
                   [&](const SlaBreach& a, const SlaBreach& b) {
                     return std::tuple(b.seconds, order(a)) < std::tuple(a.seconds, order(b));
                   });
  least_[step] = last->seconds;
  breaches.resize(most_);
  std::sort(breaches.begin(), breaches.end(),
            [&](const SlaBreach& a, const SlaBreach& b) { return order(a) < order(b); });
}

void SlaJudge::join(const SlaJudge& later) {
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (!results_[i]) continue;
    SlaAttainment& result = *results_[i];
    const SlaAttainment& more = *later.results_[i];
    result.met += more.met;
    result.breached += more.breached;
    for (const SlaBreach& each : more.breaches) list(each, i);
  }
}

std::vector<std::optional<SlaAttainment>>& SlaJudge::results() {
  for (std::size_t i = 0; i < results_.size(); ++i) {
    if (results_[i]) drop_shorter(i);
  }
  return results_;
}

}  // namespace gemba::inline replay
