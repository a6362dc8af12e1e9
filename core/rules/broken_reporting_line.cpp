#include <fmt/format.h>

#include <algorithm>

#include "core/model/authority.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  const Definitions& all = input.process.definitions;
  std::vector<bool> told(all.roles.size(), false);
  for (std::size_t i = 0; i < all.roles.size(); ++i) {
    const std::vector<RoleId> line = reporting_line(all, RoleId(i));
    const std::optional<RoleId> back = all[line.back()].reports_to;
    // A role below a circle is not in it.
    if (told[i] || back != RoleId(i)) continue;
    std::string names;
    for (const RoleId role : line) {
      told[role.index()] = true;
      names += fmt::format("'{}' → ", all[role].id);
    }
    report.add(all.roles[i].span, all.roles[i].id,
               fmt::format("the reporting line {}'{}' goes in a circle", names, all.roles[i].id));
  }
}

}  // namespace

constinit const Rule broken_reporting_line{
    .about = {.code = "R207",
              .name = "broken-reporting-line",
              .level = Level::error,
              .summary = "roles report to each other in a circle",
              .what = "Roles whose `reports_to` leads back to themselves.",
              .why = "Nobody stands at the top: an escalation goes round and is never decided.",
              .example = R"([map]
[roles.lead]
name = "客服组长"
reports_to = "manager"
[roles.manager]
name = "客服主管"
reports_to = "lead"
[[step]]
id = "intake"
kind = "start"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.lead]
name = "客服组长"
reports_to = "manager"
[roles.manager]
name = "客服主管"
[[step]]
id = "intake"
kind = "start"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
