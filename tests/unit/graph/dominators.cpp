#include "core/graph/dominators.h"

#include <doctest/doctest.h>

#include "core/graph/certainty.h"
#include "tests/unit/graph/builder.h"

namespace gemba {
namespace {

/// Steps reached from `roots` when `removed` is not there.
std::vector<bool> reached(std::size_t count, const std::vector<FlowGraph::Edge>& edges,
                          const std::vector<StepId>& roots, std::optional<StepId> removed) {
  std::vector<bool> seen(count, false);
  for (const StepId root : roots) seen[root.index()] = root != removed;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [from, to] : edges) {
      if (!seen[from.index()] || seen[to.index()] || to == removed) continue;
      seen[to.index()] = changed = true;
    }
  }
  return seen;
}

void check_tree(const DominatorTree& tree, std::size_t count,
                const std::vector<FlowGraph::Edge>& edges, const std::vector<StepId>& roots) {
  const std::vector<bool> all = reached(count, edges, roots, std::nullopt);
  CHECK(tree.reached == all);
  for (std::size_t a = 0; a < count; ++a) {
    const std::vector<bool> without = reached(count, edges, roots, StepId(a));
    for (std::size_t b = 0; b < count; ++b) {
      CHECK(tree.dominates(StepId(a), StepId(b)) == (all[a] && all[b] && !without[b]));
    }
  }
  for (std::size_t b = 0; b < count; ++b) {
    std::optional<StepId>
        nearest;  // the strict dominator that all other strict dominators dominate
    for (std::size_t a = 0; a < count; ++a) {
      if (a == b || !tree.dominates(StepId(a), StepId(b))) continue;
      if (!nearest || tree.dominates(*nearest, StepId(a))) nearest = StepId(a);
    }
    CHECK(tree.idom[b] == nearest);
  }
}

}  // namespace

TEST_CASE("dominators are the steps whose removal cuts off a step") {
  std::mt19937 random(23);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 3 + random() % 10;
    const Process process = test::random_process(random, n, random() % (3 * n));
    const FlowGraph graph(process);
    check_tree(dominators(graph), n, graph.edges, graph.starts);
    std::vector<FlowGraph::Edge> reversed;
    for (const auto& [from, to] : graph.edges) reversed.push_back({to, from});
    check_tree(post_dominators(graph), n, reversed, graph.ends);
  }
}

TEST_CASE("without gateways certainty is dominance") {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    const std::size_t n = 3 + random() % 10;
    const Process process = test::random_process(random, n, random() % (3 * n));
    const FlowGraph graph(process);
    const DominatorTree after = post_dominators(graph);
    const DominatorTree before = dominators(graph);
    for (std::size_t a = 0; a < n; ++a) {
      const auto without = reached_without(process, graph, StepId(a));
      const auto completed = completed_without(process, graph, StepId(a));
      for (std::size_t b = 0; b < n; ++b) {
        CHECK(without[b] == (before.reached[b] && !before.dominates(StepId(a), StepId(b))));
        CHECK(completed[b] == (after.reached[b] && !after.dominates(StepId(a), StepId(b))));
      }
    }
  }
}

TEST_CASE("every case passes both branches of a fork, but not those of a decision") {
  for (const bool parallel : {true, false}) {
    Process process;
    const StepId start = test::add_step(process, StepKind::start);
    const StepId split = test::add_step(process, parallel ? StepKind::fork : StepKind::decision);
    const StepId a = test::add_step(process, StepKind::task);
    const StepId b = test::add_step(process, StepKind::task);
    const StepId meet = test::add_step(process, parallel ? StepKind::join : StepKind::task);
    const StepId end = test::add_step(process, StepKind::end);
    test::add_flow(process, start, split);
    test::add_flow(process, split, a);
    test::add_flow(process, split, b);
    test::add_flow(process, a, meet);
    test::add_flow(process, b, meet);
    test::add_flow(process, meet, end);
    const FlowGraph graph(process);
    CHECK(in_every_case(process, graph, a) == parallel);
    CHECK(in_every_case(process, graph, b) == parallel);
    CHECK(in_every_case(process, graph, meet));
    CHECK(reached_without(process, graph, a)[meet.index()] == !parallel);
    CHECK_FALSE(reached_without(process, graph, split)[end.index()]);
  }
}

TEST_CASE("nothing is in every case when no case can be completed") {
  Process process;
  const StepId start = test::add_step(process, StepKind::start);
  const StepId a = test::add_step(process, StepKind::task);
  test::add_step(process, StepKind::end);
  test::add_flow(process, start, a);
  test::add_flow(process, a, start);
  CHECK_FALSE(in_every_case(process, FlowGraph(process), a));
}

}  // namespace gemba
