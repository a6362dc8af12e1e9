#include "core/graph/net/soundness.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/graph/net/markings.h"
#include "core/graph/net/net_run.h"

namespace gemba::inline graph {
namespace {

/// A step on the way of a token, with the flow by which it was entered.
struct Entry {
  std::optional<FlowId> flow;
  StepId step;
};

class Explanation {
 public:
  Explanation(const Process& process, const FlowGraph& graph, const WorkflowNet& net)
      : process_(process), graph_(graph), net_(net), waiting_(graph.edges.size(), PlaceId(0)) {
    for (const WorkflowNet::Transition& each : net.transitions) {
      if (process[each.step].kind != StepKind::join || each.flows.empty()) continue;
      const auto& in = graph.in[each.step.index()];
      for (std::size_t i = 0; i < in.size(); ++i) waiting_[in[i].index()] = each.pre[i];
    }
  }

  /// Joins that wait at the end of a run and do not wait for each other, but for the first.
  std::vector<Deadlock> deadlocks(const NetRun& run) const {
    std::vector<StepId> stuck;
    std::vector<std::vector<bool>> sources;  // as `stuck`: from where the missing tokens may come
    for (std::size_t i = 0; i < graph_.step_count(); ++i) {
      if (!waits(run, StepId(i))) continue;
      stuck.emplace_back(i);
      sources.push_back(sources_of(missing(run, StepId(i)), StepId(i)));
    }
    std::vector<Deadlock> found;
    for (const std::size_t i : independent(stuck, sources)) found.push_back(explain(run, stuck[i]));
    return found;
  }

  LostSynchronisation lost(const NetRun& run) const {
    const auto [first, second] = *run.meeting();
    const std::uint32_t fork = common_origin(run, first, second);
    std::vector<Entry> a = entries(run, run.way(fork, first));
    std::vector<Entry> b = entries(run, run.way(fork, second));
    LostSynchronisation found;
    found.fork = run.step_of(fork);
    if (!cut_at_merge(a, b)) {
      // The branches share no merge: one of them came back to the fork, and this is its second run.
      const auto passes = [&](const std::vector<Entry>& way) {
        return std::any_of(way.begin(), way.end(),
                           [&](const Entry& each) { return each.step == found.fork; });
      };
      if (passes(a) && !passes(b)) std::swap(a, b);
      found.restarts = cut_at_return(run, fork, b);
      if (found.restarts) a.resize(1);
    }
    found.merge = b.back().step;
    found.first = steps(found.fork, a);
    found.second = steps(found.fork, b);
    return found;
  }

 private:
  bool has_token(const NetRun& run, FlowId flow) const {
    return waiting_[flow.index()] != PlaceId(0) && run.on(waiting_[flow.index()]) != NetRun::none;
  }

  std::vector<FlowId> missing(const NetRun& run, StepId join) const {
    std::vector<FlowId> flows;
    for (const FlowId flow : graph_.in[join.index()]) {
      if (!has_token(run, flow)) flows.push_back(flow);
    }
    return flows;
  }

  bool waits(const NetRun& run, StepId step) const {
    const auto& in = graph_.in[step.index()];
    return process_[step].kind == StepKind::join &&
           std::any_of(in.begin(), in.end(), [&](FlowId flow) { return has_token(run, flow); });
  }

  /// Steps from which a token can come to one of the flows without passing the join.
  std::vector<bool> sources_of(const std::vector<FlowId>& flows, StepId join) const {
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack;
    const auto visit = [&](StepId step) {
      if (seen[step.index()] || step == join || process_[step].kind == StepKind::end) return;
      seen[step.index()] = true;
      stack.push_back(step);
    };
    for (const FlowId flow : flows) visit(graph_.from(flow));
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      for (const FlowId flow : graph_.in[step.index()]) visit(graph_.from(flow));
    }
    return seen;
  }

