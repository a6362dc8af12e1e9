#include "core/audit/matches.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/data_origin.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

template <class T>
void make_set(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

class Search {
 public:
  explicit Search(const AuditInput& input)
      : input_(input),
        process_(input.process),
        components_(strong_components(input.graph)),
        makers_(makers_of_data(input.process)),
        needed_by_(input.process.definitions.data.size()) {
    facts_.reserve(process_.steps.size());
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      facts_.push_back(facts_needed(process_, process_.steps[i]));
      for (const DataId data : facts_.back()) needed_by_[data.index()].push_back(StepId(i));
    }
  }

  std::optional<Match> match_at(StepId id) const {
    const Step& step = process_[id];
    if (step.kind != StepKind::task && step.kind != StepKind::decision) return std::nullopt;
    if (!step.role || process_.is_external(step) || step.automation == Automation::automatic)
      return std::nullopt;
    if (!compares(id) && !lays_side_by_side(id)) return std::nullopt;
    Match match{id, {}, {}, {}, {}, false};
    std::vector<RoleId> roles;
    for (const DataId data : facts_[id.index()]) {
      if (!add_makers(data, id, match, roles)) continue;
      match.compared.push_back(data);
    }
    make_set(roles);
    make_set(match.makers);
    if (match.compared.size() < 2 || roles.size() < 2) return std::nullopt;
    // Offers of several strangers are compared to choose among them.
    if (std::none_of(match.makers.begin(), match.makers.end(),
                     [&](StepId maker) { return is_own_work(process_, maker); })) {
      return std::nullopt;
    }
    find_investigations(match);
    match.common_origin = common_origin(match.makers);
    return match;
  }

 private:
  bool compares(StepId id) const {
    const Step& step = process_[id];
    if (says(step, Saying::comparing)) return true;
    if (!says_check(step) && step.kind != StepKind::decision) return false;
    if (says(step, Saying::differing)) return true;
    const std::vector<StepId> next = all_after(process_, input_.graph, id, Reach::direct);
    return std::any_of(next.begin(), next.end(), [&](StepId each) {
      return process_[each].kind == StepKind::decision && says(process_[each], Saying::differing);
    });
  }

  /// 核对订单和发票: whether a check looks at one paper with another.
  bool lays_side_by_side(StepId id) const {
    const std::string& name = process_[id].name;
    constexpr std::array between = {"与"sv, "和"sv, "、"sv, "跟"sv};
    return name.find("核对") != std::string::npos &&
           std::any_of(between.begin(), between.end(),
                       [&](std::string_view word) { return name.find(word) != std::string::npos; });
  }

  /// Whether a role of this process makes or brings the datum: what strangers have cannot be kept
  /// in one place.
  bool add_makers(DataId data, StepId match, Match& found, std::vector<RoleId>& roles) const {
    if (const auto outside = bringer(process_, data)) {
      roles.push_back(*outside);
      found.with_strangers = true;
      return true;
    }
    const auto& made_by = makers_[data.index()];
    if (made_by.empty() || !process_.definitions[data].from.empty()) return false;
    if (std::find(made_by.begin(), made_by.end(), match) != made_by.end()) return false;
    // A signature says nothing about the thing.
    if (std::all_of(made_by.begin(), made_by.end(),
                    [&](StepId maker) { return process_[maker].kind == StepKind::approval; })) {
      return false;
    }
    for (const StepId maker : made_by) {
      found.makers.push_back(maker);
      if (process_[maker].role) roles.push_back(*process_[maker].role);
    }
    return true;
  }

  /// Work on the same data that only some of the cases need, and that leads to the match again or
  /// says that it looks for the reason.
  void find_investigations(Match& match) const {
    std::vector<StepId> users;
    for (const DataId data : match.compared) {
      const auto& needing = needed_by_[data.index()];
      users.insert(users.end(), needing.begin(), needing.end());
    }
    std::sort(users.begin(), users.end());
    const double all = input_.expected.visits.steps[match.step.index()];
    const std::vector<bool> ends = completed_without(process_, input_.graph, match.step);
    for (std::size_t i = 1; i < users.size(); ++i) {
      const StepId id = users[i];
      const bool counted = !match.investigations.empty() && match.investigations.back() == id;
      if (users[i - 1] != id || counted || id == match.step || !is_own_work(process_, id)) continue;
      const bool again = components_.of[id.index()] == components_.of[match.step.index()];
      if (!says(process_[id], Saying::differing) && (!again || ends[id.index()])) continue;
      if (input_.expected.visits.steps[id.index()] < all - 1e-9) match.investigations.push_back(id);
    }
  }

  /// What more than one of the makers need: they wrote it down, or went by it, each for himself.
  std::vector<DataId> common_origin(const std::vector<StepId>& makers) const {
    std::vector<DataId> needed, shared;
    for (const StepId maker : makers) {
      const auto& facts = facts_[maker.index()];
      needed.insert(needed.end(), facts.begin(), facts.end());
    }
    std::sort(needed.begin(), needed.end());
    for (std::size_t i = 1; i < needed.size(); ++i) {
      const bool known = !shared.empty() && shared.back() == needed[i];
      if (needed[i - 1] == needed[i] && !known) shared.push_back(needed[i]);
    }
    return shared;
  }

  const AuditInput& input_;
  const Process& process_;
  Components components_;
  std::vector<std::vector<StepId>> makers_;     ///< by DataId
  std::vector<std::vector<StepId>> needed_by_;  ///< by DataId
  std::vector<std::vector<DataId>> facts_;      ///< by StepId
};

}  // namespace

std::vector<Match> matches(const AuditInput& input) {
  const Search search(input);
  std::vector<Match> found;
  std::vector<bool> compares(input.process.steps.size(), false);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (auto match = search.match_at(StepId(i))) {
      compares[i] = true;
      found.push_back(std::move(*match));
    }
  }
  // The question whether they agree is part of the comparison before it.
  std::erase_if(found, [&](const Match& match) {
    const auto& in = input.graph.in[match.step.index()];
    return input.process[match.step].kind == StepKind::decision &&
           std::any_of(in.begin(), in.end(),
                       [&](FlowId flow) { return compares[input.graph.from(flow).index()]; });
  });
  return found;
}

}  // namespace gemba::inline audit
