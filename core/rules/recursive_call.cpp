#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// The calls between documents.
class Calls {
 public:
  explicit Calls(std::span<const LintDocument> documents) : documents_(documents) {
    for (std::size_t number = 0; number < documents.size(); ++number)
      numbers_.emplace(documents[number].process->id, number);
  }

  /// The steps of a shortest way of calls from a document back to itself; empty when there is none.
  std::vector<const Step*> circle(std::size_t from) const {
    std::vector<std::pair<const Step*, std::size_t>> before(documents_.size(), {nullptr, 0});
    std::vector<std::size_t> queue = {from};
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const Step& step : documents_[queue[at]].process->steps) {
        const auto called = step.calls ? numbers_.find(step.calls->text) : numbers_.end();
        if (called == numbers_.end() || before[called->second].first != nullptr) continue;
        before[called->second] = {&step, queue[at]};
        if (called->second == from) return way_back(before, from);
        queue.push_back(called->second);
      }
    }
    return {};
  }

 private:
  static std::vector<const Step*> way_back(
      const std::vector<std::pair<const Step*, std::size_t>>& before, std::size_t from) {
    std::vector<const Step*> steps;
    std::size_t at = from;
    do {
      steps.push_back(before[at].first);
      at = before[at].second;
    } while (at != from);
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  std::span<const LintDocument> documents_;
  std::map<std::string_view, std::size_t> numbers_;
};

void check(std::span<const LintDocument> documents, RepositoryReport& report) {
  const Calls calls(documents);
  std::set<std::string_view> told;
  for (std::size_t number = 0; number < documents.size(); ++number) {
    const LintDocument& document = documents[number];
    if (!document.checked || told.contains(document.process->id)) continue;
    const std::vector<const Step*> circle = calls.circle(number);
    if (circle.empty()) continue;
    std::string names = fmt::format("'{}'", document.process->id);
    for (const Step* step : circle) {
      told.insert(step->calls->text);
      names += fmt::format(" → '{}'", step->calls->text);
    }
    report.add(document, circle.front()->calls->span, circle.front()->id,
               fmt::format("the calls {} go in a circle", names));
  }
}

}  // namespace

constinit const Rule recursive_call{
    .about = {.code = "X702",
              .name = "recursive-call",
              .level = Level::error,
              .summary = "documents call each other in a circle",
              .what =
                  "Documents whose `call` steps lead back to themselves, directly or over others. "
                  "Each circle is reported once, in its first document.",
              .why = "Whoever follows the procedures never comes to an end, and neither does any "
                     "estimate of their time.",
              .example = R"(#: refund.toml
[map]
id = "refund"
[[step]]
id = "intake"
kind = "start"
next = "hand_over"
[[step]]
id = "hand_over"
name = "转交"
kind = "call"
calls = "escalation"
next = "done"
[[step]]
id = "done"
kind = "end"
#: escalation.toml
[map]
id = "escalation"
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
)",
              .instead = R"(#: refund.toml
[map]
id = "refund"
[[step]]
id = "intake"
kind = "start"
next = "hand_over"
[[step]]
id = "hand_over"
name = "转交"
kind = "call"
calls = "escalation"
next = "done"
[[step]]
id = "done"
kind = "end"
#: escalation.toml
[map]
id = "escalation"
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
