#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  const Process& process = input.process;
  if (!process.review_by || process.status == Process::Status::retired) return;
  if (*process.review_by < input.today) {
    report.add(process.review_by_span, "",
               fmt::format("the review was due on {}", to_string(*process.review_by)));
  }
}

}  // namespace

constinit const Rule review_overdue{
    .about = {.code = "M502",
              .name = "review-overdue",
              .level = Level::warning,
              .summary = "the date of the next review has passed",
              .what = "A document that is not retired and whose `review_by` lies before today (or "
                      "before the date "
                      "that `--today` gives).",
              .why = "People work by rules that nobody has looked at for too long: prices, systems "
                     "and laws have "
                     "changed since.",
              .example = R"([sop]
owner = "lead"
review_by = 2020-12-31
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([sop]
owner = "lead"
review_by = 2099-12-31
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
