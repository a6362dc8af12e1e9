#include "core/rules/calls.h"

#include <fmt/format.h>

#include "core/base/suggest.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {

void check_calls(const Process& process, const std::set<std::string>& document_ids,
                 Diagnostics& found) {
  if (document_ids.empty()) return;
  for (const Step& step : process.steps) {
    if (!step.calls || document_ids.contains(step.calls->text)) continue;
    found.push_back({.code = dangling_reference.about.code,
                     .level = Level::error,
                     .message = fmt::format("document '{}' does not exist{}", step.calls->text,
                                            did_you_mean(step.calls->text, {document_ids.begin(),
                                                                            document_ids.end()})),
                     .span = step.calls->span,
                     .document = process.id,
                     .element = step.id});
  }
}

}  // namespace gemba::inline rules
