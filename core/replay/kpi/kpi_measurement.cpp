#include "core/replay/kpi/kpi_measurement.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/columns/summary.h"
#include "core/eventlog/query/selection.h"

namespace gemba::inline replay {
namespace {

constexpr auto per_second = static_cast<double>(micros_per_second);
constexpr auto per_day = static_cast<double>(micros_per_day);

bool is_time(const Kpi& kpi) { return kpi.from || kpi.to; }

KpiUnit unit_of(const Kpi& kpi) {
  if (kpi.is_share) return KpiUnit::fraction;
  if (!is_time(kpi)) return KpiUnit::number;
  if (!kpi.target) return KpiUnit::seconds;
  switch (kpi.target->duration.kind) {
    case Duration::Kind::business_hours:
      return KpiUnit::business_seconds;
    case Duration::Kind::business_days:
      return KpiUnit::business_days;
    case Duration::Kind::elapsed:
      break;
  }
  return KpiUnit::seconds;
}

double statistic(const Summary& summary, std::string_view stat) {
  const std::array<std::pair<std::string_view, double>, 8> all = {{{"mean", summary.mean},
                                                                   {"median", summary.median},
                                                                   {"p75", summary.p75},
                                                                   {"p90", summary.p90},
                                                                   {"p95", summary.p95},
                                                                   {"p99", summary.p99},
                                                                   {"min", summary.min},
                                                                   {"max", summary.max}}};
  return std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.first == stat; })
      ->second;
}

/// The limit of a target in the unit of the value.
double limit_of(const Target& target, KpiUnit unit) {
  return unit == KpiUnit::business_days ? target.duration.days : target.value;
}

bool meets(double value, double limit, Expr::Op op) {
  const bool equal = std::abs(value - limit) <= 1e-12 * std::max(1.0, std::abs(limit));
  switch (op) {
    case Expr::Op::lt:
      return value < limit && !equal;
    case Expr::Op::le:
      return value < limit || equal;
    case Expr::Op::gt:
      return value > limit && !equal;
    case Expr::Op::ge:
      return value > limit || equal;
    default:
      return equal;
  }
}

/// The column of a mean; null when the log does not have it.
const AttributeColumn* find_column(const EventLog& log, const std::string& name) {
  const AttributeColumn* found = nullptr;
  for (const AttributeColumn& each : log.attributes) {
    if (each.name != name && each.name != std::string(trace_prefix) + name) continue;
    const auto& columns = log.available;
    const bool exists = each.values.size() > 0 ||
                        std::find(columns.begin(), columns.end(), each.name) != columns.end();
    if (exists && (found == nullptr || found->values.size() == 0)) found = &each;
  }
  return found;
}

/// The columns that there are, for somebody who named another one.
std::string columns_there_are(const EventLog& log, const std::string& name) {
  std::string list;
  for (const std::string& each : log.available) add_item(list, fmt::format("'{}'", each));
  return fmt::format("the columns of the log are {}{}", list,
                     did_you_mean(name, {log.available.begin(), log.available.end()}));
}

// In the order of the log, so that threads do not matter to rounding.
double sum_of(const LargeVector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

/// Counts cases that are left out, and why. Returns false: they do not count.
bool leave_out(KpiResult& result, const std::string& reason, std::int64_t cases = 1) {
  auto& excluded = result.excluded;
  auto known = std::find_if(excluded.begin(), excluded.end(),
                            [&](const KpiExclusion& each) { return each.reason == reason; });
  if (known == excluded.end()) known = excluded.insert(known, {reason, 0});
  known->cases += cases;
  return false;
}

}  // namespace

void KpiTally::join(const KpiTally& later) {
  const KpiResult& more = later.result;
  result.n += more.n;
  if (result.numerator) *result.numerator += *more.numerator;
  for (const KpiExclusion& each : more.excluded) leave_out(result, each.reason, each.cases);
  if (result.first == no_time || (more.first != no_time && more.first < result.first))
    result.first = more.first;
  result.last = std::max(result.last, more.last);
  times.append(later.times);
  numbers.insert(numbers.end(), later.numbers.begin(), later.numbers.end());
}

KpiMeasurement::KpiMeasurement(const Kpi& kpi, const KpiSubject& subject)
    : kpi_(kpi), subject_(subject) {
  result_.unit = unit_of(kpi);
  if (is_time(kpi)) {
    prepare_time();
  } else if (kpi.is_share) {
    result_.numerator = 0;
    for (const auto* steps : {&kpi.with, &kpi.without}) note_never_shown(*steps);
  } else {
    prepare_mean();
  }
}

void KpiMeasurement::add(const KpiCase& seen, KpiTally& tally) {
  KpiResult& result = tally.result;
  if (!result.problem.empty()) return;
  const bool counts = is_time(kpi_)   ? add_time(seen, tally)
                      : kpi_.is_share ? add_share(seen, tally)
                                      : add_mean(seen, tally);
  if (!counts) return;
  ++result.n;
  if (seen.begin == no_time) return;
  result.first = result.first == no_time ? seen.begin : std::min(result.first, seen.begin);
  result.last = std::max(result.last, seen.end);
}

