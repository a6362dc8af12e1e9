#include "core/compare/compare.h"

#include <algorithm>
#include <iterator>

#include "core/base/text.h"

namespace gemba::inline compare {
namespace {

/// The entry of `list` with an id, added as `entry` where there is none.
template <class Id, class Entry>
Id merged(std::vector<Entry>& list, const Entry& entry) {
  const auto known = std::find_if(list.begin(), list.end(),
                                  [&](const Entry& each) { return each.id == entry.id; });
  if (known != list.end()) return Id(static_cast<std::size_t>(known - list.begin()));
  list.push_back(entry);
  return Id(list.size() - 1);
}

/// Puts an earlier version's parts into a comparison.
class Merger {
 public:
  Merger(const Process& before, Comparison& into) : before_(before), into_(into) {}

  RoleId role(RoleId id) {
    Definitions& all = into_.process.definitions;
    Role role = before_.definitions[id];
    role.calendar.reset();
    role.reports_to.reset();
    const std::size_t known = all.roles.size();
    const auto now = merged<RoleId>(all.roles, role);
    if (all.roles.size() > known) add_authority(id, now);
    return now;
  }
  SystemId system(SystemId id) {
    return merged<SystemId>(into_.process.definitions.systems, before_.definitions[id]);
  }
  /// Conditions name data, too.
  void all_data() {
    for (std::size_t i = 0; i < before_.definitions.data.size(); ++i) data(DataId(i));
  }
  Step step(Step step) {
    if (step.role) step.role = role(*step.role);
    if (step.system) step.system = system(*step.system);
    for (SystemId& each : step.other_systems) each = system(each);
    for (auto* uses : {&step.needs, &step.makes}) {
      for (DataUse& use : *uses) use.data = data(use.data);
    }
    if (step.amount) step.amount->data = data(step.amount->data);
    return step;
  }

 private:
  DataId data(DataId id) {
    Data datum = before_.definitions[id];
    datum.copy_of.reset();
    return merged<DataId>(into_.process.definitions.data, datum);
  }
  void add_authority(RoleId before, RoleId now) {
    for (Authority row : before_.definitions.authority) {
      if (row.role != before) continue;
      row.role = now;
      into_.process.definitions.authority.push_back(row);
    }
  }

  const Process& before_;
  Comparison& into_;
};

template <class Id>
void add_once(std::vector<Id>& list, Id id) {
  if (std::find(list.begin(), list.end(), id) == list.end()) list.push_back(id);
}

/// Steps of the later version, then those that only the earlier one has. Returns the place of each
/// of the earlier version's steps.
std::vector<StepId> merge_steps(const Process& before, const Process& now, bool chinese,
                                Comparison& result) {
  for (const Step& step : now.steps) {
    const std::optional<StepId> old = before.find_step(step.id);
    ChangeNote note;
    note.change = ChangeKind::added;
    if (old) note = compare_steps(before[*old], before, step, now, chinese);
    result.steps.push_back(std::move(note));
  }
  Merger merger(before, result);
  merger.all_data();
  std::vector<StepId> places;
  for (const Step& step : before.steps) {
    if (step.role) add_once(result.roles, merger.role(*step.role));
    for (const SystemId each : systems_of(step)) add_once(result.systems, merger.system(each));
    const std::optional<StepId> same = now.find_step(step.id);
    places.push_back(same ? *same : StepId(result.process.steps.size()));
    if (same) continue;
    result.process.steps.push_back(merger.step(step));
    result.steps.push_back({.change = ChangeKind::removed});
  }
  return places;
}

struct MergedFlow {
  Flow flow;
  ChangeNote note;
};

/// The first of `before` that joins the same steps and is not `taken`; with `alike` only one at
/// which the same stands.
std::optional<std::size_t> find_same(const std::vector<Flow>& before,
                                     const std::vector<bool>& taken, const Flow& flow, bool alike) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Flow& each = before[i];
    if (taken[i] || each.from != flow.from || each.to != flow.to) continue;
    if (!alike || compare_flows(each, flow, true).change == ChangeKind::none) return i;
  }
  return std::nullopt;
}

/// Flows of the later version with what became of them, then the others of `before`, whose steps
/// are the comparison's.
std::vector<MergedFlow> match_flows(const std::vector<Flow>& before, const std::vector<Flow>& now,
                                    bool chinese) {
  std::vector<bool> taken(before.size(), false);
  std::vector<std::optional<std::size_t>> same(now.size());
  for (const bool alike : {true, false}) {
    for (std::size_t i = 0; i < now.size(); ++i) {
      if (same[i]) continue;
      same[i] = find_same(before, taken, now[i], alike);
      if (same[i]) taken[*same[i]] = true;
    }
  }
  std::vector<MergedFlow> flows;
  for (std::size_t i = 0; i < now.size(); ++i) {
    ChangeNote note;
    note.change = ChangeKind::added;
    if (same[i]) note = compare_flows(before[*same[i]], now[i], chinese);
    flows.push_back({.flow = now[i], .note = std::move(note)});
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (!taken[i]) flows.push_back({.flow = before[i], .note = {.change = ChangeKind::removed}});
  }
  return flows;
}

}  // namespace

Comparison compare_versions(const Process& before, const Process& now, bool chinese) {
  Comparison result;
  result.process = now;
  result.before = clean_text(before.version);
  const std::vector<StepId> places = merge_steps(before, now, chinese, result);
  std::vector<Flow> earlier = before.flows;
  for (Flow& flow : earlier) {
    flow.from = places[flow.from.index()];
    flow.to = places[flow.to.index()];
  }
  std::vector<MergedFlow> flows = match_flows(earlier, now.flows, chinese);
  std::stable_sort(flows.begin(), flows.end(), [](const MergedFlow& a, const MergedFlow& b) {
    return a.flow.from.index() < b.flow.from.index();
  });
  result.process.flows.clear();
  for (MergedFlow& each : flows) {
    result.process.flows.push_back(std::move(each.flow));
    result.flows.push_back(std::move(each.note));
  }
  return result;
}

}  // namespace gemba::inline compare