  /// Indices of the joins that wait for no other, and one of each circle that waits for none
  /// outside.
  static std::vector<std::size_t> independent(const std::vector<StepId>& stuck,
                                              const std::vector<std::vector<bool>>& sources) {
    const std::size_t count = stuck.size();
    std::vector<std::vector<bool>> needs(count, std::vector<bool>(count, false));
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) needs[i][j] = sources[i][stuck[j].index()];
    }
    for (std::size_t via = 0; via < count; ++via) {
      for (std::size_t i = 0; i < count; ++i) {
        for (std::size_t j = 0; j < count; ++j) {
          needs[i][j] = needs[i][j] || (needs[i][via] && needs[via][j]);
        }
      }
    }
    std::vector<std::size_t> first;
    for (std::size_t i = 0; i < count; ++i) {
      bool is_first = true;
      for (std::size_t j = 0; j < count; ++j) {
        if (j != i && needs[i][j]) is_first = is_first && needs[j][i] && i < j;
      }
      if (is_first) first.push_back(i);
    }
    return first;
  }

  Deadlock explain(const NetRun& run, StepId join) const {
    Deadlock found;
    found.join = join;
    found.missing = missing(run, join);
    for (const FlowId flow : graph_.in[join.index()]) {
      if (!found.path.empty() || !has_token(run, flow)) continue;
      for (const Entry& each :
           entries(run, run.way(NetRun::none, run.on(waiting_[flow.index()])))) {
        found.path.push_back(each.step);
      }
    }
    const std::vector<bool> sources = sources_of({found.missing.front()}, join);
    const bool possible = std::any_of(graph_.starts.begin(), graph_.starts.end(),
                                      [&](StepId start) { return sources[start.index()]; });
    if (possible) {
      found.turned_away = last_turn(run, found.missing.front(), sources);
    } else {
      const StepId from = graph_.from(found.missing.front());
      const bool reached = reachable_from_starts(graph_)[from.index()];
      found.cause = reached && process_[from].kind != StepKind::end ? Deadlock::Cause::behind_join
                                                                    : Deadlock::Cause::no_case;
    }
    return found;
  }

  /// The last choice of a run that lost `flow`, though another exit leads there.
  std::optional<FlowId> last_turn(const NetRun& run, FlowId flow,
                                  const std::vector<bool>& sources) const {
    const auto leads_there = [&](FlowId exit) {
      return exit == flow || sources[graph_.to(exit).index()];
    };
    for (std::size_t i = run.events().size(); i-- > 0;) {
      const WorkflowNet::Transition& fired = net_[run.events()[i].transition];
      if (fired.flows.size() != 1 || process_[fired.step].kind == StepKind::fork) continue;
      const auto& exits = graph_.out[fired.step.index()];
      if (!leads_there(fired.flows.front()) &&
          std::any_of(exits.begin(), exits.end(), leads_there)) {
        return fired.flows.front();
      }
    }
    return std::nullopt;
  }

  /// The latest event that led to both tokens: a fork, for both were there at the same time.
  static std::uint32_t common_origin(const NetRun& run, std::uint32_t first, std::uint32_t second) {
    const std::vector<bool> a = run.before(run.token(first).producer);
    const std::vector<bool> b = run.before(run.token(second).producer);
    std::uint32_t latest = 0;
    for (std::uint32_t i = 0; i < a.size(); ++i) {
      if (a[i] && b[i]) latest = i;
    }
    return latest;
  }

  std::vector<Entry> entries(const NetRun& run, const std::vector<std::uint32_t>& tokens) const {
    std::vector<Entry> all;
    for (const std::uint32_t each : tokens) {
      const NetRun::Token& token = run.token(each);
      if (token.producer != NetRun::none)
        all.push_back({token.flow, net_.steps[token.place.index()]});
    }
    return all;
  }

  static std::vector<StepId> steps(StepId from, const std::vector<Entry>& way) {
    std::vector<StepId> all{from};
    for (const Entry& each : way) all.push_back(each.step);
    return all;
  }

  /// Cuts two ways off behind the first step to which they come by different flows.
  bool cut_at_merge(std::vector<Entry>& a, std::vector<Entry>& b) const {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (process_[a[i].step].kind == StepKind::join) continue;
      for (std::size_t j = 0; j < b.size(); ++j) {
        if (a[i].step != b[j].step || a[i].flow == b[j].flow) continue;
        a.resize(i + 1);
        b.resize(j + 1);
        return true;
      }
    }
    return false;
  }

  /// Cuts a way off where it comes to a step that the case had passed before, or to the fork again.
  bool cut_at_return(const NetRun& run, std::uint32_t fork, std::vector<Entry>& way) const {
    const std::vector<bool> led = run.before(fork);
    std::set<StepId> passed;
    for (std::uint32_t i = 0; i < led.size(); ++i) {
      if (led[i]) passed.insert(run.step_of(i));
    }
    for (std::size_t i = 0; i < way.size(); ++i) {
      if (passed.count(way[i].step) == 0) continue;
      way.resize(i + 1);
      return true;
    }
    return false;
  }

  const Process& process_;
  const FlowGraph& graph_;
  const WorkflowNet& net_;
  std::vector<PlaceId> waiting_;  ///< by FlowId: of flows into joins, their place; else 0
};

/// Finds the causes of what the search came to; the nearest example of each is kept.
class Verdict {
 public:
  Verdict(const Process& process, const FlowGraph& graph, std::size_t most)
      : net_(workflow_net(process, graph)),
        reduced_(reduced(net_)),
        markings_(explore(reduced_, most)),
        explanation_(process, graph, net_) {}

  Soundness run() {
    for (const auto& [node, transition] : markings_.meetings) {
      std::vector<TransitionId> sequence = markings_.sequence(reduced_, node);
      reduced_.expand(transition, sequence);
      const NetRun run(net_, sequence);
      if (run.meeting()) add_lost(run);
    }
    for (const std::uint32_t node : markings_.dead) {
      const std::vector<PlaceId> places = markings_.at(node);
      const bool explained = std::all_of(places.begin(), places.end(), [&](PlaceId place) {
        return stuck_.count(net_.steps[place.index()]) != 0;
      });
      if (explained) continue;
      NetRun run(net_, markings_.sequence(reduced_, node));
      run.finish();
      if (run.meeting()) {
        add_lost(run);
      } else if (run.never_meets()) {
        for (Deadlock& each : explanation_.deadlocks(run)) {
          stuck_.emplace(each.join, std::move(each));
        }
      }
    }
    Soundness result;
    for (const auto& [join, each] : stuck_) result.deadlocks.push_back(each);
    for (const auto& [merge, each] : lost_) result.lost.push_back(each);
    result.markings = markings_.nodes.size();
    result.complete = markings_.complete;
    return result;
  }

 private:
  void add_lost(const NetRun& run) {
    const LostSynchronisation found = explanation_.lost(run);
    lost_.emplace(found.merge, found);
  }

  WorkflowNet net_;
  ReducedNet reduced_;
  Markings markings_;
  Explanation explanation_;
  std::map<StepId, Deadlock> stuck_;
  std::map<StepId, LostSynchronisation> lost_;
};

}  // namespace

Soundness check_soundness(const Process& process, const FlowGraph& graph,
                          std::size_t max_markings) {
  // A case that never forks is in one place at a time, and waits for nobody unless there is a join.
  const bool simple = std::none_of(process.steps.begin(), process.steps.end(),
                                   [](const Step& step) { return is_parallel(step.kind); });
  if (simple) return {};
  return Verdict(process, graph, max_markings).run();
}

}  // namespace gemba::inline graph
