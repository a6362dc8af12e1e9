#include "core/graph/net/token_game.h"

#include <algorithm>
#include <set>

namespace gemba::inline graph {
namespace {

/// The flows on which tokens lie, sorted; one with two tokens stands twice.
using Marking = std::vector<FlowId>;
using Markings = std::set<Marking>;

/// No document of people comes near; a fork in a loop would make markings without end.
constexpr std::size_t most_markings = 5'000;

class Game {
 public:
  Game(const Process& process, const FlowGraph& graph, const ExprLookup& given)
      : process_(process), graph_(graph), open_(graph.edges.size(), true) {
    for (std::size_t step = 0; step < graph.step_count(); ++step) open_exits(StepId(step), given);
  }

  /// The markings after a case has begun at a start.
  Markings begin(StepId start) const {
    Markings markings;
    leave(start, {}, markings);
    return with_gateways(std::move(markings));
  }

  Markings after(const Markings& before, StepId step) const {
    Markings markings;
    for (const Marking& marking : before) take(marking, step, markings);
    return with_gateways(std::move(markings));
  }

  /// The steps that can be taken next; gateways are not told, as nobody has to name them.
  std::vector<StepId> possible(const Markings& markings) const {
    std::vector<StepId> steps;
    for (std::size_t step = 0; step < graph_.step_count(); ++step) {
      if (is_gateway(process_.steps[step].kind)) continue;
      Markings next;
      for (const Marking& marking : markings) {
        if (next.empty()) take(marking, StepId(step), next);
      }
      if (!next.empty()) steps.emplace_back(step);
    }
    return steps;
  }

 private:
  void open_exits(StepId step, const ExprLookup& given) {
    if (process_[step].kind == StepKind::fork) return;
    bool taken = false;
    for (const FlowId exit : graph_.out[step.index()]) {
      const std::optional<Condition>& when = process_[exit].when;
      const auto truth = when && when->expr ? evaluate(*when->expr, given) : std::nullopt;
      if (truth == false) open_[exit.index()] = false;
      taken = taken || truth == true;
    }
    // An exit without a condition takes what the others leave.
    for (const FlowId exit : graph_.out[step.index()]) {
      if (taken && !process_[exit].when) open_[exit.index()] = false;
    }
  }

  /// Adds what may come of taking a step; nothing when it is not enabled.
  void take(const Marking& marking, StepId step, Markings& next) const {
    const std::vector<FlowId>& in = graph_.in[step.index()];
    if (process_[step].kind == StepKind::join) {
      Marking rest = marking;
      for (const FlowId entry : in) {
        const auto token = std::find(rest.begin(), rest.end(), entry);
        if (token == rest.end()) return;
        rest.erase(token);
      }
      if (!in.empty()) leave(step, rest, next);
      return;
    }
    for (const FlowId entry : in) {
      const auto token = std::find(marking.begin(), marking.end(), entry);
      if (token == marking.end()) continue;
      Marking rest = marking;
      rest.erase(rest.begin() + (token - marking.begin()));
      leave(step, rest, next);
    }
  }

  void leave(StepId step, const Marking& rest, Markings& next) const {
    const auto put = [](Marking& marking, FlowId flow) {
      marking.insert(std::upper_bound(marking.begin(), marking.end(), flow), flow);
    };
    const std::vector<FlowId>& exits = graph_.out[step.index()];
    if (process_[step].kind == StepKind::end && exits.empty()) next.insert(rest);
    if (process_[step].kind == StepKind::fork) {
      Marking all = rest;
      for (const FlowId exit : exits) put(all, exit);
      next.insert(std::move(all));
      return;
    }
    for (const FlowId exit : exits) {
      if (!open_[exit.index()]) continue;
      Marking one = rest;
      put(one, exit);
      next.insert(std::move(one));
    }
  }

  /// Adds every marking that gateways alone lead to.
  Markings with_gateways(Markings markings) const {
    std::vector<Marking> work(markings.begin(), markings.end());
    while (!work.empty() && markings.size() < most_markings) {
      const Marking marking = std::move(work.back());
      work.pop_back();
      std::set<StepId> targets;
      for (const FlowId token : marking) targets.insert(graph_.to(token));
      Markings next;
      for (const StepId step : targets) {
        if (is_gateway(process_[step].kind)) take(marking, step, next);
      }
      for (const Marking& each : next) {
        if (markings.insert(each).second) work.push_back(each);
      }
    }
    return markings;
  }

  const Process& process_;
  const FlowGraph& graph_;
  std::vector<bool> open_;  ///< by FlowId: whether its condition is not false
};

}  // namespace

Played play(const Process& process, const FlowGraph& graph, const std::vector<StepId>& steps,
            const ExprLookup& given) {
  const Game game(process, graph, given);
  Played played;
  played.next = graph.starts;
  Markings markings;
  for (const StepId step : steps) {
    Markings next;
    if (played.taken > 0) {
      next = game.after(markings, step);
    } else if (process[step].kind == StepKind::start) {
      next = game.begin(step);
    }
    if (next.empty()) return played;
    markings = std::move(next);
    ++played.taken;
    played.next = game.possible(markings);
  }
  played.finished = markings.contains(Marking());
  return played;
}

}  // namespace gemba::inline graph
