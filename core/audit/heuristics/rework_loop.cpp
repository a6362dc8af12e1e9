#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/loops.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// Steps that are done again, and those on the way back.
std::vector<StepId> repeated_steps(const AuditInput& input, const Expected& without) {
  std::vector<StepId> steps;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const bool works = input.expected.steps[i].work > 0;
    if (is_gateway(input.process.steps[i].kind) && !works) continue;
    if (input.expected.visits.steps[i] > without.visits.steps[i] + 1e-9) steps.push_back(StepId(i));
  }
  return steps;
}

/// Whether cases come back for what was not asked at the entrance: somebody outside has to supply
/// it, or the step that sends them back looks whether all is there.
bool lacks_papers(const AuditInput& input, const std::vector<StepId>& senders,
                  const std::vector<StepId>& again, const Expected& without) {
  const Process& process = input.process;
  if (std::any_of(senders.begin(), senders.end(),
                  [&](StepId step) { return process[step].kind == StepKind::approval; })) {
    return false;
  }
  return std::any_of(again.begin(), again.end(),
                     [&](StepId step) {
                       const bool only_then = without.visits.steps[step.index()] <= 1e-9;
                       return only_then && process[step].kind == StepKind::task &&
                              process.is_external(process[step]);
                     }) ||
         std::any_of(senders.begin(), senders.end(),
                     [&](StepId step) { return says(process[step], Saying::completeness); });
}

void report_loop(const AuditInput& input, const Loop& loop, const Expected& without,
                 AuditReport& report) {
  const Process& process = input.process;
  const double repeats = repeats_of(input, loop);
  const StepId target = input.graph.to(loop.back);
  const std::vector<StepId> from = senders(input, loop);
  std::vector<std::string> sender_names;
  for (const StepId step : from) sender_names.push_back(quoted(process[step]));
  const std::string who = listed(sender_names, 3);
  const char* send = from.size() == 1 ? "sends" : "send";
  Finding& finding = report.add(from.front(), fmt::format("{} {} cases back {} times per 100 cases",
                                                          who, send, decimal(repeats * 100)));
  finding.steps = from;
  const std::vector<StepId> again = repeated_steps(input, without);
  std::vector<std::string> names;
  for (const StepId step : again) {
    names.push_back(quoted(process[step]));
    if (std::find(from.begin(), from.end(), step) == from.end()) finding.steps.push_back(step);
  }
  if (lacks_papers(input, from, again, without)) finding.improvement = Improvement::standard_form;
  const bool measured = std::any_of(loop.deciding.begin(), loop.deciding.end(), [&](FlowId flow) {
    return input.expected.visits.origins[flow.index()] == ShareOrigin::measured;
  });
  finding.evidence.push_back(
      {fmt::format("the way back leads to {}", quoted(process[target])), Basis::structure});
  const double work = (input.expected.work_seconds - without.work_seconds) / repeats;
  const double waiting = (input.expected.waiting_seconds - without.waiting_seconds) / repeats;
  std::string cost = humane_seconds(work) + " of work";
  if (waiting > 0.5) cost += " and " + humane_seconds(waiting) + " of waiting";
  finding.evidence.push_back({fmt::format("each time round costs {}: {}", cost, listed(names, 6)),
                              measured ? Basis::log : Basis::declared});
  for (const StepId step : again) add_pain_evidence(input, step, finding);
  finding.against =
      "What comes back would have been wrong otherwise: do not close the way back, make it "
      "needless. Nobody reaches zero; the figures are those of no repetition at all.";
  finding.change.summary = fmt::format(
      "Note for a week why {} {} cases back; ask for what is missing most often before {}.", who,
      send, quoted(process[target]));
  finding.change.edit.closed = loop.deciding;
}

void check(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("repeats");
  for (const Loop& loop : rework_loops(input, least)) {
    Edit edit;
    edit.closed = loop.deciding;
    const Expected without =
        expected(input.process, input.graph, input.profile, edit, &input.expected);
    if (without.work_seconds >= input.expected.work_seconds - 1e-6) continue;
    report_loop(input, loop, without, report);
  }
}

constexpr Parameter parameters[] = {
    {"repeats", 0.2, "least number of times per case that the way back is taken"},
};

}  // namespace

constinit const Heuristic heuristics::rework_loop{
    .about = {.code = "A401",
              .name = "rework-loop",
              .level = Level::warning,
              .summary = "cases are sent back often, and work is done again",
              .what =
                  "A way back that a choice leads to, taken at least 20 times per 100 cases, "
                  "with work of ours on it. A loop with a limit (back while 'tries < 3', another "
                  "exit for 'tries >= 3') is not reported, nor is one that takes up the next thing "
                  "(还有其他问题, anything else, next item). Where somebody outside has to supply "
                  "something, or the choice asks whether all is there, a form at the entrance "
                  "could ask for it. How often is the solution of the absorbing Markov "
                  "chain of the shares, declared or from the log; what it costs is the "
                  "difference to the same process without the way back.",
              .why = "Rework is paid twice and hides why it was needed. The cause is mostly "
                     "before the step that notices: a question that was not asked, a rule that "
                     "nobody knows.",
              .example = R"([map]
[roles.customer]
external = true
[roles.agent]
name = "客服"
[[step]]
id = "apply"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对资料"
role = "agent"
time = "5m"
next = [
  { to = "pay", when = "complete = true", share = 0.7 },
  { to = "supply", when = "complete = false", share = 0.3 },
]
[[step]]
id = "supply"
name = "补充资料"
role = "customer"
wait = "10h"
next = "check"
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "3m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.customer]
external = true
[roles.agent]
name = "客服"
[[step]]
id = "apply"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对资料"
role = "agent"
time = "5m"
next = [
  { to = "pay", when = "complete = true", share = 0.95 },
  { to = "supply", when = "complete = false", share = 0.05 },
]
[[step]]
id = "supply"
name = "补充资料"
role = "customer"
wait = "10h"
next = "check"
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "3m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::rework_at_source, Improvement::standard_form,
                               Improvement::enter_once}},
    .check = check};

}  // namespace gemba::inline audit
