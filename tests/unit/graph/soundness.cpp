#include "core/graph/net/soundness.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/graph/net/markings.h"
#include "tests/unit/graph/builder.h"

namespace gemba {
namespace {

/// What a search through all markings of the process itself says: tokens per flow, nothing reduced.
struct Plain {
  bool lost = false, stuck = false, decided = true;
  bool completes = true;          ///< every marking can come to the empty one
  std::set<std::size_t> waiting;  ///< joins with tokens in dead markings
};

class PlainSearch {
 public:
  using Marking = std::vector<int>;  ///< by FlowId, then one for each start

  PlainSearch(const Process& process, const FlowGraph& graph)
      : process_(process),
        graph_(graph),
        live_(reachable_from_starts(graph)),
        finishes_(reaches_end(graph)) {}

  Plain run(std::size_t most) {
    Plain result;
    for (std::size_t i = 0; i < graph_.starts.size(); ++i) {
      if (!keeps(graph_.starts[i])) continue;
      Marking first(graph_.edges.size() + graph_.starts.size(), 0);
      first[graph_.edges.size() + i] = 1;
      add(first);
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_.size() > most) return {false, false, false, true, {}};
      look(i, result);
    }
    result.completes = finishing();
    return result;
  }

 private:
  bool keeps(StepId step) const { return live_[step.index()] && finishes_[step.index()]; }

  std::size_t add(const Marking& marking) {
    const auto [place, is_new] = number_.emplace(marking, all_.size());
    if (is_new) {
      all_.push_back(marking);
      next_.emplace_back();
    }
    return place->second;
  }

  /// What a token at `place` can be exchanged for, when the step takes it.
  std::vector<Marking> moves(const Marking& before, std::size_t place) const {
    const bool begins = place >= graph_.edges.size();
    const StepId step =
        begins ? graph_.starts[place - graph_.edges.size()] : graph_.to(FlowId(place));
    Marking taken = before;
    if (process_[step].kind == StepKind::join) {
      for (const FlowId flow : graph_.in[step.index()]) {
        if (--taken[flow.index()] < 0) return {};
      }
    } else {
      --taken[place];
    }
    if (process_[step].kind == StepKind::end) return {taken};
    std::vector<Marking> after;
    for (const FlowId flow : graph_.out[step.index()]) {
      if (!keeps(graph_.to(flow))) continue;
      if (after.empty() || process_[step].kind != StepKind::fork) after.push_back(taken);
      ++after.back()[flow.index()];
    }
    return after;
  }

  void look(std::size_t index, Plain& result) {
    const Marking now = all_[index];
    bool any = false, moved = false;
    for (std::size_t place = 0; place < now.size(); ++place) {
      if (now[place] == 0) continue;
      any = true;
      for (const Marking& after : moves(now, place)) {
        moved = true;
        if (std::any_of(after.begin(), after.end(), [](int tokens) { return tokens > 1; })) {
          result.lost = true;
          continue;
        }
        const std::size_t target = add(after);
        next_[index].push_back(target);
      }
    }
    if (!any || moved) return;
    result.stuck = true;
    for (std::size_t place = 0; place < graph_.edges.size(); ++place) {
      if (now[place] > 0) result.waiting.insert(graph_.to(FlowId(place)).index());
    }
  }

  bool finishing() const {
    std::vector<bool> good(all_.size(), false);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < all_.size(); ++i) {
        if (good[i]) continue;
        const bool empty =
            std::all_of(all_[i].begin(), all_[i].end(), [](int tokens) { return tokens == 0; });
        const bool leads = std::any_of(next_[i].begin(), next_[i].end(),
                                       [&](std::size_t target) { return good[target]; });
        if (empty || leads) good[i] = changed = true;
      }
    }
    return std::all_of(good.begin(), good.end(), [](bool each) { return each; });
  }

  const Process& process_;
  const FlowGraph& graph_;
  std::vector<bool> live_, finishes_;
  std::map<Marking, std::size_t> number_;
  std::vector<Marking> all_;
  std::vector<std::vector<std::size_t>> next_;
};

bool is_way(const FlowGraph& graph, const std::vector<StepId>& steps) {
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    const auto& out = graph.out[steps[i].index()];
    if (std::none_of(out.begin(), out.end(),
                     [&](FlowId flow) { return graph.to(flow) == steps[i + 1]; })) {
      return false;
    }
  }
  return true;
}

