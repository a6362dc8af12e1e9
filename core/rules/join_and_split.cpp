#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    const std::size_t entries = input.graph.in[i].size();
    const std::size_t exits = input.graph.out[i].size();
    // What has only one entry or exit in all is a superfluous gateway, and reported as that.
    if (entries < 2 || exits < 2) continue;
    if (step.kind == StepKind::join) {
      report.add(step,
                 fmt::format("join '{}' waits for {} entries and then chooses one of {} exits: "
                             "put a decision behind it",
                             step.id, entries, exits));
    } else if (step.kind == StepKind::fork) {
      report.add(step, fmt::format("fork '{}' starts {} branches and has {} entries, for which it "
                                   "does not wait: put a step or a join before it",
                                   step.id, exits, entries));
    }
  }
}

}  // namespace

constinit const Rule join_and_split{
    .about = {.code = "F110",
              .name = "join-and-split",
              .level = Level::warning,
              .summary = "one gateway does both",
              .what = "A `join` with several exits, or a `fork` with several entries. A "
                      "`decision` with several entries is not reported: no more than one "
                      "case token comes at a time, and sending work back to a decision is "
                      "common and plain.",
              .why = "In the chart it cannot be told whether the gateway waits for all "
                     "entries or for one, nor whether it starts all exits or one; readers "
                     "take it for what they expect.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "both"
[[step]]
id = "both"
name = "分头核实"
kind = "fork"
next = ["check", "ask"]
[[step]]
id = "check"
name = "核对订单"
next = "known"
[[step]]
id = "ask"
name = "询问仓库"
next = "known"
[[step]]
id = "known"
name = "核实完毕"
kind = "join"
next = [
  { to = "pay", when = "amount <= 50" },
  { to = "approve", when = "amount > 50" },
]
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "both"
[[step]]
id = "both"
name = "分头核实"
kind = "fork"
next = ["check", "ask"]
[[step]]
id = "check"
name = "核对订单"
next = "known"
[[step]]
id = "ask"
name = "询问仓库"
next = "known"
[[step]]
id = "known"
name = "核实完毕"
kind = "join"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "amount <= 50" },
  { to = "approve", when = "amount > 50" },
]
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
