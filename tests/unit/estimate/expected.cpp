#include "core/estimate/expected.h"

#include <doctest/doctest.h>

#include <random>

#include "tests/unit/audit/document.h"
#include "tests/unit/graph/builder.h"

namespace gemba {

using doctest::Approx;
using test::expected_of;

namespace {

constexpr std::string_view refund = R"([map]
id = "refund"
volume = "100 / week"
[roles.customer]
external = true
[roles.agent]
cost_per_hour = 36.0
[roles.lead]
cost_per_hour = 60.0
[systems.oms]
[systems.oa]
[[step]]
id = "apply"
kind = "start"
role = "customer"
next = "check"
[[step]]
id = "check"
role = "agent"
system = "oms"
time = { min = "1m", mode = "2m", max = "6m" }
next = "complete"
[[step]]
id = "complete"
kind = "decision"
next = [{ to = "approve", when = "齐全", share = 0.8 }, { to = "supply", when = "不齐", share = 0.2 }]
[[step]]
id = "supply"
role = "customer"
time = "10m"
wait = "50m"
next = "check"
[[step]]
id = "approve"
kind = "approval"
role = "lead"
system = "oa"
time = "2m"
wait = "2h"
next = [{ to = "pay", when = "approved", share = 0.9 }, { to = "done", when = "rejected", share = 0.1 }]
[[step]]
id = "pay"
role = "agent"
system = "oms"
automation = "automatic"
time = "1m"
next = "bank"
[[step]]
id = "bank"
kind = "wait"
role = "agent"
time = "30m"
next = "done"
[[step]]
id = "done"
kind = "end"
role = "agent"
)";

/// Cycle times of random processes with forks, by a simulation of tokens: a fork's time is that of
/// its longest branch.
double longest_mean(const Process& process, const FlowGraph& graph, const Visits& visits,
                    const std::vector<double>& seconds, std::mt19937& random, StepId at) {
  std::uniform_real_distribution<double> uniform(0, 1);
  double time = 0;
  while (process[at].kind != StepKind::end) {
    time += seconds[at.index()];
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
  }
  return time + seconds[at.index()];
}

}  // namespace

TEST_CASE("a small process by hand") {
  const Process process = test::read(refund);
  const Expected figures = expected_of(process);
  // check and complete are passed 1 / 0.8 = 1.25 times, supply 0.25 times, pay 0.9 times.
  CHECK(figures.visits.steps[process.find_step("check")->index()] == Approx(1.25));
  CHECK(figures.work_seconds == Approx(1.25 * 180 + 120));
  CHECK(figures.processing_seconds == Approx(0.9 * 60));
  CHECK(figures.waiting_seconds == Approx(0.25 * 3600 + 7200 + 0.9 * 1800));
  CHECK(figures.cycle_seconds ==
        Approx(1.25 * 180 + 120 + 0.9 * 60 + 0.25 * 3600 + 7200 + 0.9 * 1800));
  CHECK(figures.flow_efficiency == Approx((1.25 * 180 + 120 + 0.9 * 60) / figures.cycle_seconds));
  CHECK(figures.approvals == Approx(1));
  REQUIRE(figures.cost);
  CHECK(*figures.cost == Approx(1.25 * 180 / 3600 * 36 + 120.0 / 3600 * 60));
  REQUIRE(figures.cases_per_month);
  CHECK(*figures.cases_per_month == Approx(100.0 * 365.25 / 12 / 7));
}

TEST_CASE("handovers and system changes look through steps that nobody of ours holds") {
  const Expected figures = expected_of(test::read(refund));
  // agent → lead once, lead → agent in 0.9 cases; agent → customer → agent is no handover.
  CHECK(figures.handovers == Approx(1.9));
  // oms → oa once; back in oms, where the payment is automatic, nobody has to find their way.
  CHECK(figures.system_switches == Approx(1));
}