/// What every explanation must be: ways along flows, joins that wait, branches of a fork.
void check_explanations(const Process& process, const FlowGraph& graph, const Soundness& found) {
  for (const Deadlock& each : found.deadlocks) {
    CHECK(process[each.join].kind == StepKind::join);
    CHECK_FALSE(each.missing.empty());
    for (const FlowId flow : each.missing) CHECK(graph.to(flow) == each.join);
    REQUIRE(each.path.size() >= 2);
    CHECK(process[each.path.front()].kind == StepKind::start);
    CHECK(each.path.back() == each.join);
    CHECK(is_way(graph, each.path));
  }
  for (const LostSynchronisation& each : found.lost) {
    CHECK(process[each.fork].kind == StepKind::fork);
    CHECK(each.first.front() == each.fork);
    CHECK(each.second.front() == each.fork);
    CHECK(each.second.back() == each.merge);
    CHECK((each.restarts || each.first.back() == each.merge));
    CHECK(is_way(graph, each.first));
    CHECK(is_way(graph, each.second));
  }
}

/// Steps one after the other, where each step may become a block of decisions or forks, and some
/// flows are led elsewhere afterwards: much of it is sound, unlike what chance alone makes.
class BlockMaker {
 public:
  BlockMaker(std::mt19937& random, Process& process) : random_(random), process_(process) {}

  void make(std::size_t faults) {
    const StepId start = test::add_step(process_, StepKind::start);
    const auto [first, last] = block(3);
    const StepId end = test::add_step(process_, StepKind::end);
    test::add_flow(process_, start, first);
    test::add_flow(process_, last, end);
    for (std::size_t i = 0; i < faults; ++i) {
      const StepId step(random_() % process_.steps.size());
      switch (random_() % 4) {
        case 0:
          process_.flows[random_() % process_.flows.size()].to = step;
          break;
        case 1:
          process_.steps[step.index()].kind = kind();
          break;
        default:
          test::add_flow(process_, StepId(random_() % process_.steps.size()), step);
      }
    }
  }

 private:
  StepKind kind() {
    constexpr StepKind kinds[] = {StepKind::task, StepKind::fork, StepKind::join,
                                  StepKind::decision};
    return kinds[random_() % 4];
  }

  std::pair<StepId, StepId> block(int depth) {
    const auto choice = depth == 0 ? 0 : random_() % 5;
    if (choice == 0) {
      const StepId step = test::add_step(process_, StepKind::task);
      return {step, step};
    }
    if (choice == 1) {
      const auto a = block(depth - 1), b = block(depth - 1);
      test::add_flow(process_, a.second, b.first);
      return {a.first, b.second};
    }
    const bool parallel = choice > 2;
    const StepId split = test::add_step(process_, parallel ? StepKind::fork : StepKind::decision);
    const StepId meet = test::add_step(process_, parallel ? StepKind::join : StepKind::task);
    for (std::size_t i = 0; i < 2 + random_() % 2; ++i) {
      const auto [first, last] = block(depth - 1);
      test::add_flow(process_, split, first);
      test::add_flow(process_, last, meet);
    }
    if (random_() % 4 == 0) {
      const StepId again = test::add_step(process_, StepKind::decision);
      test::add_flow(process_, meet, again);
      test::add_flow(process_, again, split);
      return {split, again};
    }
    return {split, meet};
  }

  std::mt19937& random_;
  Process& process_;
};

struct Tally {
  int sound = 0, lost = 0, stuck = 0, both = 0;
};

void compare(const Process& process, Tally& tally) {
  const FlowGraph graph(process);
  const Plain plain = PlainSearch(process, graph).run(1000);
  if (!plain.decided) return;
  const Soundness found = check_soundness(process, graph);
  std::string text;
  for (const Step& step : process.steps) {
    text += step.id + " " + std::string(to_string(step.kind)) + "; ";
  }
  for (const Flow& flow : process.flows)
    text += process[flow.from].id + ">" + process[flow.to].id + " ";
  INFO(text);
  CHECK(found.complete);
  CHECK(found.lost.empty() == !plain.lost);
  if (!plain.lost) {
    CHECK(found.deadlocks.empty() == !plain.stuck);
    // A net that never has two tokens on a flow and is never stuck can always finish.
    if (!plain.stuck) CHECK(plain.completes);
  } else if (!found.deadlocks.empty()) {
    CHECK(plain.stuck);
  }
  for (const Deadlock& each : found.deadlocks) CHECK(plain.waiting.count(each.join.index()) == 1);
  check_explanations(process, graph, found);
  tally.sound += plain.lost || plain.stuck ? 0 : 1;
  tally.lost += plain.lost && !plain.stuck ? 1 : 0;
  tally.stuck += plain.stuck && !plain.lost ? 1 : 0;
  tally.both += plain.stuck && plain.lost ? 1 : 0;
}

