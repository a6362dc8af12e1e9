#include "core/replay/kpi.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "core/base/parallel.h"
#include "core/base/suggest.h"
#include "core/base/summary.h"
#include "core/eventlog/selection.h"
#include "core/replay/activity_map.h"
#include "core/replay/cases.h"
#include "core/replay/working_time.h"

namespace gemba {
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

/// The steps that KPIs name.
std::vector<StepId> named_steps(const Process& process) {
  std::vector<StepId> named;
  for (const Kpi& kpi : process.kpis) {
    if (kpi.from) named.push_back(*kpi.from);
    if (kpi.to) named.push_back(*kpi.to);
    named.insert(named.end(), kpi.with.begin(), kpi.with.end());
    named.insert(named.end(), kpi.without.begin(), kpi.without.end());
  }
  return named;
}

/// By StepId: whether the log shows it. Looks no further than to the last of the `wanted` steps.
std::vector<bool> shown_of(const EventLog& log, LifecycleMode mode, const ActivityMap& map,
                           std::size_t step_count, const std::vector<StepId>& wanted) {
  std::vector<bool> shown(step_count, false);
  if (wanted.empty()) return shown;
  const auto is_shown = [&](StepId step) { return shown[step.index()]; };
  CaseInstances buffer;
  for (std::size_t i = 0; i < log.case_count(); ++i) {
    instances_of(log, log.events_of(CaseId(i)), mode, buffer);
    bool is_new = false;
    for (const Instance& each : buffer.instances) {
      const auto step = map.step_of[each.activity.index()];
      if (!step || shown[step->index()]) continue;
      shown[step->index()] = is_new = true;
    }
    if (is_new && std::all_of(wanted.begin(), wanted.end(), is_shown)) break;
  }
  return shown;
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
  for (const std::string& each : log.available) {
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", each);
  }
  return fmt::format("the columns of the log are {}{}", list,
                     did_you_mean(name, {log.available.begin(), log.available.end()}));
}

/// A case as KPIs look at it.
struct CaseView {
  CaseId id;
  const std::vector<Instance>& instances;
  const std::vector<std::optional<StepId>>& steps;  ///< by position in `instances`
  Micros begin = no_time;
  Micros end = no_time;

  /// Where a step first ends, from a position on.
  std::optional<std::size_t> find_end(StepId step, std::size_t from) const {
    for (std::size_t at = from; at < instances.size(); ++at) {
      if (steps[at] == step && instances[at].end != no_time) return at;
    }
    return std::nullopt;
  }

  bool has(StepId step) const { return std::find(steps.begin(), steps.end(), step) != steps.end(); }
};

/// What is measured, and on which log.
struct Subject {
  const Process& process;
  const EventLog& log;
  const std::vector<bool>& shown;  ///< by StepId: steps that the log shows
};

// In the order of the log, so that threads do not matter to rounding.
double sum_of(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0);
}

/// What a KPI comes to in a group of cases, while they are added.
struct KpiTally {
  KpiResult result;
  std::vector<Micros> times;
  std::vector<double> numbers;

  /// Adds what later cases came to.
  void join(KpiTally& later);
};

void KpiTally::join(KpiTally& later) {
  const KpiResult& more = later.result;
  result.n += more.n;
  if (result.numerator) *result.numerator += *more.numerator;
  for (const KpiExclusion& each : more.excluded) {
    const auto known =
        std::find_if(result.excluded.begin(), result.excluded.end(),
                     [&](const KpiExclusion& other) { return other.reason == each.reason; });
    if (known == result.excluded.end()) {
      result.excluded.push_back(each);
    } else {
      known->cases += each.cases;
    }
  }
  if (result.first == no_time || (more.first != no_time && more.first < result.first))
    result.first = more.first;
  result.last = std::max(result.last, more.last);
  times.insert(times.end(), later.times.begin(), later.times.end());
  numbers.insert(numbers.end(), later.numbers.begin(), later.numbers.end());
}

