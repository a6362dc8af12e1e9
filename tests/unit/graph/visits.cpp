#include "core/graph/visits.h"

#include <doctest/doctest.h>

#include "core/graph/absorbing.h"
#include "tests/unit/graph/builder.h"

namespace gemba {

using doctest::Approx;
using test::add_flow;
using test::add_step;

TEST_CASE("a rework loop is passed 1 / (1 − share) times") {
  Process process;
  const StepId start = add_step(process, StepKind::start);
  const StepId work = add_step(process, StepKind::task);
  const StepId check = add_step(process, StepKind::decision);
  const StepId end = add_step(process, StepKind::end);
  add_flow(process, start, work);
  add_flow(process, work, check);
  const FlowId back = add_flow(process, check, work, 0.2);
  const FlowId on = add_flow(process, check, end);
  const Visits visits = expected_visits(process, FlowGraph(process));
  CHECK(visits.steps[work.index()] == Approx(1.25));
  CHECK(visits.flows[back.index()] == Approx(0.25));
  CHECK(visits.shares[on.index()] == Approx(0.8));
  CHECK(visits.origins[on.index()] == ShareOrigin::declared);
  CHECK(visits.origins[0] == ShareOrigin::certain);
  CHECK(visits.steps[end.index()] == Approx(1));
  CHECK(visits.endless.empty());
}

TEST_CASE("who gives up goes no further, in a loop and before a join") {
  Process process;
  const StepId start = add_step(process, StepKind::start);
  const StepId work = add_step(process, StepKind::task);
  const StepId end = add_step(process, StepKind::end);
  process.steps[work.index()].abandon = 0.1;
  add_flow(process, start, work);
  const FlowId back = add_flow(process, work, work, 0.5);
  const FlowId on = add_flow(process, work, end, 0.5);
  const Visits visits = expected_visits(process, FlowGraph(process));
  CHECK(visits.steps[work.index()] == Approx(1 / (1 - 0.9 * 0.5)));
  CHECK(visits.shares[back.index()] == Approx(0.5));
  CHECK(visits.flows[on.index()] == Approx(0.45 / 0.55));
  CHECK(visits.steps[end.index()] + 0.1 * visits.steps[work.index()] == Approx(1));
}

TEST_CASE("shares: measured before declared before equal") {
  struct Case {
    std::vector<std::optional<double>> declared;
    std::vector<double> measured;
    std::vector<FlowId> closed;
    std::vector<double> expected;
    ShareOrigin origin_of_last;
  };
  const std::optional<double> none;
  const std::vector<Case> cases = {
      {{none, none, none, none}, {}, {}, {.25, .25, .25, .25}, ShareOrigin::assumed},
      {{.4, none, none}, {}, {}, {.4, .3, .3}, ShareOrigin::assumed},
      {{.4, .3, none}, {}, {}, {.4, .3, .3}, ShareOrigin::declared},
      {{.4, .4}, {}, {}, {.5, .5}, ShareOrigin::declared},
      {{.9, .1}, {.2, .6}, {}, {.25, .75}, ShareOrigin::measured},
      {{.5, .4, .1}, {.5, -1, -1}, {}, {.5, .4, .1}, ShareOrigin::assumed},
      {{none, none}, {-1, -1}, {}, {.5, .5}, ShareOrigin::assumed},
      {{0., 0.}, {}, {}, {.5, .5}, ShareOrigin::declared},
      {{.5, .3, .2}, {}, {FlowId(0)}, {0, .6, .4}, ShareOrigin::declared},
  };
  for (const Case& c : cases) {
    Process process;
    const StepId start = add_step(process, StepKind::start);
    const StepId end = add_step(process, StepKind::end);
    for (const auto& share : c.declared) add_flow(process, start, end, share);
    ShareInput known;
    known.flows = c.measured;
    known.closed = c.closed;
    const Visits visits = expected_visits(process, FlowGraph(process), known);
    REQUIRE(visits.shares.size() == c.expected.size());
    for (std::size_t i = 0; i < c.expected.size(); ++i) {
      CHECK(visits.shares[i] == Approx(c.expected[i]));
    }
    CHECK(visits.origins.back() == c.origin_of_last);
  }
}

TEST_CASE("a fork visits all branches, its join fires once") {
  Process process;
  const StepId start = add_step(process, StepKind::start);
  const StepId fork = add_step(process, StepKind::fork);
  const StepId a = add_step(process, StepKind::task);
  const StepId b = add_step(process, StepKind::task);
  const StepId join = add_step(process, StepKind::join);
  const StepId end = add_step(process, StepKind::end);
  add_flow(process, start, fork);
  add_flow(process, fork, a);
  add_flow(process, fork, b);
  add_flow(process, a, join);
  add_flow(process, b, join);
  add_flow(process, join, fork, 0.5);
  add_flow(process, join, end, 0.5);
  const Visits visits = expected_visits(process, FlowGraph(process));
  for (const StepId step : {fork, a, b, join}) CHECK(visits.steps[step.index()] == Approx(2));
  CHECK(visits.steps[end.index()] == Approx(1));
}

TEST_CASE("several starts are alternatives") {
  Process process;
  const StepId first = add_step(process, StepKind::start);
  const StepId second = add_step(process, StepKind::start);
  const StepId end = add_step(process, StepKind::end);
  add_flow(process, first, end);
  add_flow(process, second, end);
  const FlowGraph graph(process);
  const Visits assumed = expected_visits(process, graph);
  CHECK(assumed.starts_assumed);
  CHECK(assumed.steps[second.index()] == Approx(0.5));
  const std::vector<double> cases = {10, 30};
  ShareInput known;
  known.starts = cases;
  const Visits measured = expected_visits(process, graph, known);
  CHECK_FALSE(measured.starts_assumed);
  CHECK(measured.steps[second.index()] == Approx(0.75));
  CHECK(measured.steps[end.index()] == Approx(1));
}

TEST_CASE("a loop that nobody leaves is reported, not followed") {
  Process process;
  const StepId start = add_step(process, StepKind::start);
  const StepId a = add_step(process, StepKind::task);
  const StepId b = add_step(process, StepKind::task);
  const StepId end = add_step(process, StepKind::end);
  const StepId c =
      add_step(process, StepKind::task);  // a loop that nobody enters is nobody's trouble
  add_flow(process, start, a, 0.5);
  add_flow(process, start, end, 0.5);
  add_flow(process, a, b);
  add_flow(process, b, a);
  add_flow(process, c, c);
  const Visits visits = expected_visits(process, FlowGraph(process));
  CHECK(visits.endless == std::vector{a, b});
  CHECK(visits.steps[a.index()] == Approx(0.5));
  CHECK(visits.steps[end.index()] == Approx(0.5));
  CHECK(visits.steps[c.index()] == 0);
}

TEST_CASE("a fork that breeds tokens in a loop is endless too") {
  Process process;
  const StepId start = add_step(process, StepKind::start);
  const StepId fork = add_step(process, StepKind::fork);
  const StepId a = add_step(process, StepKind::task);
  const StepId end = add_step(process, StepKind::end);
  add_flow(process, start, fork);
  add_flow(process, fork, a);
  add_flow(process, fork, a);
  add_flow(process, a, fork, 0.6);
  add_flow(process, a, end, 0.4);
  CHECK(expected_visits(process, FlowGraph(process)).endless == std::vector{fork, a});
}

TEST_CASE("expected visits agree with a simulation of random processes") {
  std::mt19937 random(7);
  for (int round = 0; round < 12; ++round) {
    Process process = test::random_process(random, 8, 20);
    for (std::size_t i = 0; i + 1 < process.steps.size(); ++i) {  // everything can end
      if (process.steps[i].kind != StepKind::end) add_flow(process, StepId(i), StepId(7));
    }
    for (Flow& flow : process.flows) flow.share = 0.1 + 0.9 * double(random() % 1000) / 1000;
    const FlowGraph graph(process);
    const Visits visits = expected_visits(process, graph);
    REQUIRE(visits.endless.empty());

    constexpr int runs = 20'000;
    std::vector<double> seen(process.steps.size(), 0);
    std::uniform_real_distribution<double> uniform(0, 1);
    for (int run = 0; run < runs; ++run) {
      StepId at = graph.starts[random() % graph.starts.size()];
      seen[at.index()] += 1;
      while (process[at].kind != StepKind::end) {
        double left = uniform(random);
        FlowId taken = graph.out[at.index()].back();
        for (const FlowId flow : graph.out[at.index()]) {
          left -= visits.shares[flow.index()];
          if (left < 0) {
            taken = flow;
            break;
          }
        }
        at = graph.to(taken);
        seen[at.index()] += 1;
      }
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
      CHECK(visits.steps[i] == Approx(seen[i] / runs).epsilon(0.05).scale(1));
    }
  }
}

TEST_CASE("the solver finds x with x = W x + b, or that there is none") {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (int round = 0; round < 100; ++round) {
    const auto n = static_cast<std::uint32_t>(1 + random() % 15);
    std::vector<Weight> weights;
    for (std::uint32_t row = 0; row < n; ++row) {
      for (int k = 0; k < 3; ++k) {
        weights.push_back({row, static_cast<std::uint32_t>(random() % n), 0.32 * uniform(random)});
      }
    }
    std::vector<double> b(n);
    for (double& value : b) value = uniform(random);
    const auto x = solve_absorbing(weights, b);
    REQUIRE(x);
    std::vector<double> expected = b;
    for (const Weight& w : weights) expected[w.row] += w.value * (*x)[w.column];
    for (std::uint32_t i = 0; i < n; ++i) CHECK((*x)[i] == Approx(expected[i]));
  }
  CHECK_FALSE(solve_absorbing(std::vector<Weight>{{0, 0, 1}}, {1}));
  CHECK_FALSE(solve_absorbing(std::vector<Weight>{{0, 1, 2}, {1, 0, 1}}, {1, 1}));
}

}  // namespace gemba
