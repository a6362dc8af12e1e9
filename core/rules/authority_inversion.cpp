#include <fmt/format.h>

#include "core/model/authority.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

std::string shown(const std::optional<double>& limit) {
  return limit ? fmt::format("up to {}", *limit) : "without limit";
}

/// The subordinate of the row's role who may decide most beyond it, if any.
const Authority* subordinate_with_more(const Definitions& all, const Authority& row) {
  const Authority* found = nullptr;
  for (const Authority& other : all.authority) {
    if (other.action != row.action || other.role == row.role) continue;
    if (!reports_to(all, other.role, row.role) || reports_to(all, row.role, other.role)) continue;
    if (other.up_to && *other.up_to <= *row.up_to) continue;
    const bool more =
        found == nullptr || !other.up_to || (found->up_to && *other.up_to > *found->up_to);
    if (more) found = &other;
  }
  return found;
}

void check(const RuleInput& input, RuleReport& report) {
  const Definitions& all = input.process.definitions;
  for (const Authority& row : all.authority) {
    // Of several rows for one role and action the most generous counts.
    if (!row.up_to || limit_of(all, row.role, row.action) != row.up_to) continue;
    const Authority* other = subordinate_with_more(all, row);
    if (other == nullptr) continue;
    report
        .add(row.span, all[row.role].id,
             fmt::format("'{}' may decide '{}' {}, less than '{}', who reports to it ({})",
                         all[row.role].id, row.action, shown(row.up_to), all[other->role].id,
                         shown(other->up_to)))
        .notes.push_back({other->span, "the subordinate's limit is here"});
  }
}

}  // namespace

constinit const Rule authority_inversion{
    .about = {.code = "R206",
              .name = "authority-inversion",
              .level = Level::error,
              .summary = "a superior may decide less than a subordinate",
              .what = "A row of the authority table whose limit is below that of a role that "
                      "reports, directly or not, to its role, for the same action.",
              .why = "A case that is handed up for more authority comes to somebody who has less.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
reports_to = "lead"
[roles.lead]
name = "客服组长"
[[authority]]
role = "agent"
action = "refund"
up_to = 500
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
reports_to = "lead"
[roles.lead]
name = "客服组长"
[[authority]]
role = "agent"
action = "refund"
up_to = 50
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
