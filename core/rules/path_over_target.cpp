#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <queue>

#include "core/rules/path_text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

struct FastestPath {
  double seconds = 0;
  std::vector<StepId> steps;
};

/// The way from one step to another that takes least time (Dijkstra 1959), without the first step
/// and with the last; none when there is no way. Branches that run beside it can only add to it.
std::optional<FastestPath> fastest_path(const RuleInput& input, StepId from, StepId to) {
  struct Reached {
    double seconds;
    StepId step;
    bool operator>(const Reached& other) const {
      return seconds != other.seconds ? seconds > other.seconds : step > other.step;
    }
  };
  std::vector<std::optional<StepId>> before(input.graph.step_count());
  std::vector<double> best(input.graph.step_count(), -1);
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue;
  queue.push({0, from});
  std::vector<bool> done(input.graph.step_count(), false);
  while (!queue.empty()) {
    const auto [seconds, step] = queue.top();
    queue.pop();
    if (done[step.index()]) continue;
    done[step.index()] = true;
    if (step == to) {
      FastestPath path{seconds, {to}};
      while (path.steps.back() != from) path.steps.push_back(*before[path.steps.back().index()]);
      std::reverse(path.steps.begin(), path.steps.end());
      return path;
    }
    for (const FlowId exit : input.graph.out[step.index()]) {
      const StepId next = input.graph.to(exit);
      const double arrival = seconds + stated_times(input.process[next]).seconds();
      if (done[next.index()] || (best[next.index()] >= 0 && best[next.index()] <= arrival))
        continue;
      best[next.index()] = arrival;
      before[next.index()] = step;
      queue.push({arrival, next});
    }
  }
  return std::nullopt;
}

/// Seconds that a target allows at most; none for other targets.
std::optional<double> most_seconds(const Kpi& kpi) {
  if (!kpi.target || kpi.target->unit != Target::Unit::seconds) return std::nullopt;
  const bool bounds = kpi.target->op == Expr::Op::lt || kpi.target->op == Expr::Op::le;
  return bounds ? std::optional(kpi.target->value) : std::nullopt;
}

void check(const RuleInput& input, RuleReport& report) {
  for (const Kpi& kpi : input.process.kpis) {
    const std::optional<double> most = most_seconds(kpi);
    if (!most || !kpi.from || !kpi.to || kpi.from == kpi.to || kpi.stat == "min") continue;
    const auto path = fastest_path(input, *kpi.from, *kpi.to);
    if (!path || path->seconds <= *most) continue;
    report.add(kpi.target->span, kpi.id,
               fmt::format("'{}' is to be {}, but the fastest path {} takes {} by its own figures",
                           kpi.id, kpi.target->text, path_text(input.process, path->steps),
                           humane_seconds(path->seconds)));
  }
}

}  // namespace

constinit const Rule path_over_target{
    .about = {.code = "T402",
              .name = "path-over-target",
              .level = Level::warning,
              .summary = "the fastest path already breaks a KPI target",
              .what = "A KPI with an upper target for the time between two steps, where `wait` and "
                      "`time` of the steps after the first, added up along the fastest path, "
                      "exceed it. Distributions count with their mean, a business day as eight "
                      "hours.",
              .why = "The target is missed by design. Either it is wishful, or the procedure has "
                     "to change before people are measured by it.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "approve"
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
role = "lead"
wait = "4h"
time = "3m"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "1m"
next = "done"
[[step]]
id = "done"
kind = "end"
[[kpi]]
id = "refund_time"
from = "intake"
to = "pay"
target = "<= 2h"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "approve"
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
role = "lead"
wait = "1h"
time = "3m"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
time = "1m"
next = "done"
[[step]]
id = "done"
kind = "end"
[[kpi]]
id = "refund_time"
from = "intake"
to = "pay"
target = "<= 2h"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
