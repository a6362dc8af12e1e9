#include "core/audit/repeated_entry.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/audit/data_origin.h"
#include "core/audit/own_work.h"
#include "core/audit/repeated_visit.h"
#include "core/audit/side_records.h"
#include "core/audit/similarity.h"
#include "core/audit/spoken_work.h"
#include "core/base/text.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr double alike = 0.4;
constexpr double copied = 0.5;
constexpr double same_name = 0.6;

bool by_hand(const Process& process, StepId id) {
  const Step& step = process[id];
  return step.kind == StepKind::task && is_own_work(process, id) &&
         step.automation != Automation::automatic;
}

/// 核对登记表 looks at what was entered, and enters nothing; 收件审核 takes in first.
bool is_entry(const Step& step) {
  constexpr std::array looking = {"审核"sv, "核对"sv,  "检查"sv,   "复核"sv,  "核实"sv,
                                  "核验"sv, "check"sv, "review"sv, "verify"sv};
  if (!says_check(step)) return says(step, Saying::entry) || says(step, Saying::intake);
  const std::string name = ascii_lower(step.name);
  return says(step, Saying::intake) &&
         std::none_of(looking.begin(), looking.end(),
                      [&](std::string_view word) { return name.starts_with(word); });
}

/// By StepId: a position such that every flow but those that close cycles leads to a higher one.
std::vector<std::size_t> positions(const FlowGraph& graph, const std::vector<bool>& back) {
  std::vector<std::size_t> missing(graph.step_count(), 0);
  for (std::size_t i = 0; i < back.size(); ++i) {
    if (!back[i]) ++missing[graph.to(FlowId(i)).index()];
  }
  std::vector<StepId> queue;
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (missing[i] == 0) queue.push_back(StepId(i));
  }
  std::vector<std::size_t> position(graph.step_count(), 0);
  for (std::size_t at = 0; at < queue.size(); ++at) {
    position[queue[at].index()] = at;
    for (const FlowId flow : graph.out[queue[at].index()]) {
      if (back[flow.index()]) continue;
      const StepId next = graph.to(flow);
      if (--missing[next.index()] == 0) queue.push_back(next);
    }
  }
  return position;
}

class Search {
 public:
  explicit Search(const AuditInput& input)
      : input_(input),
        process_(input.process),
        back_(back_flows(input.graph)),
        position_(positions(input.graph, back_)),
        cyclic_(on_cycles(input.graph)),
        makers_(makers_of_data(input.process)),
        taken_(input.process.steps.size(), false) {
    facts_.reserve(process_.steps.size());
    for (const Step& step : process_.steps) facts_.push_back(facts_needed(process_, step));
  }

  std::vector<RepeatedEntry> all() {
    find_same_facts();
    find_declared_copies();
    find_copied();
    find_made_again();
    return std::move(found_);
  }

