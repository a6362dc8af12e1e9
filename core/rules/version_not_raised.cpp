#include <fmt/format.h>

#include "core/base/text.h"
#include "core/rules/lint.h"

namespace gemba::inline rules {
namespace {

/// The lines of a document that say something: without comments, empty lines and margins.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    if (!line.empty() && line.front() != '#') lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace

void check_version(const Process& before, std::string_view text_before, const Process& now,
                   std::string_view text_now, Level level, Diagnostics& found) {
  if (level == Level::off || now.kind != Process::Kind::sop || now.version != before.version)
    return;
  if (lines_of(text_before) == lines_of(text_now)) return;
  found.push_back(
      {.code = version_not_raised.about.code,
       .level = level,
       .message =
           now.version.empty()
               ? std::string("the SOP has changed and has no version: give it "
                             "one")
               : fmt::format("the SOP has changed, but its version is still '{}'", now.version),
       .span = now.span,
       .document = now.id});
}

constinit const Rule version_not_raised{
    .about = {.code = "M503",
              .name = "version-not-raised",
              .level = Level::warning,
              .summary = "an SOP has changed and its version has not",
              .what = "An SOP whose lines, comments and empty ones aside, differ from those at the "
                      "revision that --diff-base names, and whose `version` is the same. Without "
                      "--diff-base nothing is found. In the examples the file below base/ is the "
                      "earlier one.",
              .why = "People who were trained on version 2.1 believe that they know it. Only a new "
                     "version tells them that there is something to read.",
              .example = R"(#: base/refund.toml
[sop]
id = "refund"
version = "2.1"
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
#: refund.toml
[sop]
id = "refund"
version = "2.1"
owner = "lead"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"(#: base/refund.toml
[sop]
id = "refund"
version = "2.1"
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
#: refund.toml
[sop]
id = "refund"
version = "2.2"
owner = "lead"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "lead"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
