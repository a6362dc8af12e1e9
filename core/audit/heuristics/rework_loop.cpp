#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/loops.h"
#include "core/audit/neighbours.h"
#include "core/audit/rule_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// What a case takes when nobody is sent back. The time from start to end is another matter.
struct Without {
  std::vector<double> visits;  ///< by StepId
  double work_seconds = 0, waiting_seconds = 0;
};

Without without_loop(const AuditInput& input, const Loop& loop) {
  Edit edit;
  edit.closed = loop.deciding;
  Without without{visits_after(input.process, input.graph, input.profile, edit).steps, 0, 0};
  for (std::size_t i = 0; i < without.visits.size(); ++i) {
    without.work_seconds += without.visits[i] * input.expected.steps[i].work;
    without.waiting_seconds += without.visits[i] * input.expected.steps[i].waiting;
  }
  return without;
}

double cycle_without(const AuditInput& input, const Loop& loop) {
  Edit edit;
  edit.closed = loop.deciding;
  return expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
}

/// Steps that are done again, and those on the way back.
std::vector<StepId> repeated_steps(const AuditInput& input, const Without& without) {
  std::vector<StepId> steps;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const bool works = input.expected.steps[i].work > 0;
    if (is_gateway(input.process.steps[i].kind) && !works) continue;
    if (input.expected.visits.steps[i] > without.visits[i] + 1e-9) steps.push_back(StepId(i));
  }
  return steps;
}

/// Whether cases come back for what was not asked at the entrance: somebody outside has to supply
/// it, or the step that sends them back looks whether all is there.
bool lacks_papers(const AuditInput& input, const std::vector<StepId>& senders,
                  const std::vector<StepId>& again, const Without& without) {
  const Process& process = input.process;
  if (std::any_of(senders.begin(), senders.end(),
                  [&](StepId step) { return process[step].kind == StepKind::approval; })) {
    return false;
  }
  return std::any_of(again.begin(), again.end(),
                     [&](StepId step) {
                       const bool only_then = without.visits[step.index()] <= 1e-9;
                       const StepKind kind = process[step].kind;
                       return only_then && process.is_external(process[step]) &&
                              (kind == StepKind::task || kind == StepKind::wait);
                     }) ||
         std::any_of(senders.begin(), senders.end(),
                     [&](StepId step) { return says(process[step], Saying::completeness); });
}

/// Whether nothing is done on the way back but to wait and look once more: no work is done again,
/// what is awaited has not come yet.
bool only_looks_again(const AuditInput& input, const std::vector<StepId>& senders,
                      const std::vector<StepId>& again, const Without& without) {
  bool waits = false;
  for (const StepId step : again) {
    const bool only_then = without.visits[step.index()] <= 1e-9;
    const bool is_wait = input.process[step].kind == StepKind::wait;
    if (only_then && !is_wait) return false;
    if (!only_then && named_work(input.process[step]) != NamedWork::look_up &&
        std::find(senders.begin(), senders.end(), step) == senders.end())
      return false;
    waits = waits || is_wait;
  }
  return waits;
}

/// Whether more than the declared share speaks for it: a log, or people who complain of papers that
/// somebody outside has to bring once more.
bool is_backed(const AuditInput& input, const Finding& finding, bool measured) {
  if (measured) return true;
  if (finding.improvement != Improvement::standard_form) return false;
  const auto& pains = input.process.pains;
  return std::any_of(pains.begin(), pains.end(), [&](const Pain& pain) {
    return std::find(finding.steps.begin(), finding.steps.end(), pain.step) != finding.steps.end();
  });
}

/// The steps that send cases back, in words: a choice without a name of its own is the one behind
/// the work before it.
std::string sender_names(const AuditInput& input, const std::vector<StepId>& senders) {
  std::vector<std::string> names;
  for (const StepId step : senders) {
    const std::vector<StepId> before = steps_before(input.process, input.graph, step);
    const Step& sender = input.process[step];
    const bool unnamed = is_gateway(sender.kind) && sender.name == sender.id && before.size() == 1;
    names.push_back(unnamed ? "the choice after " + quoted(input.process[before.front()])
                            : quoted(sender));
  }
  return listed(names, 3);
}

std::string advice(const AuditInput& input, const std::vector<StepId>& from, const std::string& who,
                   StepId target) {
  const Process& process = input.process;
  const bool outside = std::all_of(from.begin(), from.end(),
                                   [&](StepId step) { return process.is_external(process[step]); });
  if (outside) {
    return fmt::format(
        "Ask {} for a week what was not right each time, and see to the most frequent cause in {}.",
        quoted_role(process, process[from.front()]), quoted(process[target]));
  }
  return fmt::format(
      "Note for a week why {} {} cases back, and see to the most frequent cause before {}: ask for "
      "what is missing, or write down the rule that is not known.",
      who, from.size() == 1 ? "sends" : "send", quoted(process[target]));
}

