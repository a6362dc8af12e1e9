#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  if (input.graph.starts.empty()) {
    report.add(input.process.span, "", "no step of kind 'start': nothing says where a case begins");
  }
}

}  // namespace

constinit const Rule no_start{
    .about = {.code = "F101",
              .name = "no-start",
              .level = Level::error,
              .summary = "nothing begins",
              .what = "A document without a step of kind `start`.",
              .why = "Readers do not know what sets the procedure off or where to enter it, and no "
                     "other check of "
                     "the flow has a place to begin.",
              .example = R"([map]
[[step]]
id = "check"
name = "核对订单"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
name = "接入咨询"
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
