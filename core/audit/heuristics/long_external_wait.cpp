#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/graph/dominators.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// Whether cases begin with the role: the customer, whose own time it is.
bool begins_cases(const AuditInput& input, RoleId role) {
  return std::any_of(input.graph.starts.begin(), input.graph.starts.end(),
                     [&](StepId start) { return input.process[start].role == role; });
}

/// Whether another role makes what the step makes: there is a choice of parties.
bool has_alternative(const Process& process, const Step& step) {
  return std::any_of(process.steps.begin(), process.steps.end(), [&](const Step& other) {
    if (!other.role || other.role == step.role) return false;
    return std::any_of(step.makes.begin(), step.makes.end(), [&](const DataUse& made) {
      return std::any_of(other.makes.begin(), other.makes.end(),
                         [&](const DataUse& same) { return same.data == made.data; });
    });
  });
}

/// What a case would take if nobody had to wait for the step.
double cycle_without(const AuditInput& input, StepId id) {
  Edit edit;
  edit.unwaited = {id};
  return expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
}

/// Whether those who wait outside say that it is long.
bool is_felt_outside(const Process& process, StepId id) {
  return std::any_of(process.pains.begin(), process.pains.end(), [&](const Pain& pain) {
    return pain.step == id && pain.from && process.definitions[*pain.from].external;
  });
}

void report_step(const AuditInput& input, StepId id, double without, AuditReport& report) {
  const Process& process = input.process;
  const double cycle = input.expected.cycle_seconds;
  const std::string name = quoted(process[id]);
  const std::string party = quoted_role(process, process[id]);
  Finding& finding =
      report.add(id, fmt::format("{} of the time of a case is '{}', which only {} does",
                                 percent((cycle - without) / cycle), process[id].name, party));
  const StepFigures& figures = input.expected.steps[id.index()];
  finding.evidence.push_back(
      {fmt::format("{} takes {}; a case takes {}, and {} without", name,
                   humane_seconds(figures.waiting), humane_seconds(cycle), humane_seconds(without)),
       figures.waiting_origin == Origin::measured ? Basis::log : Basis::declared});
  add_pain_evidence(input, id, finding);
  finding.against = fmt::format(
      "{} may be bound by contract or law, and a second party has its own price. See first how "
      "much "
      "of it is their work and how much waits for our order or our answer.",
      party);
  const std::string speed = fmt::format(
      "rder it as early as it is certain, agree on a time with {}, and ask whether a second party "
      "could do it",
      party);
  if (is_felt_outside(process, id)) {
    finding.improvement = Improvement::tracking;
    finding.change.summary =
        fmt::format("Ask {} for its state and show it to those who wait. O{}.", party, speed);
  } else {
    finding.change.summary =
        fmt::format("O{}; measure how often it is late, and show its state.", speed);
  }
}

/// What somebody outside is asked for later than it could be.
struct LateOrder {
  StepId order, outside;
  std::vector<StepId> between;  ///< that every case passes before the order and after all is known
  double seconds = 0;           ///< of them
};

/// The step of ours that alone leads to a step of somebody outside.
std::optional<StepId> order_of(const AuditInput& input, StepId outside) {
  const std::vector<StepId> before = steps_before(input.process, input.graph, outside);
  if (before.size() != 1 || !is_own_work(input.process, before.front())) return std::nullopt;
  const Step& order = input.process[before.front()];
  if (order.kind == StepKind::approval || order.needs.empty()) return std::nullopt;
  return before.front();
}

/// By StepId: whether a case that comes there has all that the order needs.
std::vector<bool> where_all_is_known(const AuditInput& input, const Step& order) {
  const auto makers = makers_of_data(input.process);
  std::vector<bool> known(input.process.steps.size(), true);
  for (const DataUse& use : order.needs) {
    if (!input.process.definitions[use.data].from.empty()) continue;
    const MissingData missing = missing_data(input.process, input.graph, makers[use.data.index()]);
    for (std::size_t i = 0; i < known.size(); ++i) known[i] = known[i] && !missing.before[i];
  }
  return known;
}

/// Steps that each case passes between; none where one of them has to allow the order.
std::optional<LateOrder> late_order(const AuditInput& input, StepId outside,
                                    const DominatorTree& tree) {
  const Process& process = input.process;
  const auto order = order_of(input, outside);
  if (!order) return std::nullopt;
  LateOrder late{*order, outside, {}, 0};
  const std::vector<bool> known = where_all_is_known(input, process[*order]);
  for (auto at = tree.idom[order->index()]; at; at = tree.idom[at->index()]) {
    const Step& step = process[*at];
    if (step.kind == StepKind::start || !known[at->index()]) break;
    if (step.kind == StepKind::approval || is_parallel(step.kind)) return std::nullopt;
    if (is_gateway(step.kind)) continue;
    const StepFigures& figures = input.expected.steps[at->index()];
    late.between.push_back(*at);
    late.seconds += input.expected.visits.steps[at->index()] * (figures.work + figures.waiting);
  }
  std::reverse(late.between.begin(), late.between.end());
  return late;
}

