#include <fmt/format.h>

#include "core/graph/data_flow.h"
#include "core/rules/path_text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check_need(const RuleInput& input, StepId id, const DataUse& need,
                const std::vector<StepId>& makers, const MissingData& missing, RuleReport& report) {
  const Process& process = input.process;
  const Step& step = process[id];
  if (!missing.before[id.index()]) return;
  const std::string& datum = process.definitions[need.data].id;
  const std::vector<StepId> path = path_without(input.graph, missing, id);
  std::string message =
      makers.empty()
          ? fmt::format("'{}' needs '{}', which no step makes and nobody brings at the start",
                        step.id, datum)
          : fmt::format("'{}' needs '{}', which nobody has made on the path {}", step.id, datum,
                        path_text(process, path));
  Diagnostic& finding = report.add(need.span, step.id, std::move(message));
  constexpr std::size_t most_notes = 3;
  for (const StepId maker : makers) {
    if (finding.notes.size() == most_notes) break;
    if (maker != id)
      finding.notes.push_back(
          {process[maker].span, fmt::format("'{}' makes it on other paths", process[maker].id)});
  }
}

void check(const RuleInput& input, RuleReport& report) {
  const Process& process = input.process;
  const auto makers = makers_of_data(process);
  for (std::size_t data = 0; data < makers.size(); ++data) {
    const Data& datum = process.definitions.data[data];
    if (!datum.from.empty() || datum.implied) continue;
    const auto needs = [&](const DataUse& use) { return use.data == DataId(data); };
    std::optional<MissingData> missing;
    for (std::size_t step = 0; step < process.steps.size(); ++step) {
      for (const DataUse& need : process.steps[step].needs) {
        if (!needs(need) || need.optional) continue;
        if (!missing) missing = missing_data(process, input.graph, makers[data]);
        check_need(input, StepId(step), need, makers[data], *missing, report);
      }
    }
  }
}

}  // namespace

constinit const Rule missing_input{
    .about = {.code = "D301",
              .name = "missing-input",
              .level = Level::error,
              .summary = "a step needs a datum that, on some path, nobody has made",
              .what = "A datum in `needs` that, on the path shown, no step before has made, and "
                      "that nobody brings at the start (`from` in `[data]`). What is made on one "
                      "branch of a fork is there behind the join, not on the other branches.",
              .why = "This is the information break (断点): whoever comes to the step asks around, "
                     "asks the customer again, or guesses.",
              .example = R"([map]
[data.order_no]
name = "订单号"
[[step]]
id = "intake"
kind = "start"
next = "known"
[[step]]
id = "known"
name = "从订单页进入?"
kind = "decision"
next = [
  { to = "refund", when = "entry = 'order'" },
  { to = "ask", when = "entry != 'order'" },
]
[[step]]
id = "ask"
name = "询问订单号"
makes = ["order_no"]
next = "refund"
[[step]]
id = "refund"
name = "退款"
needs = ["order_no"]
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[data.order_no]
name = "订单号"
[[step]]
id = "intake"
kind = "start"
next = "known"
[[step]]
id = "known"
name = "从订单页进入?"
kind = "decision"
next = [
  { to = "take", when = "entry = 'order'" },
  { to = "ask", when = "entry != 'order'" },
]
[[step]]
id = "take"
name = "读取订单号"
makes = ["order_no"]
next = "refund"
[[step]]
id = "ask"
name = "询问订单号"
makes = ["order_no"]
next = "refund"
[[step]]
id = "refund"
name = "退款"
needs = ["order_no"]
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
