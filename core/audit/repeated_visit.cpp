#include "core/audit/repeated_visit.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/customer_way.h"
#include "core/audit/data_origin.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/similarity.h"
#include "core/audit/spoken_work.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr double alike = 0.3;

/// What people outside say who hand in the same several times.
constexpr std::array several_times = {
    "遍"sv,    "重复交"sv,      "每个部门"sv,     "各要"sv,        "又要"sv,     "again"sv,
    "twice"sv, "each office"sv, "every office"sv, "same papers"sv, "once more"sv};

class Search {
 public:
  Search(const AuditInput& input, std::span<const RepeatedEntry> known)
      : input_(input),
        process_(input.process),
        windows_(windows_of(input)),
        back_(back_flows(input.graph)),
        cyclic_(on_cycles(input.graph)),
        taken_(input.process.steps.size(), false) {
    for (const RepeatedEntry& entry : known) {
      taken_[entry.first.index()] = true;
      for (const StepId step : entry.later) taken_[step.index()] = true;
    }
  }

  std::vector<RepeatedEntry> all() {
    find_offices();
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const Step& step = process_.steps[i];
      if (step.kind != StepKind::task || !process_.is_external(step) || cyclic_[i]) continue;
      if (says(step, Saying::again) && says(step, Saying::telling)) find_listeners(StepId(i));
    }
    find_second_questions();
    return std::move(found_);
  }

 private:
  void find_offices() {
    std::vector<std::vector<StepId>> users(process_.definitions.data.size());
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const Step& step = process_.steps[i];
      if (step.kind != StepKind::task || !is_own_work(process_, StepId(i))) continue;
      if (step.automation == Automation::automatic) continue;
      for (const DataId data : facts_needed(process_, step))
        users[data.index()].push_back(StepId(i));
    }
    for (std::size_t i = 0; i < users.size(); ++i) {
      if (users[i].size() > 1 && bringer(process_, DataId(i))) look_at_offices(DataId(i), users[i]);
    }
  }

  /// Offices that share a system, or that have somebody who takes it in, need not ask for it again.
  void look_at_offices(DataId data, const std::vector<StepId>& users) {
    std::vector<std::optional<RoleId>> roles;
    std::vector<SystemId> systems;
    std::size_t certain = 0;
    for (const StepId user : users) {
      const Step& step = process_[user];
      if (taken_[user.index()] || says(step, Saying::intake)) return;
      roles.push_back(step.role);
      if (step.system) systems.push_back(*step.system);
      const bool each_case = input_.expected.visits.steps[user.index()] > 1 - 1e-9;
      if (each_case) ++certain;
    }
    std::sort(roles.begin(), roles.end());
    std::sort(systems.begin(), systems.end());
    if (std::adjacent_find(systems.begin(), systems.end()) != systems.end()) return;
    roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
    // Two will do where somebody outside is seen to come to each.
    const bool comes = comes_to_each(users);
    const std::size_t fewest = comes ? 2 : 3;
    if (roles.size() < fewest || certain < fewest) return;
    // What one office passes on to the next is handed in once; it may still be in no one's sight.
    const bool each = comes || is_handed_in_to_each(users);
    if (!each && systems.size() < 2) return;
    for (const StepId user : users) taken_[user.index()] = true;
    found_.push_back({each ? Repeat::many_offices : Repeat::no_record,
                      users.front(),
                      std::vector(users.begin() + 1, users.end()),
                      {data},
                      false});
  }

  /// Whether windows take it in one after the other, or somebody outside complains of that.
  bool is_handed_in_to_each(const std::vector<StepId>& users) const {
    const bool windows = std::any_of(windows_.begin(), windows_.end(), [&](const Windows& each) {
      return std::count_if(users.begin(), users.end(), [&](StepId user) {
               return std::find(each.steps.begin(), each.steps.end(), user) != each.steps.end();
             }) >= 2;
    });
    return windows || std::any_of(process_.pains.begin(), process_.pains.end(), [&](auto& pain) {
             return pain.from && process_.definitions[*pain.from].external &&
                    says_any(pain.text, several_times) &&
                    std::find(users.begin(), users.end(), pain.step) != users.end();
           });
  }

  bool comes_to_each(const std::vector<StepId>& users) const {
    return std::all_of(users.begin(), users.end(), [&](StepId user) {
      const std::vector<StepId> before = steps_before(process_, input_.graph, user);
      return std::any_of(before.begin(), before.end(), [&](StepId step) {
        return process_.is_external(process_[step]) && !cyclic_[step.index()];
      });
    });
  }

  void find_listeners(StepId outside) {
    std::vector<DataId> told;
    for (const DataUse& use : process_[outside].makes) told.push_back(use.data);
    for (const StepId step : steps_after(process_, input_.graph, outside)) {
      const bool listens = is_own_work(process_, step) &&
                           std::any_of(told.begin(), told.end(),
                                       [&](DataId data) { return uses(process_[step], data); });
      if (!listens) continue;
      found_.push_back({Repeat::told_again, outside, {step}, told, false});
      return;
    }
  }

  /// Two roles of ours that ask somebody outside the same, who has told it once.
  void find_second_questions() {
    std::vector<StepId> asking, hearing;
    constexpr std::size_t most = 12;  // of more, the first dozen speak for all
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      if (!hears(StepId(i)) || hearing.size() == most) continue;
      hearing.emplace_back(i);
      if (says(process_.steps[i], Saying::asking) && !taken_[i]) asking.emplace_back(i);
    }
    for (const StepId later : asking) {
      std::optional<StepId> first;
      for (const StepId step : hearing) {
        if (!onwards(input_.graph, back_, step)[later.index()] || !ask_the_same(step, later))
          continue;
        if (!first || (are_alike(step, later) && !are_alike(*first, later))) first = step;
      }
      if (!first) continue;
      const Repeat how = are_alike(*first, later) ? Repeat::asked_again : Repeat::asked_on;
      found_.push_back({how, *first, {later}, told_to(*first, later), false});
    }
  }

  /// Whether somebody of ours is told there what people outside bring with them.
  bool hears(StepId id) const {
    const Step& step = process_[id];
    return step.kind == StepKind::task && is_own_work(process_, id) &&
           step.automation != Automation::automatic &&
           std::any_of(step.needs.begin(), step.needs.end(),
                       [&](const DataUse& use) { return bringer(process_, use.data); });
  }

  std::vector<DataId> told_to(StepId first, StepId later) const {
    std::vector<DataId> told =
        common(facts_needed(process_, process_[first]), facts_needed(process_, process_[later]));
    std::erase_if(told, [&](DataId data) { return !bringer(process_, data); });
    return told;
  }

  bool are_alike(StepId first, StepId later) const {
    return name_similarity(process_[first].name, process_[later].name) >= alike;
  }

  bool ask_the_same(StepId first, StepId later) const {
    if (process_[first].role == process_[later].role || told_to(first, later).empty()) return false;
    return says(process_[later], Saying::again) ||
           (says(process_[first], Saying::asking) && are_alike(first, later));
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<Windows> windows_;
  std::vector<bool> back_, cyclic_, taken_;
  std::vector<RepeatedEntry> found_;
};

}  // namespace

std::vector<RepeatedEntry> repeated_visits(const AuditInput& input,
                                           std::span<const RepeatedEntry> known) {
  return Search(input, known).all();
}

}  // namespace gemba::inline audit
