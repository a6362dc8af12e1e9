#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

bool has_stated_data(const Step& step) { return !step.needs.empty() && !step.makes.empty(); }

/// Whether a task of ours says what it reads and writes, so that its order can be judged.
bool may_move(const Process& process, StepId id) {
  const Step& step = process[id];
  return step.kind == StepKind::task && is_own_work(process, id) && has_stated_data(step);
}

bool shares_data(const Step& first, const Step& second) {
  const auto touches = [](const Step& step, DataId data) {
    return uses(step, data) || makes(step, data);
  };
  return std::any_of(first.makes.begin(), first.makes.end(),
                     [&](const DataUse& use) { return touches(second, use.data); }) ||
         std::any_of(second.makes.begin(), second.makes.end(),
                     [&](const DataUse& use) { return touches(first, use.data); });
}

double seconds_at(const AuditInput& input, StepId step) {
  const StepFigures& figures = input.expected.steps[step.index()];
  return figures.work + figures.processing + figures.waiting;
}

/// The one of two that is done while the other is.
StepId shorter(const AuditInput& input, StepId first, StepId second) {
  return seconds_at(input, first) < seconds_at(input, second) ? first : second;
}

/// How much earlier cases would end if the two were done at the same time.
double saved_seconds(const AuditInput& input, StepId first, StepId second) {
  Edit edit;
  edit.aside = {shorter(input, first, second)};
  return input.expected.cycle_seconds -
         expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
}

void report_pair(const AuditInput& input, StepId first, StepId second, AuditReport& report) {
  const Process& process = input.process;
  const std::string a = quoted(process[first]);
  const std::string b = quoted(process[second]);
  Finding& finding =
      report.add(first, fmt::format("{} waits for {}, and needs nothing of it", b, a));
  finding.steps.push_back(second);
  std::vector<std::string> made;
  for (const DataUse& use : process[first].makes)
    made.push_back("'" + process.definitions[use.data].name + "'");
  finding.evidence.push_back(
      {fmt::format("{} makes {}, which {} does not use", a, listed(made), b), Basis::structure});
  finding.evidence.push_back(
      {fmt::format("{} does one, {} the other", quoted_role(process, process[first]),
                   quoted_role(process, process[second])),
       Basis::structure});
  add_time_evidence(input, first, finding);
  add_time_evidence(input, second, finding);
  finding.against =
      "One may be meant to stop the other: if the first can fail, what the second does would be in "
      "vain. Whoever joins the two needs to see that both are done.";
  Change& change = finding.change;
  change.summary = fmt::format("Begin {} and {} at the same time (a fork), and join them.", a, b);
  change.edit.aside = {shorter(input, first, second)};
  change.edit.kept = {first, second};
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const double least = report.parameter("minutes") * 60;
  std::vector<bool> reported(process.steps.size(), false);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId first(i);
    const auto second = only_next(input.graph, first);
    if (!second || reported[i] || !may_move(process, first) || !may_move(process, *second))
      continue;
    if (process[first].role == process[*second].role) continue;
    if (shares_data(process[first], process[*second])) continue;
    const double saved = input.expected.visits.steps[i] *
                         std::min(seconds_at(input, first), seconds_at(input, *second));
    if (saved < least || saved_seconds(input, first, *second) < least) continue;
    reported[second->index()] = true;
    report_pair(input, first, *second, report);
  }
}

constexpr Parameter parameters[] = {
    {"minutes", 15, "least time per case that is saved"},
};

}  // namespace

constinit const Heuristic heuristics::could_be_parallel{
    .about = {.code = "A403",
              .name = "could-be-parallel",
              .level = Level::warning,
              .summary = "two roles work one after the other on what has nothing to do with each "
                         "other",
              .what = "Two tasks that follow each other, each the only way on and the only way "
                      "in, of different roles of ours, that both say which data they need and "
                      "make and share none: neither uses or makes anew what the other makes. "
                      "Reported when cases end 15 minutes earlier or more without the shorter one.",
              .why = "The case takes the sum of both, though it need only take the longer.",
              .example = R"([map]
[roles.warehouse]
name = "仓库"
[roles.finance]
name = "财务"
[data.order_no]
name = "订单号"
from = "顾客"
[data.goods]
name = "质检结果"
[data.account]
name = "打款账户"
[[step]]
id = "apply"
kind = "start"
next = "inspect"
[[step]]
id = "inspect"
name = "检验退货"
role = "warehouse"
needs = ["order_no"]
makes = ["goods"]
time = "10m"
wait = "1d"
next = "account"
[[step]]
id = "account"
name = "核实打款账户"
role = "finance"
needs = ["order_no"]
makes = ["account"]
time = "5m"
wait = "8h"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["goods", "account"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.warehouse]
name = "仓库"
[roles.finance]
name = "财务"
[data.order_no]
name = "订单号"
from = "顾客"
[data.goods]
name = "质检结果"
[data.account]
name = "打款账户"
[[step]]
id = "apply"
kind = "start"
next = "both"
[[step]]
id = "both"
kind = "fork"
next = ["inspect", "account"]
[[step]]
id = "inspect"
name = "检验退货"
role = "warehouse"
needs = ["order_no"]
makes = ["goods"]
time = "10m"
wait = "1d"
next = "ready"
[[step]]
id = "account"
name = "核实打款账户"
role = "finance"
needs = ["order_no"]
makes = ["account"]
time = "5m"
wait = "8h"
next = "ready"
[[step]]
id = "ready"
kind = "join"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["goods", "account"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::parallelise}},
    .check = check};

}  // namespace gemba::inline audit
