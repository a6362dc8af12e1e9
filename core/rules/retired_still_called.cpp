#include <fmt/format.h>

#include <map>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(std::span<const LintDocument> documents, RepositoryReport& report) {
  std::map<std::string_view, const Process*> retired;
  for (const LintDocument& document : documents) {
    if (document.process->status == Process::Status::retired)
      retired.emplace(document.process->id, document.process);
  }
  for (const LintDocument& document : documents) {
    if (document.process->status == Process::Status::retired) continue;
    for (const Step& step : document.process->steps) {
      const auto called = step.calls ? retired.find(step.calls->text) : retired.end();
      if (called == retired.end()) continue;
      report.add(document, step.calls->span, step.id,
                 fmt::format("step '{}' calls '{}', which is retired", step.id, step.calls->text),
                 {{called->second->span, "retired here"}});
    }
  }
}

}  // namespace

constinit const Rule retired_still_called{
    .about = {.code = "M504",
              .name = "retired-still-called",
              .level = Level::error,
              .summary = "a step calls a retired document",
              .what = "A `call` of a document of the repository whose `status` is retired, in one "
                      "that is not.",
              .why = "People are sent to a procedure that nobody keeps current any more.",
              .example = R"(#: reception.toml
[map]
id = "reception"
[[step]]
id = "intake"
kind = "start"
next = "hand_over"
[[step]]
id = "hand_over"
name = "转交"
kind = "call"
calls = "refund"
next = "done"
[[step]]
id = "done"
kind = "end"
#: refund.toml
[map]
id = "refund"
status = "retired"
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"(#: reception.toml
[map]
id = "reception"
[[step]]
id = "intake"
kind = "start"
next = "hand_over"
[[step]]
id = "hand_over"
name = "转交"
kind = "call"
calls = "refund"
next = "done"
[[step]]
id = "done"
kind = "end"
#: refund.toml
[map]
id = "refund"
status = "active"
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
