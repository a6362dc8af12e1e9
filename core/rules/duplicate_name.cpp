#include <fmt/format.h>

#include <map>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  std::map<std::string_view, const Step*> first_of;
  for (const Step& step : input.process.steps) {
    const auto [place, is_first] = first_of.emplace(step.name, &step);
    if (is_first) continue;
    Diagnostic& finding = report.add(step.name_span, step.id,
                                     fmt::format("steps '{}' and '{}' are both named '{}'",
                                                 place->second->id, step.id, step.name));
    finding.notes.push_back({place->second->name_span, "the first one is here"});
  }
}

}  // namespace

constinit const Rule duplicate_name{
    .about = {.code = "W601",
              .name = "duplicate-name",
              .level = Level::warning,
              .summary = "two steps with the same name",
              .what = "Two steps of a document that people read under the same name.",
              .why =
                  "In the chart, in a log and in talk nobody can tell which of the two is meant.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "check_again"
[[step]]
id = "check_again"
name = "核对订单"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "check_again"
[[step]]
id = "check_again"
name = "核对收款账号"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
