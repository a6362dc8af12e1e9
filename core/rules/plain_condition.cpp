#include <fmt/format.h>

#include "core/base/text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (const Flow& flow : input.process.flows) {
    if (!flow.when || flow.when->expr) continue;
    constexpr std::size_t columns = 40;
    report.add(flow.when->span, input.process[flow.from].id,
               fmt::format("'{}' is a label, not a condition: gaps, overlaps and authority at '{}' "
                           "cannot be checked",
                           truncate_to_width(printable(flow.when->text), columns),
                           input.process[flow.from].id));
  }
}

}  // namespace

constinit const Rule plain_condition{
    .about = {.code = "S007",
              .name = "plain-condition",
              .level = Level::info,
              .on = false,
              .summary = "a `when` that is not an expression",
              .what = "A `when` that cannot be read as a condition: numbers, quoted texts, "
                      "durations, names, `= != < <= > >=`, `in [..]`, `and`, `or`, `not` and "
                      "parentheses. It is drawn as it is, and not understood.",
              .why = "Gaps and overlaps between branches, and amounts beyond an approver's "
                     "authority, can only be found in conditions that have a meaning.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "五十元以内 含" },
  { to = "ask", when = "超过 五十元" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "ask"
name = "请示组长"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "refund_amount <= 50", label = "五十元以内" },
  { to = "ask", when = "refund_amount > 50", label = "超过五十元" },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "ask"
name = "请示组长"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
