#include <fmt/format.h>

#include "core/graph/data_flow.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Reports a maker that comes after `first` and enters the datum into another system.
void check_later(const RuleInput& input, DataId data, StepId first,
                 const std::vector<StepId>& makers, std::vector<bool>& told, RuleReport& report) {
  const Process& process = input.process;
  if (!process[first].system) return;
  const std::vector<bool> later = reachable_after(input.graph, first);
  for (std::size_t number = 0; number < makers.size(); ++number) {
    const Step& step = process[makers[number]];
    if (told[number] || makers[number] == first || !later[makers[number].index()]) continue;
    if (!step.system || step.system == process[first].system) continue;
    told[number] = true;
    report
        .add(made_at(step, data)->span, step.id,
             fmt::format("'{}' makes '{}' again in '{}', after '{}' made it in '{}'", step.id,
                         process.definitions[data].id, process.definitions[*step.system].id,
                         process[first].id, process.definitions[*process[first].system].id))
        .notes.push_back({made_at(process[first], data)->span, "first made here"});
  }
}

void check(const RuleInput& input, RuleReport& report) {
  const auto makers = makers_of_data(input.process);
  for (std::size_t data = 0; data < makers.size(); ++data) {
    std::vector<bool> told(makers[data].size(), false);
    for (const StepId first : makers[data])
      check_later(input, DataId(data), first, makers[data], told, report);
  }
}

}  // namespace

constinit const Rule made_twice{
    .about = {.code = "D303",
              .name = "made-twice",
              .level = Level::warning,
              .summary = "two steps on one path make the same datum in different systems",
              .what = "Two steps, one of which can come after the other, that list the same datum "
                      "in `makes` and have different systems.",
              .why = "The datum is typed twice, and sooner or later the two systems differ.",
              .example = R"([map]
[systems.im]
name = "在线客服"
[systems.oms]
name = "订单系统"
[data.refund_amount]
name = "退款金额"
[[step]]
id = "intake"
kind = "start"
next = "note"
[[step]]
id = "note"
name = "登记退款金额"
system = "im"
makes = ["refund_amount"]
next = "enter"
[[step]]
id = "enter"
name = "录入退款金额"
system = "oms"
makes = ["refund_amount"]
next = "pay"
[[step]]
id = "pay"
name = "退款"
needs = ["refund_amount"]
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[systems.oms]
name = "订单系统"
[data.refund_amount]
name = "退款金额"
[[step]]
id = "intake"
kind = "start"
next = "enter"
[[step]]
id = "enter"
name = "录入退款金额"
system = "oms"
makes = ["refund_amount"]
next = "pay"
[[step]]
id = "pay"
name = "退款"
needs = ["refund_amount"]
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
