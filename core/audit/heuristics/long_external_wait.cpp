#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/wording.h"
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
}

constexpr Parameter parameters[] = {
    {"share", 0.33, "least share of the time of a case, 0 to 1"},
    {"hours", 24, "least time of the step per case"},
};

}  // namespace

constinit const Heuristic heuristics::long_external_wait{
    .about = {.code = "A505",
              .name = "long-external-wait",
              .level = Level::info,
              .summary = "a large part of a case is spent with one party outside",
              .what = "A step of an external role that makes something, takes a day or more and at "
                      "least a third "
                      "of the time of a case, also where other steps go on beside it, and "
                      "of whose data no other role makes any. The role that cases begin with (the "
                      "customer) is left out: it is their own time.",
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
              .improvements = {Improvement::staffing, Improvement::tracking}},
    .check = check};

}  // namespace gemba::inline audit
