#include <fmt/format.h>

#include <algorithm>

#include "core/graph/data_flow.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Whether an exit has a plain label, whose meaning nobody knows.
bool has_plain_label(const RuleInput& input, StepId id) {
  const std::vector<FlowId>& exits = input.graph.out[id.index()];
  return std::any_of(exits.begin(), exits.end(), [&](FlowId exit) {
    const std::optional<Condition>& when = input.process[exit].when;
    return when && !when->expr;
  });
}

/// Why a step should not have a personal datum; empty when nothing speaks against it.
std::string objection(const RuleInput& input, StepId id, DataId data) {
  const Step& step = input.process[id];
  const Data& datum = input.process.definitions[data];
  if (input.process.is_external(step) && input.process.definitions[*step.role].id != datum.from) {
    return fmt::format("'{}' hands the personal datum '{}' to '{}', which is external", step.id,
                       datum.id, input.process.definitions[*step.role].id);
  }
  const bool idle = is_routing(step.kind) || step.kind == StepKind::wait;
  if (idle && !has_plain_label(input, id) && !decides_by(input.process, input.graph, id, data)) {
    return fmt::format("'{}' is given the personal datum '{}' and does nothing with it", step.id,
                       datum.id);
  }
  return {};
}

void check(const RuleInput& input, RuleReport& report) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    for (const DataUse& need : input.process.steps[i].needs) {
      if (!input.process.definitions[need.data].personal) continue;
      std::string message = objection(input, StepId(i), need.data);
      if (!message.empty()) report.add(need.span, input.process.steps[i].id, std::move(message));
    }
  }
}

}  // namespace

constinit const Rule personal_data{
    .about = {.code = "D305",
              .name = "personal-data",
              .level = Level::warning,
              .summary = "personal data handed to who does not need it, or to an external role",
              .what = "A datum marked `personal` in the `needs` of a step whose role is external, "
                      "other than who brings the datum, or of a step that only routes or waits and "
                      "does not decide by it.",
              .why = "Personal data may only go where the purpose needs them (PIPL articles 6 and "
                     "23, GDPR article 5): each needless copy can leak.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[roles.carrier]
name = "物流商"
external = true
[data.bank_card]
name = "收款账号"
from = "customer"
personal = true
[[step]]
id = "intake"
kind = "start"
next = "fetch"
[[step]]
id = "fetch"
name = "上门取件"
role = "carrier"
needs = ["bank_card"]
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
needs = ["bank_card"]
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[roles.carrier]
name = "物流商"
external = true
[data.bank_card]
name = "收款账号"
from = "customer"
personal = true
[[step]]
id = "intake"
kind = "start"
next = "fetch"
[[step]]
id = "fetch"
name = "上门取件"
role = "carrier"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
needs = ["bank_card"]
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
