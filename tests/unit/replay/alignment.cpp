#include "core/replay/conform/alignment.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "core/replay/conform/place_potentials.h"
#include "tests/unit/replay/cost_by_force.h"
#include "tests/unit/replay/random_net.h"

namespace gemba {

namespace {

constexpr std::uint32_t silent = LabelledNet::silent;
using Labels = std::vector<std::uint32_t>;

/// Whether the moves are a run of the net that explains the trace, and cost what they say.
bool is_alignment(const LabelledNet& net, const Labels& trace, const Alignment& alignment) {
  Labels events;
  Labels run;
  std::int64_t cost = 0;
  for (const Move& move : alignment.moves) {
    if (move.kind != Move::Kind::model) events.push_back(move.label);
    if (move.kind != Move::Kind::log) run.push_back(move.label);
    cost += move.kind == Move::Kind::both ? 0 : 1;
  }
  // Nothing but the run itself is a trace of cost 0.
  return events == trace && cost == alignment.cost &&
         test::cost_by_force(net, run, 100'000) == std::optional<std::int64_t>(0);
}

/// a, then b and c in any order, then d; instead of b also x.
LabelledNet parallel_net() {
  enum : std::uint32_t { a, b, c, d, x };
  return {{{{0}, {1, 2}, a},
           {{1}, {3}, b},
           {{1}, {3}, x},
           {{2}, {4}, c},
           {{3, 4}, {5}, silent},
           {{5}, {6}, d}},
          7,
          {0},
          {6}};
}

}  // namespace

TEST_CASE("alignments by hand") {
  enum : std::uint32_t { a, b, c, d, x };
  struct Row {
    Labels trace;
    std::int64_t cost;
  };
  const Row rows[] = {
      {{a, b, c, d}, 0},         {{a, c, x, d}, 0}, {{a, b, d}, 1},          {{}, 4},
      {{a, b, c, d, silent}, 1}, {{a, b, x, d}, 2}, {{a, b, b, c, d}, 1},    {{d, c, b, a}, 4},
      {{a, d, b, c}, 2},         {{a, b}, 2},       {{silent, silent, c}, 5}};
  Aligner aligner(parallel_net());
  CHECK(aligner.shortest_run() == 4);
  for (const Row& row : rows) {
    const auto alignment = aligner.align(row.trace);
    REQUIRE(alignment);
    CAPTURE(row.trace.size());
    CHECK(alignment->cost == row.cost);
    CHECK(alignment->exact);
    CHECK(is_alignment(parallel_net(), row.trace, *alignment));
  }
}

TEST_CASE("costs are those of an exhaustive search, on random nets") {
  std::mt19937 random(23);
  int tried = 0;
  int unreachable = 0;
  while (tried < 120) {
    const LabelledNet net = test::random_net(random);
    if (test::cost_by_force(net, {}, 150) == std::optional<std::int64_t>(-1)) continue;
    Aligner aligner(net);
    for (int i = 0; i < 3; ++i) {
      Labels trace(test::pick(random, 7));
      for (auto& label : trace) label = test::pick(random, 8) == 0 ? silent : test::pick(random, 4);
      const auto expected = test::cost_by_force(net, trace, 1500);
      if (expected == std::optional<std::int64_t>(-1)) break;  // unbounded, or too large to be sure
      const auto alignment = aligner.align(trace);
      REQUIRE(alignment.has_value() == expected.has_value());
      ++tried;
      if (!alignment) {
        ++unreachable;
        continue;
      }
      CHECK(alignment->exact);
      CHECK(alignment->cost == *expected);
      CHECK(is_alignment(net, trace, *alignment));
    }
  }
  CHECK(unreachable < tried / 2);
}

TEST_CASE("a search that gives up says so, and what it has is an alignment") {
  // Ten branches side by side: the trace has them backwards, and one too many.
  LabelledNet net;
  constexpr std::uint32_t branches = 10;
  net.places = 2 + 2 * branches;
  net.initial = {0};
  net.final = {1};
  LabelledNet::Transition fork{{0}, {}, silent};
  LabelledNet::Transition join{{}, {1}, silent};
  Labels trace;
  for (std::uint32_t i = 0; i < branches; ++i) {
    fork.post.push_back(2 + i);
    join.pre.push_back(2 + branches + i);
    net.transitions.push_back({{2 + i}, {2 + branches + i}, i});
    trace.insert(trace.begin(), i);
  }
  trace.push_back(3);
  net.transitions.push_back(fork);
  net.transitions.push_back(join);
  const auto exact = Aligner(net).align(trace);
  REQUIRE(exact);
  CHECK(exact->cost == 1);
  CHECK(exact->exact);
  const auto bound = Aligner(net, 3).align(trace);
  REQUIRE(bound);
  CHECK_FALSE(bound->exact);
  CHECK(bound->cost >= exact->cost);
}

TEST_CASE("the worth of a marking is never more than what a run still needs") {
  std::mt19937 random(41);
  int exact = 0;
  for (int tried = 0; tried < 300; ++tried) {
    LabelledNet net = test::random_net(random);
    const std::vector<std::int32_t> potentials = place_potentials(net);
    for (std::uint32_t place = 0; place < net.places; ++place) {
      net.initial = {place};
      const auto needed = test::cost_by_force(net, {}, 400);
      if (needed == std::optional<std::int64_t>(-1)) continue;
      CAPTURE(place);
      if (potentials[place] == no_potential) {
        CHECK_FALSE(needed);
      } else if (needed) {
        CHECK(potentials[place] <= *needed);
        exact += potentials[place] == *needed ? 1 : 0;
      }
    }
  }
  CHECK(exact > 300);
}

TEST_CASE("many branches at the same time need no list of all markings") {
  constexpr std::uint32_t branches = 40;
  LabelledNet net;
  net.places = 2 + 2 * branches;
  net.initial = {0};
  net.final = {1};
  LabelledNet::Transition fork{{0}, {}, silent};
  LabelledNet::Transition join{{}, {1}, silent};
  for (std::uint32_t i = 0; i < branches; ++i) {
    fork.post.push_back(2 + i);
    join.pre.push_back(2 + branches + i);
    net.transitions.push_back({{2 + i}, {2 + branches + i}, i});
  }
  net.transitions.push_back(fork);
  net.transitions.push_back(join);
  Aligner aligner(net);
  CHECK(aligner.shortest_run() == branches);
  Labels trace;
  for (std::uint32_t i = 0; i < branches; ++i) trace.push_back(branches - 1 - i);
  CHECK(aligner.align(trace)->cost == 0);
  trace.erase(trace.begin() + 7);
  trace.push_back(3);
  trace.insert(trace.begin() + 20, silent);
  const auto alignment = aligner.align(trace);
  CHECK(alignment->exact);
  CHECK(alignment->cost == 3);
}

}  // namespace gemba
