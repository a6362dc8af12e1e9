#include "core/replay/conform/conformance.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "core/base/parallel.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/cases/case_durations.h"
#include "core/replay/cases/variant_table.h"
#include "core/replay/conform/process_net.h"

namespace gemba::inline replay {
namespace {

/// What aligning one variant gave.
struct Outcome {
  std::int64_t cost = 0;
  bool exact = true;
  std::set<DeviationKey> deviations;
};

/// By StepId: whether some case shows the step.
std::vector<bool> shown_steps(const Process& process, const ActivityMap& map,
                              const VariantTable& variants) {
  std::vector<bool> shown(process.steps.size(), false);
  for (std::size_t variant = 0; variant < variants.size(); ++variant) {
    for (const ActivityId activity : variants.activities(variant)) {
      const std::optional<StepId> step = map.step_of[activity.index()];
      if (step) shown[step->index()] = true;
    }
  }
  return shown;
}

/// Leaves only steps that are labels of a net, and to them only the activities of their names: ids
/// of a net mean nothing to a log.
void forget_unlabelled(const LabelledNet& net, const Process& process, const EventLog& log,
                       ActivityMap& map) {
  std::set<std::uint32_t> labels;
  for (const LabelledNet::Transition& each : net.transitions) labels.insert(each.label);
  for (std::size_t i = 0; i < map.step_of.size(); ++i) {
    std::optional<StepId>& step = map.step_of[i];
    if (!step) continue;
    const bool is_label =
        labels.contains(step->value) && process[*step].name == log.name(ActivityId(i));
    if (!is_label) step.reset();
  }
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
std::set<DeviationKey> deviations_of(const Alignment& alignment,
                                     std::span<const ActivityId> activities) {
  std::set<DeviationKey> found;
  const auto& moves = alignment.moves;
  std::size_t stops_at = 0;  // behind the last step that was done as the process says
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (moves[i].kind == Move::Kind::both) stops_at = i + 1;
  }
  std::set<std::uint32_t> inserted;
  std::size_t event = 0;
  for (const Move& move : moves) {
    if (move.kind == Move::Kind::log && move.label == LabelledNet::silent)
      found.insert({DeviationKind::unknown, activities[event].value});
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
      found.insert({DeviationKind::skipped, label});
    } else if (!std::exchange(unfinished, true)) {
      found.insert({DeviationKind::unfinished, label});
    }
  }
  for (const std::uint32_t step : inserted) {
    found.insert({swapped.contains(step) ? DeviationKind::swapped : DeviationKind::inserted, step});
  }
  return found;
}

/// Aligns all variants, some at the same time. `first` has a head start on the net.
std::vector<Outcome> align_all(const LabelledNet& net, Aligner& first, const VariantTable& variants,
                               const ActivityMap& map, std::size_t budget, std::size_t threads) {
  std::vector<Outcome> outcomes(variants.size());
  threads = std::min(threads, variants.size() / 8 + 1);
  in_parallel(threads, [&](std::size_t thread) {
    std::optional<Aligner> own;
    if (thread > 0) own.emplace(net, budget);
    Aligner& aligner = own ? *own : first;
    for (std::size_t i = thread; i < variants.size(); i += threads) {
      const auto activities = variants.activities(i);
      const auto alignment = aligner.align(labels_of(activities, map));
      outcomes[i] = {alignment->cost, alignment->exact, deviations_of(*alignment, activities)};
    }
  });
  return outcomes;
}

/// What deviates in which cases.
struct Departing {
  DeviationKey key;
  std::vector<bool> variants;            ///< that an alignment found it in
  const CaseDeviation* found = nullptr;  ///< or what was found otherwise
};

std::vector<Departing> all_departing(const std::vector<Outcome>& outcomes,
                                     const std::vector<CaseDeviation>& beside) {
  std::map<DeviationKey, std::vector<bool>> by_key;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    for (const DeviationKey& key : outcomes[i].deviations) {
      auto& departs = by_key[key];
      departs.resize(outcomes.size(), false);
      departs[i] = true;
    }
  }
  std::vector<Departing> all;
  for (auto& [key, variants] : by_key) all.push_back({key, std::move(variants), nullptr});
  for (const CaseDeviation& each : beside) all.push_back({each.key, {}, &each});
  return all;
}