 private:
  void find_same_facts() {
    std::vector<std::vector<StepId>> entering(process_.definitions.data.size());
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      if (!by_hand(process_, StepId(i)) || !is_entry(process_.steps[i])) continue;
      for (const DataId data : facts_[i]) entering[data.index()].push_back(StepId(i));
    }
    for (std::vector<StepId>& steps : entering) {
      std::stable_sort(steps.begin(), steps.end(), [&](StepId a, StepId b) {
        return position_[a.index()] < position_[b.index()];
      });
      // What follows none of the first few stands on branches of its own.
      constexpr std::size_t most_firsts = 8;
      for (std::size_t i = 0; i < std::min(steps.size(), most_firsts); ++i) {
        if (!taken_[steps[i].index()]) group_from(steps, i);
      }
    }
  }

  void group_from(const std::vector<StepId>& steps, std::size_t at) {
    const StepId first = steps[at];
    const bool alone = std::none_of(
        steps.begin() + static_cast<std::ptrdiff_t>(at) + 1, steps.end(),
        [&](StepId later) { return !taken_[later.index()] && enter_the_same(first, later); });
    if (alone) return;
    RepeatedEntry entry{Repeat::same_facts, first, {}, {}, true};
    const std::vector<bool> ahead = onwards(input_.graph, back_, first);
    const std::vector<bool> without = reached_without(process_, input_.graph, first);
    for (std::size_t i = at + 1; i < steps.size(); ++i) {
      const StepId later = steps[i];
      const bool beside = !ahead[later.index()] && in_each_case(first) && in_each_case(later);
      if (taken_[later.index()] || (!ahead[later.index()] && !beside)) continue;
      if (!enter_the_same(first, later)) continue;
      entry.later.push_back(later);
      entry.certain = entry.certain && (beside || !without[later.index()]) && surely(first, later);
    }
    if (entry.later.empty()) return;
    entry.data = facts_[first.index()];
    for (const StepId step : entry.later) {
      entry.data = common(entry.data, facts_[step.index()]);
      taken_[step.index()] = true;
    }
    taken_[first.index()] = true;
    found_.push_back(std::move(entry));
  }

  bool in_each_case(StepId step) const {
    return !cyclic_[step.index()] && input_.expected.visits.steps[step.index()] > 1 - 1e-9;
  }

  double likeness(StepId a, StepId b) const {
    return name_similarity(process_[a].name, process_[b].name);
  }

  bool enter_the_same(StepId a, StepId b) const {
    const std::vector<DataId> both = common(facts_[a.index()], facts_[b.index()]);
    const std::size_t all = facts_[a.index()].size() + facts_[b.index()].size() - both.size();
    if (both.size() * 2 < all) return false;
    const Step& first = process_[a];
    const Step& later = process_[b];
    // What one does in one place may be merged (A204), and twice the same is a duplicate (A201).
    if (first.role == later.role && first.system == later.system && first.system) return false;
    if (likeness(a, b) < alike) {
      // Of what we made ourselves, such as a ticket, people write down different things.
      const bool two_systems = first.system && later.system && first.system != later.system;
      if (!two_systems || std::none_of(both.begin(), both.end(), [&](DataId data) {
            return comes_from_outside(process_, makers_, data);
          })) {
        return false;
      }
    }
    const bool same_output =
        std::any_of(first.makes.begin(), first.makes.end(),
                    [&](const DataUse& use) { return makes(later, use.data); });
    return !same_output || likeness(a, b) < same_name;
  }

  bool surely(StepId a, StepId b) const {
    if (facts_[a.index()] != facts_[b.index()]) return false;
    return likeness(a, b) >= alike ||
           std::any_of(facts_[a.index()].begin(), facts_[a.index()].end(), [&](DataId data) {
             return is_named_after(a, data) && is_named_after(b, data);
           });
  }

  bool is_named_after(StepId step, DataId data) const {
    const std::string wanted = ascii_lower(process_.definitions[data].name);
    return ascii_lower(process_[step].name).find(wanted) != std::string::npos;
  }

  /// Whether the name has the datum or the last word of it: 录入结算单 of 退租结算单.
  bool names_the_kind_of(StepId step, DataId data) const {
    if (is_named_after(step, data)) return true;
    constexpr std::size_t three_characters = 9, least = 4;
    const std::string datum = ascii_lower(process_.definitions[data].name);
    const std::size_t space = datum.rfind(' ');
    std::string head;
    if (space != std::string::npos) head = datum.substr(space + 1);
    if (space == std::string::npos && datum.size() > three_characters)
      head = datum.substr(datum.size() - three_characters);
    return head.size() > least && ascii_lower(process_[step].name).find(head) != std::string::npos;
  }

  /// What the document itself calls a copy.
  void find_declared_copies() {
    for (std::size_t i = 0; i < makers_.size(); ++i) {
      const std::optional<DataId> original = process_.definitions.data[i].copy_of;
      if (!original) continue;
      const auto& sources = makers_[original->index()];
      for (const StepId copy : makers_[i]) {
        if (taken_[copy.index()] || !by_hand(process_, copy)) continue;
        const auto source = std::find_if(sources.begin(), sources.end(), [&](StepId each) {
          return each != copy && position_[each.index()] <= position_[copy.index()];
        });
        if (source == sources.end()) continue;
        taken_[copy.index()] = true;
        found_.push_back({Repeat::copied_over, *source, {copy}, {DataId(i)}, true});
      }
    }
  }

  void find_copied() {
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const Step& step = process_.steps[i];
      // What adds nothing is to go altogether (A203).
      if (taken_[i] || !by_hand(process_, StepId(i))) continue;
      if (!is_entry(step) || !says(step, Saying::entry)) continue;
      if (facts_[i].empty() || step.value == Value::none) continue;
      const std::vector<StepId> sources = sources_of(StepId(i));
      if (sources.empty()) continue;
      const bool all_ours = std::all_of(facts_[i].begin(), facts_[i].end(), [&](DataId data) {
        return !makers_[data.index()].empty() && process_.definitions[data].from.empty();
      });
      const bool sure = all_ours && (says(step, Saying::again) || copies(sources, StepId(i)));
      taken_[i] = true;
      found_.push_back({Repeat::copied_over, sources.back(), {StepId(i)}, facts_[i], sure});
    }
  }

  /// Whether the same is done in another system, as the names have it.
  bool copies(const std::vector<StepId>& sources, StepId id) const {
    return std::all_of(sources.begin(), sources.end(), [&](StepId source) {
      return process_[source].system && is_entry(process_[source]) &&
             likeness(source, id) >= copied;
    });
  }

  /// The steps that wrote down all that the step enters, in the order of the flow; none when any of
  /// it comes from elsewhere, or is in the same system already.
  std::vector<StepId> sources_of(StepId id) const {
    std::vector<StepId> sources;
    for (const DataId data : facts_[id.index()]) {
      const auto& makers = makers_[data.index()];
      const bool brought = makers.empty() || !process_.definitions[data].from.empty();
      if (is_verdict(makers)) continue;
      // Who says that it is done again has something from us as well.
      if (brought && says(process_[id], Saying::again)) continue;
      if (brought) return {};
      for (const StepId maker : makers) {
        if (!has_written(maker, id, data)) return {};
        sources.push_back(maker);
      }
    }
    std::sort(sources.begin(), sources.end(), [&](StepId a, StepId b) {
      return std::pair(position_[a.index()], a) < std::pair(position_[b.index()], b);
    });
    return sources;
  }

  /// Whether somebody has judged and that is all there is to enter.
  bool is_verdict(const std::vector<StepId>& makers) const {
    return !makers.empty() && std::all_of(makers.begin(), makers.end(), [&](StepId maker) {
      return process_[maker].kind == StepKind::approval;
    });
  }

  /// Whether the maker wrote it down by hand, on paper or in another system.
  bool has_written(StepId maker, StepId copy, DataId data) const {
    const Step& source = process_[maker];
    const Step& entry = process_[copy];
    if (maker == copy || !by_hand(process_, maker)) return false;
    if (!entry.system || source.system == entry.system) return false;
    if (!source.system) {
      return is_entry(source) || says(source, Saying::writing) || says(entry, Saying::copying);
    }
    // Between two systems an entry may need the other as its cause and write down something else.
    if (names_the_kind_of(copy, data) || says(entry, Saying::copying)) return true;
    // What people keep in lists, they key into the system.
    if (is_entry(source) && names_a_list(process_.definitions[*source.system].name)) return true;
    return is_entry(source) && (says(entry, Saying::again) || likeness(maker, copy) >= copied);
  }

  void find_made_again() {
    for (std::size_t i = 0; i < makers_.size(); ++i) {
      constexpr std::size_t most_makers = 8;
      const std::vector<StepId>& makers = makers_[i];
      if (makers.size() < 2 || makers.size() > most_makers) continue;
      for (const StepId later : makers) {
        if (!taken_[later.index()] && by_hand(process_, later)) look_at_maker(DataId(i), later);
      }
    }
  }

  void look_at_maker(DataId data, StepId later) {
    const Step& step = process_[later];
    if (says_check(step) || uses(step, data) || facts_[later.index()].empty()) return;
    std::vector<bool> others(process_.steps.size(), false);
    std::optional<StepId> first;
    for (const StepId maker : makers_[data.index()]) {
      if (maker == later) continue;
      if (!learns_nothing_since(maker, later)) return;
      others[maker.index()] = true;
      if (!first || position_[maker.index()] < position_[first->index()]) first = maker;
    }
    if (!first || position_[later.index()] < position_[first->index()]) return;
    if (reached_without(process_, input_.graph, others)[later.index()]) return;
    taken_[later.index()] = true;
    found_.push_back({Repeat::made_again, *first, {later}, {data}, says(step, Saying::entry)});
  }

  /// Whether all that `later` needs was there for `maker`, which did it elsewhere.
  bool learns_nothing_since(StepId maker, StepId later) const {
    const Step& first = process_[maker];
    const Step& step = process_[later];
    if (first.role == step.role && first.system == step.system) return false;
    return std::all_of(step.needs.begin(), step.needs.end(), [&](const DataUse& use) {
      return uses(first, use.data) || !process_.definitions[use.data].from.empty();
    });
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<bool> back_;
  std::vector<std::size_t> position_;
  std::vector<bool> cyclic_;
  std::vector<std::vector<StepId>> makers_;
  std::vector<std::vector<DataId>> facts_;  ///< by StepId
  std::vector<bool> taken_;                 ///< by StepId: part of what was found
  std::vector<RepeatedEntry> found_;
};

}  // namespace

std::vector<RepeatedEntry> repeated_entries(const AuditInput& input) {
  std::vector<RepeatedEntry> found = Search(input).all();
  std::vector<RepeatedEntry> visits = repeated_visits(input, found);
  found.insert(found.end(), visits.begin(), visits.end());
  return found;
}

std::vector<bool> enters_again(const AuditInput& input) {
  std::vector<bool> again(input.process.steps.size(), false);
  for (const RepeatedEntry& entry : Search(input).all()) {
    again[entry.first.index()] = true;
    for (const StepId step : entry.later) again[step.index()] = true;
  }
  return again;
}

}  // namespace gemba::inline audit
