#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/customer_way.h"
#include "core/audit/heuristic.h"
#include "core/audit/main_way.h"
#include "core/audit/matches.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array judging = {"审"sv,     "批"sv,      "核"sv,     "检查"sv,    "评估"sv,
                                "approv"sv, "approve"sv, "review"sv, "examine"sv, "inspect"sv,
                                "assess"sv, "check"sv,   "verify"sv, "evaluate"sv};

constexpr std::array comparing = {"核对"sv,      "比对"sv,    "对账"sv,        "二次"sv,
                                  "复核"sv,      "勾对"sv,    "match"sv,       "compare"sv,
                                  "reconcile"sv, "against"sv, "cross-check"sv, "double-check"sv,
                                  "recheck"sv};

/// A judgement that has a part of its papers at the start, and waits for the rest.
struct LateStart {
  StepId step;
  DataId early;              ///< brought at the start
  std::vector<StepId> late;  ///< steps of others that make the rest
  double late_seconds = 0;   ///< the longest waiting before one of them
};

/// A decision behind which cases wait for papers that the next piece of work does not need.
struct ShutGate {
  StepId decision;
  StepId bringing;  ///< the step of somebody outside, or the notice to her, that cases wait for
  StepId next;      ///< work that could begin
};

double waiting_at(const AuditInput& input, StepId step) {
  return input.expected.steps[step.index()].waiting;
}

bool judges(const Process& process, StepId id) {
  const Step& step = process[id];
  return (step.kind == StepKind::task || step.kind == StepKind::approval) &&
         is_own_work(process, id) && step.automation != Automation::automatic &&
         says_any(step.name, judging);
}

class LateStarts {
 public:
  LateStarts(const AuditInput& input, double least_share, double least_work)
      : input_(input),
        process_(input.process),
        makers_(makers_of_data(input.process)),
        compares_(input.process.steps.size(), false),
        least_(least_share * input.expected.cycle_seconds),
        least_work_(least_work) {
    for (const Match& match : matches(input)) compares_[match.step.index()] = true;
  }

  std::optional<LateStart> at(StepId id) const {
    if (!judges(process_, id) || waiting_at(input_, id) <= 0) return std::nullopt;
    // Two sides are compared when both are there, and a sum is decided on with all that it is for.
    if (compares_[id.index()] || says_any(process_[id].name, comparing) || process_[id].amount)
      return std::nullopt;
    // What is done at a glance is not worth two beginnings.
    if (input_.expected.steps[id.index()].work < least_work_) return std::nullopt;
    if (waiting_at(input_, id) < least_) return std::nullopt;
    LateStart found{id, DataId(0), {}, 0};
    bool has_early = false;
    for (const DataUse& use : process_[id].needs) {
      if (!process_.definitions[use.data].from.empty()) {
        if (!has_early) found.early = use.data;
        has_early = true;
        continue;
      }
      add_late(id, use.data, found);
    }
    if (!has_early || found.late.empty()) return std::nullopt;
    return found;
  }

