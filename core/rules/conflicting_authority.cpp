#include <fmt/format.h>

#include <map>
#include <utility>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Where a role and an action have their limit first.
struct Place {
  const LintDocument* document;
  const Authority* row;
};

std::string shown(const Authority& row) {
  return row.up_to ? fmt::format("up to {}", *row.up_to) : "without limit";
}

void report_conflict(const Place& at, const Place& other, RepositoryReport& report) {
  const std::string& role = at.document->process->definitions[at.row->role].id;
  const std::string where = other.row->shared ? std::string("gemba.toml")
                                              : fmt::format("'{}'", other.document->process->id);
  report.add(*at.document, at.row->span, role,
             fmt::format("'{}' may decide '{}' {} here, but {} in {}", role, at.row->action,
                         shown(*at.row), shown(*other.row), where),
             {{other.row->span, "the other limit"}});
}

void check(std::span<const LintDocument> documents, RepositoryReport& report) {
  std::map<std::pair<std::string_view, std::string_view>, Place> first;
  // Every document has the shared rows in front of its own, so that they count as the first.
  for (const LintDocument& document : documents) {
    const Definitions& all = document.process->definitions;
    for (const Authority& row : all.authority) {
      const Place here{&document, &row};
      const auto [known, is_new] = first.emplace(
          std::pair(std::string_view(all[row.role].id), std::string_view(row.action)), here);
      if (is_new || row.shared || known->second.row->up_to == row.up_to) continue;
      if (known->second.row->span == row.span) continue;
      // Rows of one document for one role and action add up: the most generous counts.
      if (known->second.document == &document && !known->second.row->shared) continue;
      const bool first_only = !document.checked && !known->second.row->shared;
      report_conflict(first_only ? known->second : here, first_only ? here : known->second, report);
    }
  }
}

}  // namespace

constinit const Rule conflicting_authority{
    .about = {.code = "X703",
              .name = "conflicting-authority",
              .level = Level::error,
              .summary = "two documents give one role different limits for one action",
              .what = "A row of the authority table of a document whose limit differs from that of "
                      "another document, or of gemba.toml, for the same role and action.",
              .why = "The limit depends on which page one has open. What everybody shares belongs "
                     "into gemba.toml, once.",
              .example = R"(#: refund.toml
[map]
id = "refund"
[roles.lead]
name = "客服组长"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
#: exchange.toml
[map]
id = "exchange"
[roles.lead]
name = "客服组长"
[[authority]]
role = "lead"
action = "refund"
up_to = 500
[[step]]
id = "intake"
kind = "start"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"(#: refund.toml
[map]
id = "refund"
[roles.lead]
name = "客服组长"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
#: exchange.toml
[map]
id = "exchange"
[roles.lead]
name = "客服组长"
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "intake"
kind = "start"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check_together = check};

}  // namespace gemba::inline rules
