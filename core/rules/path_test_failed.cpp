#include <fmt/format.h>

#include <algorithm>

#include "core/graph/net/token_game.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

std::string shown(const ExprValue& value) {
  if (const auto* truth = std::get_if<bool>(&value)) return *truth ? "true" : "false";
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("'{}'", *text);
  return "unknown";
}

/// ` with refund_amount = 30`; empty without values.
std::string given_text(const PathTest& test) {
  std::string text;
  for (const auto& [name, value] : test.given)
    text += fmt::format("{}{} = {}", text.empty() ? " with " : ", ", name, shown(value));
  return text;
}

std::string names_of(const Process& process, const std::vector<StepId>& steps) {
  std::string text;
  for (const StepId step : steps)
    text += fmt::format("{}'{}'", text.empty() ? "" : " or ", process[step].id);
  return text;
}

/// How a test came out otherwise than it should; empty when it did not.
std::string fault(const RuleInput& input, const PathTest& test, const Played& played) {
  const Process& process = input.process;
  const bool all = played.taken == test.steps.size();
  if (!test.allowed) {
    if (!all) return {};
    return fmt::format(
        "path test '{}' must not be allowed, but the process allows all of it{}{}", test.name,
        given_text(test),
        played.finished ? ""
                        : fmt::format(", and goes on after '{}'", process[test.steps.back()].id));
  }
  const std::string next = names_of(process, played.next);
  if (all && played.finished) return {};
  if (all) {
    if (next.empty()) {
      return fmt::format("path test '{}' gets stuck after '{}'{}: nothing can come next", test.name,
                         process[test.steps.back()].id, given_text(test));
    }
    return fmt::format("path test '{}' stops at '{}', where the case is not finished; next is {}",
                       test.name, process[test.steps.back()].id, next);
  }
  const std::string& parted = process[test.steps[played.taken]].id;
  if (played.taken == 0) {
    return fmt::format("path test '{}' begins at '{}', but cases begin at {}", test.name, parted,
                       next.empty() ? "no step: there is no start" : next);
  }
  return fmt::format(
      "path test '{}' parts from the process after '{}'{}: '{}' cannot come next, {}", test.name,
      process[test.steps[played.taken - 1]].id, given_text(test), parted,
      next.empty() ? "and nothing can" : "only " + next);
}

void check(const RuleInput& input, RuleReport& report) {
  for (const PathTest& test : input.process.paths) {
    const auto given = [&](std::string_view name) -> ExprValue {
      const auto found = std::find_if(test.given.begin(), test.given.end(),
                                      [&](const auto& each) { return each.first == name; });
      return found == test.given.end() ? ExprValue() : found->second;
    };
    if (test.steps.empty()) continue;
    std::string message = fault(input, test, play(input.process, input.graph, test.steps, given));
    if (!message.empty()) report.add(test.span, test.name, std::move(message));
  }
}

}  // namespace

constinit const Rule path_test_failed{
    .about = {.code = "P801",
              .name = "path-test-failed",
              .level = Level::error,
              .summary = "an example case comes out otherwise than its path test says",
              .what = "A `[[path]]` whose steps the process does not allow in this order, from a "
                      "start until nothing of the case is left, or one with `allowed = false` "
                      "whose steps it does, even where the case goes on behind them. `given` "
                      "decides conditions; where it does not know a "
                      "name, either way is allowed. Gateways may be left out of `steps`.",
              .why = "Path tests are what the authors agreed on. When one fails, somebody has "
                     "changed the procedure without meaning to.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "refund_amount <= 50" },
  { to = "ask", when = "refund_amount > 50" },
]
[[step]]
id = "ask"
name = "请示组长"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
[[path]]
name = "80 元不需要请示"
given = { refund_amount = 80 }
steps = ["intake", "pay", "done"]
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
next = [
  { to = "pay", when = "refund_amount <= 100" },
  { to = "ask", when = "refund_amount > 100" },
]
[[step]]
id = "ask"
name = "请示组长"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
[[path]]
name = "80 元不需要请示"
given = { refund_amount = 80 }
steps = ["intake", "pay", "done"]
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