 private:
  void add_late(StepId id, DataId data, LateStart& found) const {
    // Of data with several makers nobody knows which one a case has waited for.
    const std::vector<StepId>& makers = makers_[data.index()];
    if (makers.size() != 1 || process_[makers.front()].role == process_[id].role) return;
    const double waiting = waiting_at(input_, makers.front());
    if (waiting < least_) return;
    // The slip of an intake is no paper that anybody looks at.
    const Step& maker = process_[makers.front()];
    if (says(maker, Saying::intake) || says(maker, Saying::entry)) return;
    found.late.push_back(makers.front());
    found.late_seconds = std::max(found.late_seconds, waiting);
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<std::vector<StepId>> makers_;
  std::vector<bool> compares_;  ///< by StepId
  double least_;
  double least_work_;
};

void report_late(const AuditInput& input, const std::vector<LateStart>& all, AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> steps;
  for (const LateStart& each : all) steps.push_back(each.step);
  Finding& finding = report.add(
      steps.front(),
      fmt::format("{} {} until the last paper is there, though {} could begin before",
                  listed(quoted_names(process, steps), 3), steps.size() == 1 ? "waits" : "wait",
                  steps.size() == 1 ? "it" : "they"));
  Edit& edit = finding.change.edit;
  for (const LateStart& each : all) {
    finding.evidence.push_back(
        {fmt::format("{} has '{}' from the start, and waits for {}", quoted(process[each.step]),
                     process.definitions[each.early].name,
                     listed(quoted_names(process, each.late), 3)),
         Basis::structure});
    if (finding.evidence.size() <= most_times) add_time_evidence(input, each.step, finding);
    steps.insert(steps.end(), each.late.begin(), each.late.end());
    edit.kept.push_back(each.step);
    // Its queue is over by the time the late paper comes, unless it is the longer of the two.
    if (waiting_at(input, each.step) <= each.late_seconds) edit.unwaited.push_back(each.step);
  }
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  finding.steps = steps;
  finding.against =
      "What comes late may change what has been looked at before, and a result must not leave the "
      "house before all is there: ask how often that happens.";
  finding.change.summary =
      "Ask whether the case can be taken in and looked at with what is there (容缺受理), with a "
      "list of what is missing and its date; only the result waits for the last paper.";
  only_ask(finding);
}

/// The step of somebody outside, or the notice to her, on an exit of the decision that goes back;
/// none otherwise.
std::optional<StepId> bringing_step(const AuditInput& input, StepId decision,
                                    const std::vector<std::optional<StepId>>& next) {
  for (const FlowId flow : input.graph.out[decision.index()]) {
    if (input.expected.visits.shares[flow.index()] >= 0.5) continue;
    std::optional<StepId> at = input.graph.to(flow);
    for (int i = 0; at && i < 3; ++i) {
      const Step& step = input.process[*at];
      // Where nobody drew who brings it, the wait is with the notice that asks for it.
      const bool asks = input.process.is_external(step) || step.kind == StepKind::notify;
      if (asks && !is_terminal(step.kind) && waiting_at(input, *at) > 0) return at;
      at = next[at->index()];
    }
  }
  return std::nullopt;
}

/// Whether the step needs nothing that somebody outside brings or makes, but something.
bool needs_nothing_late(const Step& step, const std::vector<bool>& brought) {
  return !step.needs.empty() && std::none_of(step.needs.begin(), step.needs.end(),
                                             [&](auto& use) { return brought[use.data.index()]; });
}

std::vector<ShutGate> shut_gates(const AuditInput& input) {
  const Process& process = input.process;
  const auto next = main_next(input);
  const std::vector<bool> brought = brought_from_outside(process);
  std::vector<ShutGate> gates;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (process.steps[i].kind != StepKind::decision || !next[i]) continue;
    const StepId work = *next[i];
    const StepKind kind = process[work].kind;
    const bool judged = kind == StepKind::task || kind == StepKind::approval;
    if (!judged || process[work].amount || !is_own_work(process, work)) continue;
    if (waiting_at(input, work) <= 0 || !needs_nothing_late(process[work], brought)) continue;
    const auto bringing = bringing_step(input, StepId(i), next);
    if (!bringing) continue;
    const std::vector<bool> later = reachable_after(input.graph, *bringing);
    if (later[i]) gates.push_back({StepId(i), *bringing, work});
  }
  return gates;
}

void report_gate(const AuditInput& input, const ShutGate& gate, AuditReport& report) {
  const Process& process = input.process;
  const std::string work = quoted(process[gate.next]);
  Finding& finding =
      report.add(gate.decision,
                 fmt::format("cases wait at {} for {}, which {} does not need",
                             quoted(process[gate.decision]), quoted(process[gate.bringing]), work));
  finding.steps = {gate.decision, gate.bringing, gate.next};
  finding.evidence.push_back(
      {fmt::format("{} needs nothing that is brought from outside", work), Basis::structure});
  add_time_evidence(input, gate.bringing, finding);
  add_time_evidence(input, gate.next, finding);
  for (const StepId step : finding.steps) add_pain_evidence(input, step, finding);
  finding.against =
      "The work is in vain when the missing papers never come: ask how many cases end so, and what "
      "the work costs.";
  finding.change.summary = fmt::format(
      "Ask whether {} can begin while papers are missing, with a list of what is missing and its "
      "date.",
      work);
  finding.change.edit.kept = finding.steps;
  only_ask(finding);
}