void name_subject(const Process& process, const EventLog& log, const DeviationKey& key,
                  Deviation& deviation) {
  deviation.kind = key.kind;
  if (key.kind == DeviationKind::unknown) {
    deviation.activity = log.name(ActivityId(key.subject));
    return;
  }
  deviation.step = StepId(key.subject);
  if (key.kind == DeviationKind::forbidden_path) {
    deviation.flow = FlowId(key.subject);
    deviation.step = process[*deviation.flow].to;
  }
  deviation.activity = process[*deviation.step].name;
}

std::vector<Deviation> list_deviations(const Process& process, const EventLog& log,
                                       const VariantTable& variants,
                                       const std::vector<Departing>& departing,
                                       std::size_t threads) {
  const auto count = static_cast<double>(variants.all_cases().size());
  threads = threads_for(variants.all_cases().size(), threads);
  const CaseDurations durations(variants, threads);
  std::vector<Deviation> found(departing.size());
  share_out(departing.size(), threads, [&](std::size_t number) {
    const Departing& each = departing[number];
    Deviation& deviation = found[number];
    name_subject(process, log, each.key, deviation);
    const CaseGroup group = each.found != nullptr ? durations.group_of(each.found->cases)
                                                  : durations.group_of(each.variants);
    deviation.cases = group.cases;
    deviation.examples = group.first;
    deviation.share = static_cast<double>(group.cases) / count;
    deviation.extra_median_seconds = group.extra_median_seconds;
  });
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

std::int64_t cases_in(const std::vector<CaseDeviation>& found) {
  std::vector<CaseId> cases;
  for (const CaseDeviation& each : found)
    cases.insert(cases.end(), each.cases.begin(), each.cases.end());
  std::sort(cases.begin(), cases.end());
  return std::unique(cases.begin(), cases.end()) - cases.begin();
}

}  // namespace

std::string_view to_string(DeviationKind kind) {
  constexpr std::string_view names[] = {"skipped",        "inserted",   "swapped",
                                        "unknown",        "unfinished", "forbidden path",
                                        "over authority", "same person"};
  return names[static_cast<std::size_t>(kind)];
}

std::optional<Conformance> check_conformance(const Process& process, const EventLog& log,
                                             const VariantTable& variants,
                                             const ConformanceOptions& options,
                                             const std::vector<CaseDeviation>& beside,
                                             std::size_t threads) {
  ActivityMap map = map_activities(process, log);
  const std::vector<bool> visible = visible_steps(process, shown_steps(process, map, variants));
  const LabelledNet net = options.net != nullptr
                              ? *options.net
                              : labelled_net(workflow_net(process, FlowGraph(process)), visible);
  if (options.net != nullptr) forget_unlabelled(net, process, log, map);
  Conformance result;
  Aligner aligner(net, options.budget);
  const std::optional<std::int64_t> shortest = aligner.shortest_run();
  if (!shortest) return std::nullopt;
  result.shortest_run = *shortest;
  const std::vector<Outcome> outcomes =
      align_all(net, aligner, variants, map, options.budget, threads);
  for (std::size_t i = 0; i < outcomes.size(); ++i) add_variant(variants, i, outcomes[i], result);
  for (const Outcome& each : outcomes) result.fits.push_back(each.cost == 0);
  set_fitness(result);
  result.breaking_cases = cases_in(beside);
  result.deviations =
      list_deviations(process, log, variants, all_departing(outcomes, beside), threads);
  std::stable_sort(result.variants.begin(), result.variants.end(),
                   [](const VariantConformance& a, const VariantConformance& b) {
                     return std::tuple(-a.cases, a.activities) < std::tuple(-b.cases, b.activities);
                   });
  return result;
}

std::optional<Conformance> check_conformance(const Process& process, const EventLog& log,
                                             LifecycleMode mode,
                                             const ConformanceOptions& options) {
  return check_conformance(process, log, VariantTable(log, resolve(mode, log)), options, {}, 1);
}

}  // namespace gemba::inline replay
