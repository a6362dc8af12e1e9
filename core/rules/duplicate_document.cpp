#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(std::span<const LintDocument> documents, RepositoryReport& report) {
  std::map<std::string_view, std::vector<const LintDocument*>> by_id;
  for (const LintDocument& document : documents) by_id[document.process->id].push_back(&document);
  for (const auto& [id, same] : by_id) {
    if (same.size() < 2) continue;
    // The first is taken for the original, unless it alone is checked.
    const bool only_first = std::none_of(same.begin() + 1, same.end(),
                                         [](const LintDocument* each) { return each->checked; });
    for (std::size_t number = only_first ? 0 : 1; number < same.size(); ++number) {
      const LintDocument& other = *same[number == 0 ? 1 : 0];
      report.add(*same[number], same[number]->process->span, {},
                 fmt::format("document '{}' is also in '{}'", id, other.path),
                 {{other.process->span, "the other one"}});
    }
  }
}

}  // namespace

constinit const Rule duplicate_document{
    .about = {.code = "X701",
              .name = "duplicate-document",
              .level = Level::error,
              .summary = "one id in two files",
              .what =
                  "Two documents of a repository with the same id. One without `id` has the stem "
                  "of its file name.",
              .why =
                  "Whoever calls the document, or looks it up, gets one of the two; people learn "
                  "the wrong one.",
              .example = R"(#: refund.toml
[map]
id = "refund"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
#: copy/refund.toml
[map]
id = "refund"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"(#: refund.toml
[map]
id = "refund"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
#: copy/refund.toml
[map]
id = "refund-2025"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check_together = check};

}  // namespace gemba::inline rules
