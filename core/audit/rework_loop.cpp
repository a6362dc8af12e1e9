#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/heuristic.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

// A case that has more in it is not done wrongly: 还有其他问题?
constexpr std::array more_to_do = {
    "其他问题"sv,         "其它问题"sv,        "别的问题"sv,      "其他咨询"sv,
    "其他诉求"sv,         "其他需求"sv,        "其他需要"sv,      "其他商品"sv,
    "其他订单"sv,         "其他事"sv,          "下一个"sv,        "下一件"sv,
    "下一单"sv,           "下一位"sv,          "下一项"sv,        "anything else"sv,
    "any other"sv,        "next item"sv,       "next order"sv,    "another item"sv,
    "another question"sv, "another request"sv, "another order"sv, "more questions"sv,
    "more items"sv};

/// A way back, and who sends cases on it.
struct Loop {
  FlowId back;
  std::vector<FlowId> deciding;  ///< exits that lead to the way back and nowhere else
};

/// The exits after which a case cannot but take the flow; none when nobody can leave its loop.
std::vector<FlowId> deciding_exits(const FlowGraph& graph, FlowId back) {
  std::vector<FlowId> deciding;
  std::vector<bool> seen(graph.edges.size(), false);
  std::vector<std::size_t> lead_back(graph.step_count(), 0);
  std::vector<FlowId> stack{back};
  while (!stack.empty()) {
    const FlowId flow = stack.back();
    stack.pop_back();
    if (seen[flow.index()]) continue;
    seen[flow.index()] = true;
    const StepId from = graph.from(flow);
    if (++lead_back[from.index()] < graph.out[from.index()].size()) {
      deciding.push_back(flow);
      continue;
    }
    // All exits lead back: what decided was before.
    if (from == graph.to(back)) return {};
    std::erase_if(deciding, [&](FlowId exit) { return graph.from(exit) == from; });
    stack.insert(stack.end(), graph.in[from.index()].begin(), graph.in[from.index()].end());
  }
  std::sort(deciding.begin(), deciding.end());
  return deciding;
}

/// Whether the deciding exits are all choices: what a fork begins is no going back.
bool is_choice(const AuditInput& input, const Loop& loop) {
  return !loop.deciding.empty() &&
         std::none_of(loop.deciding.begin(), loop.deciding.end(), [&](FlowId flow) {
           return input.process[input.graph.from(flow)].kind == StepKind::fork;
         });
}

/// Numbers that a condition compares a name with, by a comparison among `ops`.
std::vector<std::pair<std::string, double>> bounds_in(const std::optional<Condition>& when,
                                                      std::initializer_list<Expr::Op> ops) {
  std::vector<std::pair<std::string, double>> bounds;
  if (!when || !when->expr) return bounds;
  for (const Expr::Node& node : when->expr->nodes) {
    if (std::find(ops.begin(), ops.end(), node.op) == ops.end()) continue;
    const Expr::Node& name = when->expr->nodes[node.children[0]];
    const Expr::Node& number = when->expr->nodes[node.children[1]];
    const auto* value = std::get_if<double>(&number.value);
    if (name.op == Expr::Op::name && value != nullptr) bounds.emplace_back(name.name, *value);
  }
  return bounds;
}

/// Whether cases go back over the exit a limited number of times: `tries < 3`, beside an exit for
/// `tries >= 3`. Somebody has thought about how often is enough.
bool is_limited(const AuditInput& input, FlowId exit) {
  const auto limits = bounds_in(input.process[exit].when, {Expr::Op::lt, Expr::Op::le});
  for (const FlowId other : input.graph.out[input.graph.from(exit).index()]) {
    if (other == exit) continue;
    for (const auto& bound : bounds_in(input.process[other].when, {Expr::Op::ge, Expr::Op::gt})) {
      if (std::find(limits.begin(), limits.end(), bound) != limits.end()) return true;
    }
  }
  return false;
}

/// Whether cases go back over the exit because there is more to do, as its words or those of its
/// step say.
bool goes_on(const AuditInput& input, FlowId exit) {
  const Flow& flow = input.process[exit];
  std::string text = input.process[flow.from].name + "\n" + flow.label;
  if (flow.when) text += "\n" + flow.when->text;
  text = ascii_lower(text);
  return std::any_of(more_to_do.begin(), more_to_do.end(),
                     [&](std::string_view words) { return text.find(words) != std::string::npos; });
}

/// How often a case is sent back.
double repeats_of(const AuditInput& input, const Loop& loop) {
  double repeats = 0;
  for (const FlowId exit : loop.deciding) repeats += input.expected.visits.flows[exit.index()];
  return repeats;
}

/// The steps that send cases back, the one that sends most first.
std::vector<StepId> senders(const AuditInput& input, const Loop& loop) {
  std::vector<double> sent(input.process.steps.size(), 0);
  std::vector<StepId> steps;
  for (const FlowId exit : loop.deciding) {
    const StepId from = input.graph.from(exit);
    if (std::find(steps.begin(), steps.end(), from) == steps.end()) steps.push_back(from);
    sent[from.index()] += input.expected.visits.flows[exit.index()];
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [&](StepId a, StepId b) { return sent[a.index()] > sent[b.index()]; });
  return steps;
}

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
  const std::vector<bool> back = back_flows(input.graph);
  const std::vector<bool> reached = reachable_from_starts(input.graph);
  for (std::size_t i = 0; i < back.size(); ++i) {
    const FlowId flow(i);
    if (!back[i] || !reached[input.graph.from(flow).index()]) continue;
    if (input.expected.visits.flows[i] < least - 1e-9) continue;
    Loop loop{flow, deciding_exits(input.graph, flow)};
    if (!is_choice(input, loop)) continue;
    std::erase_if(loop.deciding,
                  [&](FlowId exit) { return is_limited(input, exit) || goes_on(input, exit); });
    if (repeats_of(input, loop) < least - 1e-9) continue;
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
