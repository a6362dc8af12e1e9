#include "core/replay/conformance.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/base/parallel.h"
#include "core/base/summary.h"
#include "core/replay/activity_map.h"
#include "core/replay/variant_table.h"

namespace gemba {
namespace {

/// A deviation without its figures. `subject` is a step, or an activity when it is unknown.
using Key = std::pair<DeviationKind, std::uint32_t>;

/// What aligning one variant gave.
struct Outcome {
  std::int64_t cost = 0;
  bool exact = true;
  std::set<Key> deviations;
};

/// By StepId: whether a case shows the step.
std::vector<bool> visible_steps(const Process& process, const ActivityMap& map,
                                const VariantTable& variants) {
  std::vector<bool> visible;
  for (const Step& step : process.steps) visible.push_back(shows_in_logs(step));
  for (std::size_t variant = 0; variant < variants.size(); ++variant) {
    for (const ActivityId activity : variants.activities(variant)) {
      const std::optional<StepId> step = map.step_of[activity.index()];
      if (step) visible[step->index()] = true;
    }
  }
  return visible;
}

std::vector<std::uint32_t> labels_of(std::span<const ActivityId> activities,
                                     const ActivityMap& map) {
  std::vector<std::uint32_t> labels;
  for (const ActivityId activity : activities) {
    const std::optional<StepId> step = map.step_of[activity.index()];
    labels.push_back(step ? step->value : LabelledNet::silent);
  }
  return labels;
}

/// What the moves of an alignment mean. Moves of the log stand in the order of `activities`.
std::set<Key> deviations_of(const Alignment& alignment, std::span<const ActivityId> activities) {
  std::set<Key> found;
  const auto& moves = alignment.moves;
  std::size_t stops_at = 0;  // behind the last step that was done as the process says
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (moves[i].kind == Move::Kind::both) stops_at = i + 1;
  }
  std::set<std::uint32_t> inserted;
  std::size_t event = 0;
  for (const Move& move : moves) {
    if (move.kind == Move::Kind::log && move.label == LabelledNet::silent)
      found.emplace(DeviationKind::unknown, activities[event].value);
    if (move.kind == Move::Kind::log && move.label != LabelledNet::silent)
      inserted.insert(move.label);
    event += move.kind == Move::Kind::model ? 0 : 1;
  }
  std::set<std::uint32_t> swapped;
  bool unfinished = false;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    const auto& [kind, label] = moves[i];
    if (kind != Move::Kind::model) continue;
    if (inserted.contains(label)) {
      swapped.insert(label);
    } else if (i < stops_at) {
      found.emplace(DeviationKind::skipped, label);
    } else if (!std::exchange(unfinished, true)) {
      found.emplace(DeviationKind::unfinished, label);
    }
  }
  for (const std::uint32_t step : inserted) {
    found.emplace(swapped.contains(step) ? DeviationKind::swapped : DeviationKind::inserted, step);
  }
  return found;
}

/// Aligns all variants, some at the same time.
std::vector<Outcome> align_all(const LabelledNet& net, const VariantTable& variants,
                               const ActivityMap& map, const ConformanceOptions& options) {
  std::vector<Outcome> outcomes(variants.size());
  const std::size_t threads = std::min(options.threads, variants.size() / 8 + 1);
  in_parallel(threads, [&](std::size_t thread) {
    Aligner aligner(net, options.budget);
    for (std::size_t i = thread; i < variants.size(); i += threads) {
      const auto activities = variants.activities(i);
      const auto alignment = aligner.align(labels_of(activities, map));
      outcomes[i] = {alignment->cost, alignment->exact, deviations_of(*alignment, activities)};
    }
  });
  return outcomes;
}

std::optional<double> median_seconds(const std::vector<Micros>& durations) {
  if (durations.empty()) return std::nullopt;
  return summarise(durations).median;
}

/// How much longer the cases with a deviation take than the others.
std::optional<double> extra_seconds(const VariantTable& variants,
                                    const std::vector<bool>& departs) {
  std::vector<Micros> with;
  std::vector<Micros> without;
  for (const VariantTable::Case& each : variants.all_cases()) {
    if (each.duration) (departs[each.variant] ? with : without).push_back(*each.duration);
  }
  const auto median_with = median_seconds(with);
  const auto median_without = median_seconds(without);
  if (!median_with || !median_without) return std::nullopt;
  return *median_with - *median_without;
}

