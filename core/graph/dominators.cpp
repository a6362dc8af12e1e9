#include "core/graph/dominators.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dominator_tree.hpp>

namespace gemba::inline graph {
namespace {

using BoostGraph = boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS>;
using Vertex = boost::graph_traits<BoostGraph>::vertex_descriptor;

/// Numbers the tree's steps so that a subtree is an interval.
void number_subtrees(DominatorTree& tree) {
  const std::size_t count = tree.idom.size();
  std::vector<std::vector<std::size_t>> children(count);
  std::vector<std::pair<std::size_t, bool>> stack;
  for (std::size_t i = count; i-- > 0;) {
    if (tree.idom[i]) children[tree.idom[i]->index()].push_back(i);
    if (tree.reached[i] && !tree.idom[i]) stack.emplace_back(i, false);
  }
  std::uint32_t clock = 0;
  while (!stack.empty()) {
    const auto [step, done] = stack.back();
    stack.pop_back();
    if (done) {
      tree.leave[step] = clock;
      continue;
    }
    tree.enter[step] = ++clock;
    stack.emplace_back(step, true);
    for (const std::size_t child : children[step]) stack.emplace_back(child, false);
  }
}

/// `edges` lead away from the virtual root, which is joined to `roots`.
DominatorTree build(std::size_t count, const std::vector<FlowGraph::Edge>& edges,
                    const std::vector<StepId>& roots, std::vector<bool> reached) {
  const Vertex root = count;
  BoostGraph graph(count + 1);
  // Edges out of unreached vertices are left out: the algorithm's depth-first numbers do not cover
  // them.
  for (const auto& [from, to] : edges) {
    if (reached[from.index()]) boost::add_edge(from.index(), to.index(), graph);
  }
  for (const StepId step : roots) boost::add_edge(root, step.index(), graph);

  std::vector<Vertex> idom(count + 1, BoostGraph::null_vertex());
  const auto index = boost::get(boost::vertex_index, graph);
  boost::lengauer_tarjan_dominator_tree(graph, root,
                                        boost::make_iterator_property_map(idom.begin(), index));

  DominatorTree tree{std::vector<std::optional<StepId>>(count), std::move(reached),
                     std::vector<std::uint32_t>(count, 0), std::vector<std::uint32_t>(count, 0)};
  for (std::size_t i = 0; i < count; ++i) {
    if (idom[i] != BoostGraph::null_vertex() && idom[i] != root) tree.idom[i] = StepId(idom[i]);
  }
  number_subtrees(tree);
  return tree;
}

}  // namespace

DominatorTree dominators(const FlowGraph& graph) {
  return build(graph.step_count(), graph.edges, graph.starts, reachable_from_starts(graph));
}

DominatorTree post_dominators(const FlowGraph& graph) {
  std::vector<FlowGraph::Edge> reversed;
  reversed.reserve(graph.edges.size());
  for (const auto& [from, to] : graph.edges) reversed.push_back({to, from});
  return build(graph.step_count(), reversed, graph.ends, reaches_end(graph));
}

}  // namespace gemba::inline graph