void check(const AuditInput& input, AuditReport& report) {
  const LateStarts starts(input, report.parameter("waiting"), report.parameter("minutes") * 60);
  std::vector<LateStart> late;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (auto found = starts.at(StepId(i))) late.push_back(std::move(*found));
  }
  if (!late.empty()) report_late(input, late, report);
  for (const ShutGate& gate : shut_gates(input)) report_gate(input, gate, report);
}

constexpr Parameter parameters[] = {
    {"waiting", 0.1,
     "least part of the cycle time, of the step's waiting and of what it waits for"},
    {"minutes", 15, "least work of the step: what is shorter is not begun twice"},
};

}  // namespace

constinit const Heuristic heuristics::starts_only_when_complete{
    .about = {.code = "A309",
              .name = "starts-only-when-complete",
              .level = Level::info,
              .summary = "work begins only when the last paper is there, though part of it could "
                         "begin before",
              .what =
                  "(1) A task or approval of ours that examines or approves and needs both a "
                  "datum that is brought at the start and one that another role makes, where "
                  "either has at least a tenth of the cycle time of waiting before it. (2) A "
                  "decision that sends a minority of cases to wait for somebody outside and back, "
                  "when the task or approval behind it, before which cases wait, needs nothing "
                  "from outside. "
                  "Steps that need late data only, what an intake or an entry makes, comparisons, "
                  "which need both sides, decisions on an "
                  "amount and work of less than a quarter of an hour are left out.",
              .why = "The queue for a judgement can be over by the time the last paper comes. "
                     "Exception handling (Reijers and Liman Mansar 2005); in Chinese "
                     "administration 容缺受理.",
              .example = R"([map]
[roles.shop]
name = "商家"
external = true
[roles.quality]
name = "质检"
[roles.legal]
name = "法务"
[data.papers]
name = "入驻资料"
from = "shop"
[data.report]
name = "质检报告"
[data.verdict]
name = "入驻意见"
[[step]]
id = "apply"
name = "申请入驻"
kind = "start"
role = "shop"
next = "test"
[[step]]
id = "test"
name = "抽检样品"
role = "quality"
makes = ["report"]
time = "2h"
wait = "10d"
next = "judge"
[[step]]
id = "judge"
name = "审查资质与报告"
role = "legal"
needs = ["papers", "report"]
makes = ["verdict"]
time = "2h"
wait = "5d"
next = "done"
[[step]]
id = "done"
kind = "end"
needs = ["verdict"]
)",
              .instead = R"([map]
[roles.shop]
name = "商家"
external = true
[roles.quality]
name = "质检"
[roles.legal]
name = "法务"
[data.papers]
name = "入驻资料"
from = "shop"
[data.report]
name = "质检报告"
[data.seen]
name = "预审意见"
[data.verdict]
name = "入驻意见"
[[step]]
id = "apply"
name = "申请入驻"
kind = "start"
role = "shop"
next = "both"
[[step]]
id = "both"
kind = "fork"
next = ["test", "preview"]
[[step]]
id = "test"
name = "抽检样品"
role = "quality"
makes = ["report"]
time = "2h"
wait = "10d"
next = "there"
[[step]]
id = "preview"
name = "预审资质"
role = "legal"
needs = ["papers"]
makes = ["seen"]
time = "90m"
wait = "5d"
next = "there"
[[step]]
id = "there"
kind = "join"
next = "judge"
[[step]]
id = "judge"
name = "审查报告"
role = "legal"
needs = ["seen", "report"]
makes = ["verdict"]
time = "30m"
wait = "4h"
next = "done"
[[step]]
id = "done"
kind = "end"
needs = ["verdict"]
)",
              .parameters = parameters,
              .improvements = {Improvement::conditional_start}},
    .check = check};

}  // namespace gemba::inline audit
