#include "core/render/chart/chart_flow.h"

#include <algorithm>

namespace gemba::inline render {
namespace {

std::vector<std::optional<double>> known_shares(const Process& process, const Profile* profile) {
  std::vector<std::optional<double>> shares(process.flows.size());
  for (std::size_t i = 0; i < shares.size(); ++i) {
    shares[i] = process.flows[i].share;
    if (profile != nullptr && i < profile->flow_shares.size() && profile->flow_shares[i] >= 0) {
      shares[i] = profile->flow_shares[i];
    }
  }
  return shares;
}

/// Share of a flow where none is known: all of a fork's, equal parts of what the step's other flows
/// leave.
double share_or_part(const Process& process, const FlowGraph& graph, const ChartFlow& flow,
                     FlowId id) {
  if (flow.removed[id.index()]) return 0;
  if (flow.shares[id.index()]) return *flow.shares[id.index()];
  const StepId from = graph.from(id);
  if (process[from].kind == StepKind::fork) return 1;
  double left = 1;
  double unknown = 0;
  for (const FlowId other : graph.out[from.index()]) {
    if (flow.removed[other.index()]) continue;
    if (flow.shares[other.index()]) {
      left -= *flow.shares[other.index()];
    } else {
      unknown += 1;
    }
  }
  return std::max(0.0, left) / unknown;
}

/// Steps so that each stands after its predecessors, back flows apart.
std::vector<StepId> topological_order(const FlowGraph& graph, const std::vector<bool>& back) {
  std::vector<std::size_t> waiting(graph.step_count(), 0);
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    if (!back[i]) ++waiting[graph.edges[i].to.index()];
  }
  std::vector<StepId> order;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    if (waiting[i] == 0) order.push_back(StepId(i));
  }
  for (std::size_t at = 0; at < order.size(); ++at) {
    for (const FlowId id : graph.out[order[at].index()]) {
      if (!back[id.index()] && --waiting[graph.to(id).index()] == 0) order.push_back(graph.to(id));
    }
  }
  return order;
}

std::vector<double> flow_weights(const Process& process, const FlowGraph& graph,
                                 const ChartFlow& flow) {
  std::vector<double> visits(graph.step_count(), 0);
  for (const StepId start : graph.starts) visits[start.index()] = 1;
  std::vector<double> weights(graph.edges.size(), 0);
  double most = 0;
  for (const StepId step : topological_order(graph, flow.back)) {
    for (const FlowId id : graph.out[step.index()]) {
      const double weight =
          std::min(1.0, visits[step.index()]) * share_or_part(process, graph, flow, id);
      weights[id.index()] = weight;
      most = std::max(most, weight);
      if (!flow.back[id.index()]) visits[graph.to(id).index()] += weight;
    }
  }
  if (most > 0) {
    for (double& weight : weights) weight /= most;
  }
  return weights;
}

std::vector<FlowId> find_main_path(const Process& process, const FlowGraph& graph,
                                   const ChartFlow& flow) {
  std::vector<FlowId> path;
  if (graph.step_count() == 0) return path;
  StepId at = graph.starts.empty() ? StepId(0) : graph.starts.front();
  for (;;) {
    std::optional<FlowId> best;
    double best_share = -1;
    for (const FlowId id : graph.out[at.index()]) {
      const double share = share_or_part(process, graph, flow, id);
      if (flow.removed[id.index()]) continue;
      if (!flow.back[id.index()] && share > best_share + 1e-9) {
        best = id;
        best_share = share;
      }
    }
    if (!best) return path;
    path.push_back(*best);
    at = graph.to(*best);
  }
}

/// The graph without what is removed; ids stay as they are.
FlowGraph what_is_left(const FlowGraph& graph, const Removed& removed) {
  FlowGraph left = graph;
  const auto is_removed = [&](FlowId id) { return bool{removed.flows[id.index()]}; };
  for (auto* lists : {&left.out, &left.in}) {
    for (std::vector<FlowId>& flows : *lists) std::erase_if(flows, is_removed);
  }
  for (auto* steps : {&left.starts, &left.ends}) {
    std::erase_if(*steps, [&](StepId id) { return bool{removed.steps[id.index()]}; });
  }
  return left;
}

/// Whether flows lead from one step to another, or both are the same; `closed` ones do not.
bool leads_to(const FlowGraph& graph, StepId from, StepId to, const std::vector<bool>& closed) {
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> stack = {from};
  while (!stack.empty()) {
    const StepId at = stack.back();
    stack.pop_back();
    if (at == to) return true;
    if (seen[at.index()]) continue;
    seen[at.index()] = true;
    for (const FlowId id : graph.out[at.index()]) {
      if (!closed[id.index()]) stack.push_back(graph.to(id));
    }
  }
  return false;
}

/// What closes a cycle: told without what is removed, so that a chart of two versions has the
/// rework of the later one; then removed flows as they come.
std::vector<bool> back_flows_of_both(const FlowGraph& graph, const FlowGraph& left,
                                     const Removed& removed) {
  const std::vector<bool> left_back = back_flows(left);
  std::vector<bool> closed(graph.edges.size());
  for (std::size_t i = 0; i < closed.size(); ++i) closed[i] = removed.flows[i] || left_back[i];
  for (std::size_t i = 0; i < closed.size(); ++i) {
    if (!removed.flows[i]) continue;
    closed[i] = leads_to(graph, graph.edges[i].to, graph.edges[i].from, closed);
  }
  return closed;
}

std::vector<bool> reachable_steps(const FlowGraph& graph) {
  if (graph.starts.empty()) return std::vector<bool>(graph.step_count(), true);
  return reachable_from_starts(graph);
}

}  // namespace

ChartFlow chart_flow(const Process& process, const FlowGraph& graph, const Profile* profile,
                     const Removed* removed) {
  ChartFlow flow;
  if (removed == nullptr) {
    flow.removed.assign(process.flows.size(), false);
    flow.back = back_flows(graph);
    flow.reachable = reachable_steps(graph);
  } else {
    const FlowGraph left = what_is_left(graph, *removed);
    flow.removed = removed->flows;
    flow.back = back_flows_of_both(graph, left, *removed);
    flow.reachable = reachable_steps(left);
    for (std::size_t i = 0; i < flow.reachable.size(); ++i) {
      if (removed->steps[i]) flow.reachable[i] = true;  // drawn in a way of its own
    }
  }
  flow.shares = known_shares(process, profile);
  flow.weighted = std::any_of(flow.shares.begin(), flow.shares.end(),
                              [](const auto& share) { return share.has_value(); });
  flow.weights = flow_weights(process, graph, flow);
  flow.main_path = find_main_path(process, graph, flow);
  return flow;
}

}  // namespace gemba::inline render
