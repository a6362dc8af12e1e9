#include <doctest/doctest.h>

#include "tests/unit/graph/builder.h"

namespace gemba {
namespace {

std::vector<std::vector<bool>> reachability(const FlowGraph& graph) {
  const std::size_t n = graph.step_count();
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n, false));
  for (std::size_t i = 0; i < n; ++i) reaches[i][i] = true;
  for (const auto& [from, to] : graph.edges) reaches[from.index()][to.index()] = true;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (reaches[i][k] && reaches[k][j]) reaches[i][j] = true;
      }
    }
  }
  return reaches;
}

}  // namespace

TEST_CASE("strong components are the classes of mutual reachability") {
  std::mt19937 random(11);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = 2 + random() % 12;
    const Process process = test::random_process(random, n, random() % (3 * n));
    const FlowGraph graph(process);
    const Components components = strong_components(graph);
    const auto reaches = reachability(graph);
    REQUIRE(components.of.size() == n);
    for (std::size_t a = 0; a < n; ++a) {
      CHECK(components.of[a] < components.count);
      for (std::size_t b = 0; b < n; ++b) {
        CHECK((components.of[a] == components.of[b]) == (reaches[a][b] && reaches[b][a]));
      }
    }
    for (const auto& [from, to] : graph.edges) {
      CHECK(components.of[from.index()] >= components.of[to.index()]);
    }
  }
}

TEST_CASE("strong components of a very long chain need no deep call stack") {
  Process process;
  for (int i = 0; i < 200'000; ++i) test::add_step(process, StepKind::task);
  for (std::size_t i = 0; i + 1 < process.steps.size(); ++i) {
    test::add_flow(process, StepId(i), StepId(i + 1));
  }
  CHECK(strong_components(FlowGraph(process)).count == 200'000);
}

}  // namespace gemba