/// Names of the joins and merges at fault.
std::string faults(const Process& process, std::size_t most = 100000) {
  const Soundness found = check_soundness(process, FlowGraph(process), most);
  std::string text;
  for (const Deadlock& each : found.deadlocks) text += " stuck:" + process[each.join].id;
  for (const LostSynchronisation& each : found.lost) text += " lost:" + process[each.merge].id;
  return found.complete ? text : text + " undecided";
}

/// A chain of `count` blocks of a fork, ten branches of two steps, and a join or, at fault, a task.
Process blocks(std::size_t count, bool nested, bool at_fault) {
  Process process;
  const StepId start = test::add_step(process, StepKind::start);
  const StepId end = test::add_step(process, StepKind::end, "end");
  StepId from = start, to = end;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(i);
    const StepId fork = test::add_step(process, StepKind::fork, "fork" + number);
    const bool merges = at_fault && i == count / 2;
    const StepId join =
        test::add_step(process, merges ? StepKind::task : StepKind::join, "join" + number);
    test::add_flow(process, from, fork);
    for (std::size_t k = 0; k < (nested ? 9U : 10U); ++k) {
      const StepId a = test::add_step(process, StepKind::task);
      const StepId b = test::add_step(process, StepKind::task);
      test::add_flow(process, fork, a);
      test::add_flow(process, a, b);
      test::add_flow(process, b, join);
    }
    if (nested) {
      test::add_flow(process, join, to);
      from = fork;
      to = join;
    } else {
      from = join;
    }
  }
  test::add_flow(process, from, to);
  return process;
}

}  // namespace

TEST_CASE("reduction changes no verdict: graphs of chance") {
  std::mt19937 random(105);
  Tally tally;
  for (int round = 0; round < 4000; ++round) {
    const std::size_t n = 4 + random() % 9;
    compare(test::random_process(random, n, n / 2 + random() % (2 * n), true), tally);
  }
  CHECK(tally.sound > 200);
  CHECK(tally.lost > 100);
  CHECK(tally.stuck > 200);
  CHECK(tally.both > 20);
}

TEST_CASE("reduction changes no verdict: blocks, some of them spoilt") {
  std::mt19937 random(106);
  Tally tally;
  for (int round = 0; round < 4000; ++round) {
    Process process;
    BlockMaker(random, process).make(random() % 3);
    if (process.steps.size() > 26) continue;
    compare(process, tally);
  }
  CHECK(tally.sound > 500);
  CHECK(tally.lost > 100);
  CHECK(tally.stuck > 200);
}

TEST_CASE("well nested blocks vanish, however many") {
  CHECK(faults(blocks(20, false, false), 10) == "");
  CHECK(faults(blocks(20, true, false), 10) == "");
  CHECK(faults(blocks(20, false, true), 30) == " lost:join10");
  CHECK(faults(blocks(20, true, true), 30) == " lost:join10");
  CHECK(faults(blocks(500, false, false), 10) == "");
}

TEST_CASE("more markings than asked for are admitted") {
  Process process;
  const StepId start = test::add_step(process, StepKind::start);
  const StepId fork = test::add_step(process, StepKind::fork);
  const StepId join = test::add_step(process, StepKind::join, "meet");
  const StepId end = test::add_step(process, StepKind::end);
  test::add_flow(process, start, fork);
  test::add_flow(process, join, end);
  for (int i = 0; i < 11; ++i) {
    // Each branch may end without the others knowing.
    const StepId choice = test::add_step(process, StepKind::decision);
    test::add_flow(process, fork, choice);
    test::add_flow(process, choice, join);
    test::add_flow(process, choice, end);
  }
  CHECK(faults(process, 100) == " undecided");
  CHECK(faults(process) == " undecided");
  CHECK(faults(process, 200000) == " stuck:meet");
}

}  // namespace gemba