std::vector<Deviation> list_deviations(const Process& process, const EventLog& log,
                                       const VariantTable& variants,
                                       const std::vector<Outcome>& outcomes, std::int64_t cases) {
  std::map<Key, std::vector<bool>> by_key;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    for (const Key& key : outcomes[i].deviations) {
      auto& departs = by_key[key];
      departs.resize(outcomes.size(), false);
      departs[i] = true;
    }
  }
  std::vector<Deviation> found;
  for (const auto& [key, departs] : by_key) {
    Deviation deviation;
    deviation.kind = key.first;
    if (key.first == DeviationKind::unknown) {
      deviation.activity = log.name(ActivityId(key.second));
    } else {
      deviation.step = StepId(key.second);
      deviation.activity = process[StepId(key.second)].name;
    }
    for (std::size_t i = 0; i < departs.size(); ++i)
      deviation.cases += departs[i] ? variants.cases(i) : 0;
    deviation.share = static_cast<double>(deviation.cases) / static_cast<double>(cases);
    deviation.extra_median_seconds = extra_seconds(variants, departs);
    found.push_back(std::move(deviation));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Deviation& a, const Deviation& b) { return a.cases > b.cases; });
  return found;
}

void add_variant(const VariantTable& variants, std::size_t number, const Outcome& outcome,
                 Conformance& result) {
  VariantConformance variant;
  const auto activities = variants.activities(number);
  variant.activities.assign(activities.begin(), activities.end());
  variant.cases = variants.cases(number);
  variant.cost = outcome.cost;
  variant.exact = outcome.exact;
  const auto most = static_cast<std::int64_t>(activities.size()) + result.shortest_run;
  variant.fitness =
      most > 0 ? 1 - static_cast<double>(outcome.cost) / static_cast<double>(most) : 1;
  result.cases += variant.cases;
  result.fitting_cases += outcome.cost == 0 ? variant.cases : 0;
  result.bounded_cases += outcome.exact ? 0 : variant.cases;
  result.variants.push_back(std::move(variant));
}

void set_fitness(Conformance& result) {
  std::int64_t cost = 0;
  std::int64_t most = 0;
  double sum = 0;
  for (const VariantConformance& each : result.variants) {
    cost += each.cases * each.cost;
    most += each.cases * (static_cast<std::int64_t>(each.activities.size()) + result.shortest_run);
    sum += static_cast<double>(each.cases) * each.fitness;
  }
  if (most > 0) result.log_fitness = 1 - static_cast<double>(cost) / static_cast<double>(most);
  if (result.cases > 0) result.mean_fitness = sum / static_cast<double>(result.cases);
}

}  // namespace

std::string_view to_string(DeviationKind kind) {
  constexpr std::string_view names[] = {"skipped", "inserted", "swapped", "unknown", "unfinished"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<Conformance> check_conformance(const Process& process, const EventLog& log,
                                             LifecycleMode mode,
                                             const ConformanceOptions& options) {
  const ActivityMap map = map_activities(process, log);
  const VariantTable variants(log, resolve(mode, log));
  const FlowGraph graph(process);
  const LabelledNet net =
      labelled_net(workflow_net(process, graph), visible_steps(process, map, variants));
  Conformance result;
  const std::optional<std::int64_t> shortest = Aligner(net, options.budget).shortest_run();
  if (!shortest) return std::nullopt;
  result.shortest_run = *shortest;
  const std::vector<Outcome> outcomes = align_all(net, variants, map, options);
  for (std::size_t i = 0; i < outcomes.size(); ++i) add_variant(variants, i, outcomes[i], result);
  set_fitness(result);
  if (result.cases > 0)
    result.deviations = list_deviations(process, log, variants, outcomes, result.cases);
  std::stable_sort(result.variants.begin(), result.variants.end(),
                   [](const VariantConformance& a, const VariantConformance& b) {
                     return std::tuple(-a.cases, a.activities) < std::tuple(-b.cases, b.activities);
                   });
  return result;
}

}  // namespace gemba
