#include "core/replay/cases/flow_paths.h"

#include <algorithm>

namespace gemba::inline replay {
namespace {

/// The flow by which a breadth-first search came to each step; none for steps it did not come to.
struct Search {
  std::vector<std::optional<FlowId>> came_by;
  std::vector<StepId> reached;  ///< in order of distance
};

Search search_from(StepId from, const FlowGraph& graph, const std::vector<bool>& shown) {
  Search search{std::vector<std::optional<FlowId>>(graph.step_count()), {}};
  std::vector<StepId> queue{from};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    for (const FlowId flow : graph.out[queue[at].index()]) {
      const StepId to = graph.to(flow);
      if (search.came_by[to.index()]) continue;
      search.came_by[to.index()] = flow;
      search.reached.push_back(to);
      // The way goes on through hidden steps only; `from` itself can be reached again by a loop.
      if (!shown[to.index()]) queue.push_back(to);
    }
  }
  return search;
}

std::vector<FlowId> flows_to(StepId from, StepId to, const Search& search, const FlowGraph& graph) {
  std::vector<FlowId> flows;
  StepId at = to;
  do {
    const FlowId flow = *search.came_by[at.index()];
    flows.push_back(flow);
    at = graph.from(flow);
  } while (at != from);
  std::reverse(flows.begin(), flows.end());
  return flows;
}

}  // namespace

const FlowPaths::Way* FlowPaths::find_way(StepId from, StepId to) const {
  const std::vector<Way>& list = ways[from.index()];
  const auto found = std::lower_bound(
      list.begin(), list.end(), to, [](const Way& way, StepId wanted) { return way.to < wanted; });
  return found != list.end() && found->to == to ? &*found : nullptr;
}

FlowPaths find_paths(const Process& process, const FlowGraph& graph,
                     const std::vector<bool>& shown) {
  FlowPaths paths;
  paths.predecessors.resize(graph.step_count());
  paths.ways.resize(graph.step_count());
  paths.way_to_end.resize(graph.step_count());
  for (std::size_t i = 0; i < graph.step_count(); ++i) {
    if (!shown[i]) continue;
    const StepId from(i);
    const Search search = search_from(from, graph, shown);
    for (const StepId to : search.reached) {
      if (shown[to.index()]) {
        paths.ways[i].push_back({to, flows_to(from, to, search, graph)});
        paths.predecessors[to.index()].push_back(from);
      } else if (process[to].kind == StepKind::end && !paths.way_to_end[i]) {
        paths.way_to_end[i] = flows_to(from, to, search, graph);
      }
    }
    std::sort(paths.ways[i].begin(), paths.ways[i].end(),
              [](const FlowPaths::Way& a, const FlowPaths::Way& b) { return a.to < b.to; });
  }
  return paths;
}

}  // namespace gemba::inline replay
