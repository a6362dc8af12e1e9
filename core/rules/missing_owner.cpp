#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  const Process& process = input.process;
  if (process.kind == Process::Kind::sop && !process.owner) {
    report.add(process.span, "", "the SOP has no owner: nobody answers for it or keeps it current");
  }
}

}  // namespace

constinit const Rule missing_owner{
    .about =
        {.code = "M501",
         .name = "missing-owner",
         .level = Level::warning,
         .summary = "nobody answers for the SOP",
         .what = "A document that opens with `[sop]` and has no `owner`. Maps need none.",
         .why =
             "A procedure without an owner is not reviewed, not corrected and soon not followed.",
         .example = R"([sop]
title = "小额退款"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
         .instead = R"([sop]
title = "小额退款"
owner = "lead"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
