#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  if (input.graph.ends.empty()) {
    report.add(input.process.span, "",
               "no step of kind 'end': nothing says when a case is finished");
  }
}

}  // namespace

constinit const Rule no_end{
    .about = {.code = "F102",
              .name = "no-end",
              .level = Level::error,
              .summary = "nothing finishes",
              .what = "A document without a step of kind `end`.",
              .why =
                  "Nobody can tell when the work is done, and no case can be counted as finished.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