/// Measures one KPI, case by case.
class Measurement {
 public:
  Measurement(const Kpi& kpi, const Subject& subject) : kpi_(kpi), subject_(subject) {
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

  /// Of a group without cases.
  KpiTally start() const { return {result_, {}, {}}; }

  void add(const CaseView& seen, KpiTally& tally) {
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

  KpiResult finish(KpiTally tally) const {
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

 private:
  const std::string& id(StepId step) const { return subject_.process[step].id; }

  void note_never_shown(const std::vector<StepId>& steps) {
    for (const StepId step : steps) {
      if (subject_.shown[step.index()]) continue;
      result_.notes.push_back(fmt::format("the log never shows '{}'", id(step)));
    }
  }

  void prepare_time() {
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

  void prepare_clock() {
    const Definitions& definitions = subject_.process.definitions;
    const auto role = kpi_.to ? subject_.process[*kpi_.to].role : std::nullopt;
    if (role && definitions[*role].calendar) {
      clock_.emplace(definitions[*definitions[*role].calendar]);
    } else if (kpi_.to) {
      result_.problem = fmt::format(
          "the target is in business time, and the role of '{}' has no calendar", id(*kpi_.to));
    } else {
      result_.problem =
          "the target is in business time, and there is no 'to' whose calendar counts";
    }
  }

  void prepare_mean() {
    column_ = find_column(subject_.log, kpi_.mean_column);
    no_number_ = fmt::format("there is no number in '{}'", kpi_.mean_column);
    if (column_ != nullptr) return;
    result_.problem = fmt::format("the log has no column '{}'", kpi_.mean_column);
    result_.notes.push_back(columns_there_are(subject_.log, kpi_.mean_column));
  }

  static bool leave_out(KpiTally& tally, const std::string& reason) {
    auto& excluded = tally.result.excluded;
    auto known = std::find_if(excluded.begin(), excluded.end(),
                              [&](const KpiExclusion& each) { return each.reason == reason; });
    if (known == excluded.end()) known = excluded.insert(known, {reason, 0});
    ++known->cases;
    return false;
  }

  bool add_time(const CaseView& seen, KpiTally& tally) {
    if (seen.begin == no_time) return leave_out(tally, "the case has no times");
    Micros begin = seen.begin;
    std::size_t after = 0;
    if (from_) {
      const auto at = seen.find_end(*from_, 0);
      if (!at) return leave_out(tally, no_from_);
      begin = seen.instances[*at].end;
      after = *at + 1;
    }
    Micros end = seen.end;
    if (kpi_.to) {
      const auto at = seen.find_end(*kpi_.to, after);
      if (!at) return leave_out(tally, no_to_);
      end = seen.instances[*at].end;
    }
    tally.times.push_back(time_between(begin, end));
    return true;
  }

  /// Business days are days of 24 hours here: what a share of one is rounded to is far below a
  /// second.
  Micros time_between(Micros begin, Micros end) {
    if (!clock_) return end - begin;
    const WorkingSpan span = clock_->between(begin, end);
    return result_.unit == KpiUnit::business_days ? std::llround(span.days * per_day) : span.micros;
  }

  double time_value(const std::vector<Micros>& times) const {
    const double seconds = statistic(summarise(times), kpi_.stat);
    return result_.unit == KpiUnit::business_days ? seconds * per_second / per_day : seconds;
  }

  bool add_share(const CaseView& seen, KpiTally& tally) {
    const auto has = [&](StepId step) { return seen.has(step); };
    if (std::all_of(kpi_.with.begin(), kpi_.with.end(), has) &&
        std::none_of(kpi_.without.begin(), kpi_.without.end(), has)) {
      ++*tally.result.numerator;
    }
    return true;
  }

  bool add_mean(const CaseView& seen, KpiTally& tally) {
    const auto number = first_number(*column_, subject_.log.events_of(seen.id));
    if (!number) return leave_out(tally, no_number_);
    tally.numbers.push_back(*number);
    return true;
  }

  const Kpi& kpi_;
  const Subject& subject_;
  KpiResult result_;            ///< what is known about it before any case is
  std::optional<StepId> from_;  ///< of a time; none: it begins with the case
  std::optional<WorkingClock> clock_;
  std::string no_from_, no_to_, no_number_;  ///< why cases are left out
  const AttributeColumn* column_ = nullptr;  ///< of a mean
};

/// Measures all KPIs, for each group of cases, over a part of the log.
class KpiWalk {
 public:
  KpiWalk(const Subject& subject, const ActivityMap& map, const CaseGroups& groups)
      : subject_(subject), map_(map), groups_(groups) {
    for (const Kpi& kpi : subject.process.kpis) {
      measurements_.emplace_back(kpi, subject);
      tallies_.emplace_back(groups.count, measurements_.back().start());
    }
  }

  void walk(LifecycleMode mode, std::size_t first, std::size_t last) {
    std::vector<std::optional<StepId>> steps;
    const auto use = [&](std::uint32_t number, const std::vector<Instance>& instances) {
      const std::uint32_t group = groups_.of_case[number];
      if (group == no_group) return;
      steps.clear();
      for (const Instance& each : instances) steps.push_back(map_.step_of[each.activity.index()]);
      CaseView seen{CaseId(number), instances, steps};
      if (const auto times = extent(instances)) std::tie(seen.begin, seen.end) = *times;
      for (std::size_t i = 0; i < measurements_.size(); ++i)
        measurements_[i].add(seen, tallies_[i][group]);
    };
    for_each_case(subject_.log, mode, first, last, use);
  }

  /// Adds a walk over later cases.
  void join(KpiWalk& later) {
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
      for (std::size_t group = 0; group < groups_.count; ++group)
        tallies_[i][group].join(later.tallies_[i][group]);
    }
  }

  std::vector<KpiResult> results_of(std::size_t group) {
    std::vector<KpiResult> results;
    for (std::size_t i = 0; i < measurements_.size(); ++i)
      results.push_back(measurements_[i].finish(std::move(tallies_[i][group])));
    return results;
  }

 private:
  const Subject& subject_;
  const ActivityMap& map_;
  const CaseGroups& groups_;
  std::vector<Measurement> measurements_;
  std::vector<std::vector<KpiTally>> tallies_;  ///< by KPI and group
};

}  // namespace

std::string_view to_string(KpiUnit unit) {
  constexpr std::array<std::string_view, 5> words = {"seconds", "business_seconds", "business_days",
                                                     "fraction", "number"};
  return words[static_cast<std::size_t>(unit)];
}

std::vector<std::string> kpi_columns(const Process& process) {
  std::vector<std::string> names;
  for (const Kpi& kpi : process.kpis) {
    if (kpi.mean_column.empty()) continue;
    if (std::find(names.begin(), names.end(), kpi.mean_column) != names.end()) continue;
    names.push_back(kpi.mean_column);
    names.push_back(std::string(trace_prefix) + kpi.mean_column);
  }
  return names;
}

std::vector<KpiResult> measure_kpis(const Process& process, const EventLog& log, LifecycleMode mode,
                                    std::size_t threads) {
  const std::vector<std::uint32_t> all(log.case_count(), 0);
  return std::move(measure_kpis(process, log, mode, {all, 1}, threads).front());
}

std::vector<std::vector<KpiResult>> measure_kpis(const Process& process, const EventLog& log,
                                                 LifecycleMode mode, const CaseGroups& groups,
                                                 std::size_t threads) {
  std::vector<std::vector<KpiResult>> results(groups.count);
  if (process.kpis.empty()) return results;
  mode = resolve(mode, log);
  const ActivityMap map = map_activities(process, log);
  const std::vector<bool> shown =
      shown_of(log, mode, map, process.steps.size(), named_steps(process));
  const Subject subject{process, log, shown};
  std::vector<KpiWalk> walks;
  threads = threads_for(log.size(), threads);
  for (std::size_t part = 0; part < threads; ++part) walks.emplace_back(subject, map, groups);
  in_parallel(threads, [&](std::size_t part) {
    walks[part].walk(mode, share_begin(log.case_count(), part, threads),
                     share_begin(log.case_count(), part + 1, threads));
  });
  for (std::size_t part = 1; part < threads; ++part) walks.front().join(walks[part]);
  for (std::size_t group = 0; group < groups.count; ++group)
    results[group] = walks.front().results_of(group);
  return results;
}

}  // namespace gemba