void report_order(const AuditInput& input, const LateOrder& late, AuditReport& report) {
  const Process& process = input.process;
  const std::string order = quoted(process[late.order]);
  const std::string outside = quoted(process[late.outside]);
  const std::string first = quoted(process[late.between.front()]);
  Finding& finding =
      report.add(late.order, fmt::format("{} is asked for {} later than it could be, behind {}",
                                         outside, humane_seconds(late.seconds),
                                         listed(quoted_names(process, late.between), 4)));
  finding.improvement = Improvement::resequence;
  finding.steps.push_back(late.outside);
  finding.steps.insert(finding.steps.end(), late.between.begin(), late.between.end());
  finding.evidence.push_back(
      {fmt::format("what {} needs is known before {}", order, first), Basis::structure});
  add_time_evidence(input, late.outside, finding);
  add_pain_evidence(input, late.outside, finding);
  finding.against =
      "Whether it is needed at all may be seen only later: what is ordered too early may be in "
      "vain. Count how often that would be.";
  finding.change.summary = fmt::format(
      "Ask by what one could see before {} that {} will be needed; do {} then, and the rest while "
      "it is under way.",
      first, outside, order);
  const double waiting = input.expected.steps[late.outside.index()].waiting;
  finding.change.edit.sooner = {{late.outside, std::max(0.0, 1 - late.seconds / waiting)}};
  finding.change.edit.kept = {late.order};
  only_ask(finding);
}

/// Parties outside that are asked late for what takes long.
void check_orders(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("late") * input.expected.cycle_seconds;
  std::optional<DominatorTree> tree;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (!input.process.is_external(step) || step.makes.empty()) continue;
    const double waiting = input.expected.steps[i].waiting;
    if (waiting < report.parameter("hours") * 3600) continue;
    if (input.expected.visits.steps[i] * waiting < least) continue;
    if (begins_cases(input, *step.role)) continue;
    if (!tree) tree = dominators(input.graph);
    const auto late = late_order(input, StepId(i), *tree);
    if (late && !late->between.empty() && late->seconds >= least)
      report_order(input, *late, report);
  }
}

void check(const AuditInput& input, AuditReport& report) {
  const double cycle = input.expected.cycle_seconds;
  const double share = report.parameter("share");
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = input.process[id];
    if (!input.process.is_external(step) || begins_cases(input, *step.role)) continue;
    // Who only has to come back is a customer under another name.
    if (step.makes.empty()) continue;
    const double waiting = input.expected.visits.steps[i] * input.expected.steps[i].waiting;
    if (waiting < report.parameter("hours") * 3600 || waiting < share * cycle) continue;
    if (has_alternative(input.process, step)) continue;
    const double without = cycle_without(input, id);
    if (cycle - without >= share * cycle) report_step(input, id, without, report);
  }
  check_orders(input, report);
}

constexpr Parameter parameters[] = {
    {"share", 0.33, "least share of the time of a case, 0 to 1"},
    {"hours", 24, "least time of the step per case"},
    {"late", 0.1, "part of the time of a case that it takes, and by which it is asked for late"},
};

}  // namespace

constinit const Heuristic heuristics::long_external_wait{
    .about =
        {.code = "A505",
         .name = "long-external-wait",
         .level = Level::info,
         .summary = "a large part of a case is spent with one party outside",
         .what =
             "A step of an external role that makes something, takes a day or more and at "
             "least a third "
             "of the time of a case, also where other steps go on beside it, and "
             "of whose data no other role makes any. The role that cases begin with (the "
             "customer) is left out: it is their own time. Also such a step, for a tenth of the "
             "time, before which the step of ours that asks for it could have been done a "
             "tenth of the time sooner by what it needs, without an approval between.",
         .why = "What we do ourselves hardly matters beside it. It can be ordered earlier, "
                "given to several parties, or at least be seen by those who wait (extra "
                "resources, integration, Reijers and Liman Mansar 2005).",
         .example = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "客服"
[roles.maker]
name = "厂家"
external = true
[data.report]
name = "检测报告"
[[step]]
id = "apply"
name = "申请质量赔付"
kind = "start"
role = "customer"
next = "inspect"
[[step]]
id = "inspect"
name = "厂家检测"
role = "maker"
makes = ["report"]
wait = "5d"
next = "pay"
[[step]]
id = "pay"
name = "赔付"
role = "agent"
needs = ["report"]
time = "5m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .instead = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "客服"
[roles.maker]
name = "厂家"
external = true
[data.report]
name = "检测报告"
[[step]]
id = "apply"
name = "申请质量赔付"
kind = "start"
role = "customer"
next = "inspect"
[[step]]
id = "inspect"
name = "厂家检测"
role = "maker"
makes = ["report"]
wait = "8h"
next = "pay"
[[step]]
id = "pay"
name = "赔付"
role = "agent"
needs = ["report"]
time = "5m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .parameters = parameters,
         .improvements = {Improvement::staffing, Improvement::tracking, Improvement::resequence}},
    .check = check};

}  // namespace gemba::inline audit
