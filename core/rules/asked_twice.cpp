#include <fmt/format.h>

#include <algorithm>

#include "core/graph/data_flow.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Whether the step gets its data from the customer: an external role does it, or somebody talks to
/// the customer by a script. What a case brings when it begins is not asked for.
bool asks(const Process& process, const Step& step) {
  if (step.kind == StepKind::start) return false;
  return process.is_external(step) || !step.script.empty();
}

bool brought_by_customer(const Process& process, const Data& datum) {
  return std::any_of(process.definitions.roles.begin(), process.definitions.roles.end(),
                     [&](const Role& role) { return role.external && role.id == datum.from; });
}

void check(const RuleInput& input, RuleReport& report) {
  const Process& process = input.process;
  const auto makers = makers_of_data(process);
  for (std::size_t data = 0; data < makers.size(); ++data) {
    const Data& datum = process.definitions.data[data];
    for (const StepId id : makers[data]) {
      const Step& step = process[id];
      if (!asks(process, step) || uses(step, DataId(data))) continue;
      const bool at_start = brought_by_customer(process, datum);
      if (!at_start) {
        // Asked before on every path: by others, as a loop back to the same question is rework.
        std::vector<StepId> others;
        for (const StepId other : makers[data]) {
          if (other != id &&
              (asks(process, process[other]) || process[other].kind == StepKind::start))
            others.push_back(other);
        }
        if (others.empty() || missing_data(process, input.graph, others).before[id.index()])
          continue;
      }
      report.add(made_at(step, DataId(data))->span, step.id,
                 fmt::format("the customer is asked for '{}' at '{}', which {}", datum.id, step.id,
                             at_start ? fmt::format("'{}' brings at the start", datum.from)
                                      : "they have given before"));
    }
  }
}

}  // namespace

constinit const Rule asked_twice{
    .about = {.code = "D304",
              .name = "asked-twice",
              .level = Level::warning,
              .summary = "the customer is asked for what is already known",
              .what = "A step that makes a datum with the customer (an external role does it, or "
                      "it has a `script`) although an external role brings the datum at the start "
                      "(`from`), or has been asked for it on every path before. A step that also "
                      "needs the datum confirms it and is not reported.",
              .why = "Nothing annoys customers more than to say the same thing twice, and it costs "
                     "the time of both.",
              .example = R"([map]
[roles.customer]
name = "顾客"
external = true
[roles.agent]
name = "一线客服"
[data.order_no]
name = "订单号"
from = "customer"
[[step]]
id = "intake"
kind = "start"
role = "customer"
next = "ask"
[[step]]
id = "ask"
name = "询问订单号"
role = "agent"
script = "请提供订单号。"
makes = ["order_no"]
next = "refund"
[[step]]
id = "refund"
name = "退款"
role = "agent"
needs = ["order_no"]
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
name = "一线客服"
[data.order_no]
name = "订单号"
from = "customer"
[[step]]
id = "intake"
kind = "start"
role = "customer"
next = "refund"
[[step]]
id = "refund"
name = "退款"
role = "agent"
needs = ["order_no"]
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