TEST_CASE("a removed step costs nothing and is passed as before") {
  const Process process = test::read(refund);
  Edit edit;
  edit.removed = {*process.find_step("approve")};
  const FlowGraph graph(process);
  for (const FlowId flow : graph.out[edit.removed[0].index()]) {
    if (process[process[flow].to].id == "done") edit.closed.push_back(flow);
  }
  const Expected after = expected_of(process, edit);
  CHECK(after.work_seconds == Approx(1.25 * 180));
  CHECK(after.processing_seconds == Approx(60));
  CHECK(after.waiting_seconds == Approx(0.25 * 3600 + 1800));
  CHECK(after.handovers == Approx(0));
  CHECK(after.approvals == Approx(0));

  // The same as the document with the step taken out.
  std::string text(refund);
  const std::size_t begin = text.find("[[step]]\nid = \"approve\"");
  text.erase(begin, text.find("[[step]]\nid = \"pay\"") - begin);
  text.replace(text.find("to = \"approve\""), 14, "to = \"pay\"");
  const Expected edited = expected_of(test::read(text));
  CHECK(after.work_seconds == Approx(edited.work_seconds));
  CHECK(after.cycle_seconds == Approx(edited.cycle_seconds));
  CHECK(after.flow_efficiency == Approx(edited.flow_efficiency));
  CHECK(after.handovers == Approx(edited.handovers));
  CHECK(after.system_switches == Approx(edited.system_switches));
  CHECK(*after.cost == Approx(*edited.cost));
}

TEST_CASE("a step may be done less often, by another role, or beside another") {
  const Process process = test::read(refund);
  const StepId approve = *process.find_step("approve");
  const Expected before = expected_of(process);

  Edit fewer;
  fewer.fewer = {{approve, 0.25}};
  const Expected less = expected_of(process, fewer);
  CHECK(before.work_seconds - less.work_seconds == Approx(0.75 * 120));
  CHECK(before.waiting_seconds - less.waiting_seconds == Approx(0.75 * 7200));
  CHECK(before.cycle_seconds - less.cycle_seconds == Approx(0.75 * 7320));
  CHECK(less.approvals == Approx(0.25));
  // Three of four cases stay with the agent.
  CHECK(less.handovers == Approx(0.25 * before.handovers));
  CHECK(*before.cost - *less.cost == Approx(0.75 * 120.0 / 3600 * 60));

  Edit sooner;
  sooner.sooner = {{approve, 0.25}};
  const Expected earlier = expected_of(process, sooner);
  CHECK(before.waiting_seconds - earlier.waiting_seconds == Approx(0.75 * 7200));
  CHECK(earlier.work_seconds == Approx(before.work_seconds));

  Edit moved;
  moved.moved = {{approve, *process[*process.find_step("check")].role}};
  const Expected by_agent = expected_of(process, moved);
  CHECK(by_agent.handovers == Approx(0));
  CHECK(by_agent.work_seconds == Approx(before.work_seconds));
  CHECK(*before.cost - *by_agent.cost == Approx(120.0 / 3600 * (60 - 36)));

  Edit aside;
  aside.aside = {approve};
  const Expected beside = expected_of(process, aside);
  CHECK(beside.work_seconds == Approx(before.work_seconds));
  CHECK(before.cycle_seconds - beside.cycle_seconds == Approx(7320));
}