/// Nothing is mended on the way: the answer is to be told, not to look.
void ask_for_news(const std::string& who, double repeats, Finding& finding) {
  only_ask(finding);
  finding.title = fmt::format("people look again {} times per 100 cases at {}: it has not come yet",
                              decimal(repeats * 100), who);
  finding.improvement = Improvement::automate;
  finding.against =
      "What is waited for takes its time all the same: only the looking is saved, and whatever the "
      "case loses until the next look.";
  finding.change.summary = fmt::format(
      "Ask whether the system in which it is seen can say when it has come, so that nobody looks "
      "at {} for nothing.",
      who);
}

/// What each round costs.
void add_cost(const AuditInput& input, const Without& without, double repeats, bool measured,
              const std::vector<StepId>& again, Finding& finding) {
  const double work = (input.expected.work_seconds - without.work_seconds) / repeats;
  const double waiting = (input.expected.waiting_seconds - without.waiting_seconds) / repeats;
  std::string cost = humane_seconds(work) + " of work";
  if (waiting > 0.5) cost += " and " + humane_seconds(waiting) + " of waiting";
  finding.evidence.push_back({fmt::format("each time round costs {}: {}", cost,
                                          listed(quoted_names(input.process, again), 6)),
                              measured ? Basis::log : Basis::declared});
  for (const StepId step : again) add_pain_evidence(input, step, finding);
}

void report_loop(const AuditInput& input, const Loop& loop, const Without& without, bool often,
                 AuditReport& report) {
  const Process& process = input.process;
  const double repeats = repeats_of(input, loop);
  const StepId target = input.graph.to(loop.back);
  const std::vector<StepId> from = senders(input, loop);
  const std::string who = sender_names(input, from);
  const char* send = from.size() == 1 ? "sends" : "send";
  Finding& finding = report.add(from.front(), fmt::format("{} {} cases back {} times per 100 cases",
                                                          who, send, decimal(repeats * 100)));
  finding.steps = from;
  const std::vector<StepId> again = repeated_steps(input, without);
  for (const StepId step : again) {
    if (std::find(from.begin(), from.end(), step) == from.end()) finding.steps.push_back(step);
  }
  if (lacks_papers(input, from, again, without)) finding.improvement = Improvement::standard_form;
  const bool measured = std::any_of(loop.deciding.begin(), loop.deciding.end(), [&](FlowId flow) {
    return input.expected.visits.origins[flow.index()] == ShareOrigin::measured;
  });
  if (!often || !is_backed(input, finding, measured)) only_ask(finding);
  finding.evidence.push_back(
      {fmt::format("the way back leads to {}", quoted(process[target])), Basis::structure});
  add_cost(input, without, repeats, measured, again, finding);
  finding.against =
      "What comes back would have been wrong otherwise: do not close the way back, make it "
      "needless. Nobody reaches zero; the figures are those of no repetition at all.";
  finding.change.summary = advice(input, from, who, target);
  if (only_looks_again(input, from, again, without)) ask_for_news(who, repeats, finding);
  finding.change.edit.closed = loop.deciding;
}

void check(const AuditInput& input, AuditReport& report) {
  const double certain = report.parameter("repeats");
  const double least = std::min(certain, report.parameter("ask_repeats"));
  const double part = report.parameter("part");
  for (const Loop& loop : rework_loops(input, least)) {
    const Without without = without_loop(input, loop);
    if (without.work_seconds >= input.expected.work_seconds - 1e-6) continue;
    const double repeats = repeats_of(input, loop);
    const double work = input.expected.work_seconds - without.work_seconds;
    const bool often = repeats >= certain - 1e-9;
    if (often) {
      report_loop(input, loop, without, often, report);
      continue;
    }
    const double cycle = input.expected.cycle_seconds - cycle_without(input, loop);
    const bool is_long = std::max(work, cycle) / repeats >= report.parameter("minutes") * 60;
    const bool dear = is_long && (work >= part * input.expected.work_seconds ||
                                  cycle >= part * input.expected.cycle_seconds);
    if (dear) report_loop(input, loop, without, often, report);
  }
}

constexpr Parameter parameters[] = {
    {"repeats", 0.25, "least number of times per case that the way back is taken"},
    {"ask_repeats", 0.08, "number from which it is asked about"},
    {"part", 0.1, "least part of the work or the time of a case that it takes then, 0 to 1"},
    {"minutes", 30, "and least time of one round"},
};

}  // namespace

constinit const Heuristic heuristics::rework_loop{
    .about =
        {.code = "A401",
         .name = "rework-loop",
         .level = Level::warning,
         .summary = "cases are sent back often, and work is done again",
         .what =
             "A way back that a choice leads to, taken at least 25 times per 100 cases, "
             "with work of ours on it; as a question (info) from 8 times, when a round takes half "
             "an hour and all rounds "
             "together take a tenth of the work or the time of a case. A loop with a limit (back "
             "while 'tries < 3', another "
             "exit for 'tries >= 3') is not reported, nor is one that takes up the next thing "
             "(还有其他问题, anything else, next item). Where somebody outside has to supply "
             "something, or the choice asks whether all is there, a form at the entrance "
             "could ask for it. It is a question, too, unless a log has counted it or people "
             "complain "
             "there of what somebody outside has to supply; and where nothing is done on the way "
             "but to wait and to look again. How often is the solution of the absorbing Markov "
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
                          Improvement::enter_once, Improvement::automate}},
    .check = check};

}  // namespace gemba::inline audit