KpiResult KpiMeasurement::finish(KpiTally tally) const {
  KpiResult& result = tally.result;
  const auto n = static_cast<double>(result.n);
  if (result.n > 0) {
    result.value = is_time(kpi_)   ? time_value(tally.times)
                   : kpi_.is_share ? static_cast<double>(*result.numerator) / n
                                   : sum_of(tally.numbers) / n;
  }
  if (result.value && kpi_.target) {
    const Target& target = *kpi_.target;
    result.met = meets(*result.value, limit_of(target, result.unit), target.op);
  }
  return std::move(result);
}

void KpiMeasurement::note_never_shown(const std::vector<StepId>& steps) {
  for (const StepId step : steps) {
    if (subject_.shown[step.index()]) continue;
    result_.notes.push_back(fmt::format("the log never shows '{}'", id(step)));
  }
}

void KpiMeasurement::prepare_time() {
  if (!subject_.log.has_times()) result_.problem = "the log has no times";
  if (kpi_.from && subject_.process[*kpi_.from].kind != StepKind::start) {
    from_ = subject_.shown[kpi_.from->index()] ? kpi_.from : std::nullopt;
    if (!from_) {
      result_.notes.push_back(
          fmt::format("the log never shows '{}': its time begins with the case", id(*kpi_.from)));
    }
  }
  if (from_) no_from_ = fmt::format("'{}' is not done", id(*from_));
  if (kpi_.to) no_to_ = fmt::format("'{}' is not done", id(*kpi_.to));
  if (kpi_.to && from_) no_to_ += fmt::format(" after '{}'", id(*from_));
  if (result_.unit != KpiUnit::seconds) prepare_clock();
}

void KpiMeasurement::prepare_clock() {
  const Definitions& definitions = subject_.process.definitions;
  const auto role = kpi_.to ? subject_.process[*kpi_.to].role : std::nullopt;
  if (role && definitions[*role].calendar) {
    clock_.emplace(definitions[*definitions[*role].calendar]);
  } else if (kpi_.to) {
    result_.problem = fmt::format(
        "the target is in business time, and the role of '{}' has no calendar", id(*kpi_.to));
  } else {
    result_.problem = "the target is in business time, and there is no 'to' whose calendar counts";
  }
}

void KpiMeasurement::prepare_mean() {
  column_ = find_column(subject_.log, kpi_.mean_column);
  no_number_ = fmt::format("there is no number in '{}'", kpi_.mean_column);
  if (column_ != nullptr) {
    numbers_.emplace(*column_);
    return;
  }
  result_.problem = fmt::format("the log has no column '{}'", kpi_.mean_column);
  result_.notes.push_back(columns_there_are(subject_.log, kpi_.mean_column));
}

bool KpiMeasurement::add_time(const KpiCase& seen, KpiTally& tally) {
  if (seen.begin == no_time) return leave_out(tally.result, "the case has no times");
  Micros begin = seen.begin;
  std::size_t after = 0;
  if (from_) {
    const auto at = seen.find_end(*from_, 0);
    if (!at) return leave_out(tally.result, no_from_);
    begin = seen.instances[*at].end;
    after = *at + 1;
  }
  Micros end = seen.end;
  if (kpi_.to) {
    const auto at = seen.find_end(*kpi_.to, after);
    if (!at) return leave_out(tally.result, no_to_);
    end = seen.instances[*at].end;
  }
  tally.times.push_back(time_between(begin, end));
  return true;
}

/// Business days are days of 24 hours here: what a share of one is rounded to is far below a
/// second.
Micros KpiMeasurement::time_between(Micros begin, Micros end) {
  if (!clock_) return end - begin;
  const WorkingSpan span = clock_->between(begin, end);
  return result_.unit == KpiUnit::business_days ? std::llround(span.days * per_day) : span.micros;
}

double KpiMeasurement::time_value(const DurationList& times) const {
  const DurationList* const all[] = {&times};
  const double seconds = statistic(summarise(all), kpi_.stat);
  return result_.unit == KpiUnit::business_days ? seconds * per_second / per_day : seconds;
}

bool KpiMeasurement::add_share(const KpiCase& seen, KpiTally& tally) {
  const auto has = [&](StepId step) { return seen.has(step); };
  if (std::all_of(kpi_.with.begin(), kpi_.with.end(), has) &&
      std::none_of(kpi_.without.begin(), kpi_.without.end(), has)) {
    ++*tally.result.numerator;
  }
  return true;
}

bool KpiMeasurement::add_mean(const KpiCase& seen, KpiTally& tally) {
  const auto number = first_number(*column_, *numbers_, subject_.log.events_of(seen.id));
  if (!number) return leave_out(tally.result, no_number_);
  tally.numbers.push_back(*number);
  return true;
}

}  // namespace gemba::inline replay