TEST_CASE("fees, ways and papers of the customer, and those who give up") {
  const Expected figures = expected_of(test::read(R"([map]
id = "permit"
[roles.customer]
external = true
[roles.desk]
cost_per_hour = 60.0
[roles.tax]
[data.form]
from = "customer"
paper = true
[data.photo]
from = "customer"
paper = true
[data.phone]
from = "customer"
[[step]]
id = "apply"
kind = "start"
role = "customer"
next = "desk"
[[step]]
id = "desk"
role = "desk"
needs = ["form", "phone"]
may_need = "photo"
time = "10m"
wait = "1h"
abandon = 0.2
trips = 1
next = [{ to = "tax", share = 0.75 }, { to = "done", share = 0.25 }]
[[step]]
id = "tax"
role = "tax"
needs = "form"
every = "1w"
fee = 15
trips = 2
time = "5m"
next = "done"
[[step]]
id = "done"
kind = "end"
)"));
  // Of all who come, 0.8 are served at the desk and 0.8 × 0.75 go on to the tax office.
  CHECK(figures.abandoned == Approx(0.2));
  CHECK(figures.work_seconds == Approx(0.8 * 600 + 0.6 * 300));
  CHECK(figures.waiting_seconds == Approx(3600 + 0.6 * 3.5 * 86'400));
  CHECK(figures.cycle_seconds == Approx(figures.work_seconds + figures.waiting_seconds));
  CHECK(figures.fees == Approx(0.6 * 15));
  CHECK(*figures.cost == Approx(0.8 * 10 + 0.6 * 15));
  CHECK(figures.trips == Approx(0.8 + 0.6 * 2));
  // The form at the desk and at the tax office; the photo only where there is one.
  CHECK(figures.papers == Approx(1.6));
}

TEST_CASE("each further system of a step is a switch") {
  const auto switches = [](const std::string& systems) {
    return expected_of(test::read("[map]\n[systems.a]\n[systems.b]\n[systems.c]\n[roles.agent]\n"
                                  "[[step]]\nid = \"in\"\nkind = \"start\"\nnext = \"x\"\n"
                                  "[[step]]\nid = \"x\"\nrole = \"agent\"\nsystem = " +
                                  systems +
                                  "\nnext = \"y\"\n[[step]]\nid = \"y\"\nrole = \"agent\"\n"
                                  "system = \"a\"\nnext = \"end\"\n"
                                  "[[step]]\nid = \"end\"\nkind = \"end\"\n"))
        .system_switches;
  };
  CHECK(switches("\"a\"") == Approx(0));
  CHECK(switches("[\"a\", \"a\"]") == Approx(0));
  CHECK(switches("[\"a\", \"b\", \"c\"]") == Approx(2));
  CHECK(switches("[\"b\", \"c\"]") == Approx(2));
}

TEST_CASE("figures say where they come from, and a log replaces declared ones") {
  const Process process = test::read(refund);
  Profile profile = test::empty_profile(process);
  const auto at = [&](const char* id) { return process.find_step(id)->index(); };
  profile.cases = 1000;
  profile.span_seconds = 30 * 86'400;
  profile.steps[at("check")].service = test::constant(240, 50);
  profile.steps[at("approve")].sojourn = test::constant(3720, 50);
  profile.steps[at("pay")].waiting = test::constant(-30, 50);
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    if (process[process.flows[i].from].id == "approve") {
      profile.flow_shares[i] = 0.5;
    }
  }
  const Expected figures = expected_of(process, {}, &profile);
  CHECK(figures.steps[at("check")].work == Approx(240));
  CHECK(figures.steps[at("check")].work_origin == Origin::measured);
  CHECK(figures.steps[at("check")].waiting_origin == Origin::assumed);
  CHECK(figures.steps[at("approve")].work == Approx(120));  // declared: the log has no service time
  CHECK(figures.steps[at("approve")].work_origin == Origin::declared);
  CHECK(figures.steps[at("approve")].waiting == Approx(3600));
  CHECK(figures.steps[at("approve")].waiting_origin == Origin::measured);
  CHECK(figures.steps[at("pay")].waiting == 0);
  CHECK(figures.visits.steps[at("pay")] == Approx(0.5));
  CHECK(*figures.cases_per_month == Approx(100.0 * 365.25 / 12 / 7));  // a declared volume holds
  std::string text(refund);
  text.erase(text.find("volume"), text.find('\n', text.find("volume")) - text.find("volume"));
  CHECK(*expected_of(test::read(text), {}, &profile).cases_per_month ==
        Approx(1000.0 * 365.25 / 12 / 30));
  CHECK_FALSE(expected_of(test::read(text)).cases_per_month);
}

TEST_CASE("a fork takes its longest branch, also within a loop") {
  Process process;
  const auto add = [&](StepKind kind, double time) {
    const StepId step = test::add_step(process, kind);
    if (time > 0) {
      process.steps.back().time.emplace();
      process.steps.back().time->fixed = test::seconds(time);
    }
    return step;
  };
  const StepId start = add(StepKind::start, 0);
  const StepId fork = add(StepKind::fork, 0);
  const StepId quick = add(StepKind::task, 10);
  const StepId slow = add(StepKind::task, 100);
  const StepId join = add(StepKind::join, 0);
  const StepId check = add(StepKind::decision, 5);
  const StepId end = add(StepKind::end, 0);
  test::add_flow(process, start, fork);
  test::add_flow(process, fork, quick);
  test::add_flow(process, fork, slow);
  test::add_flow(process, quick, join);
  test::add_flow(process, slow, join);
  test::add_flow(process, join, check);
  test::add_flow(process, check, fork, 0.2);
  test::add_flow(process, check, end, 0.8);
  const Expected figures = expected_of(process);
  CHECK(figures.cycle_seconds == Approx(1.25 * 105));
  CHECK(figures.work_seconds == Approx(1.25 * 115));
  CHECK(figures.flow_efficiency == Approx(115.0 / 105 > 1 ? 1 : 115.0 / 105));
}

TEST_CASE("a loop that nobody leaves counts once") {
  const Process process = test::read(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "split"
[[step]]
id = "split"
kind = "fork"
next = ["poll", "done"]
[[step]]
id = "poll"
time = "10s"
next = "poll_again"
[[step]]
id = "poll_again"
time = "20s"
next = "poll"
[[step]]
id = "done"
kind = "end"
)");
  const Expected figures = expected_of(process);
  CHECK(figures.cycle_seconds == Approx(30));
  CHECK(figures.work_seconds == Approx(30));
  CHECK(figures.visits.endless.size() == 2);
}

TEST_CASE(
    "cycle time of random processes agrees with a simulation, and with itself beside a fork") {
  std::mt19937 random(17);
  for (int round = 0; round < 10; ++round) {
    Process process = test::random_process(random, 8, 16);
    for (std::size_t i = 0; i + 1 < process.steps.size(); ++i) {
      if (process.steps[i].kind != StepKind::end) test::add_flow(process, StepId(i), StepId(7));
    }
    for (Flow& flow : process.flows) flow.share = 0.1 + 0.9 * double(random() % 1000) / 1000;
    std::vector<double> seconds;
    for (std::size_t i = 0; i < process.steps.size(); ++i) seconds.push_back(double(random() % 60));
    const FlowGraph graph(process);
    const Visits visits = expected_visits(process, graph);
    const double cycle = cycle_seconds(process, graph, visits, seconds);

    constexpr int runs = 20'000;
    double sum = 0;
    for (int run = 0; run < runs; ++run) {
      const StepId start = graph.starts[random() % graph.starts.size()];
      sum += longest_mean(process, graph, visits, seconds, random, start);
    }
    CHECK(cycle == Approx(sum / runs).epsilon(0.05).scale(10));

    // A fork that nobody reaches makes the general method solve the same process.
    test::add_step(process, StepKind::fork);
    seconds.push_back(0);
    const FlowGraph with_fork(process);
    const Visits same = expected_visits(process, with_fork);
    CHECK(cycle_seconds(process, with_fork, same, seconds) == Approx(cycle));
  }
}

TEST_CASE("handovers along gateways without a role, beside cases that had nobody yet") {
  // start → D; D → a (agent) → D again in half of the cases: D hears of the agent only then.
  const Process process = test::read(R"([map]
[roles.agent]
[roles.lead]
[[step]]
id = "begin"
kind = "start"
next = "gate"
[[step]]
id = "gate"
kind = "decision"
next = [{ to = "a", share = 0.5 }, { to = "b", share = 0.5 }]
[[step]]
id = "a"
role = "agent"
next = "gate"
[[step]]
id = "b"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  // gate is passed twice on average, once of them from a: b follows a in half of the cases.
  CHECK(expected_of(process).handovers == Approx(0.5));
}

}  // namespace gemba
