#include <fmt/format.h>

#include <algorithm>

#include "core/graph/net/soundness.h"
#include "core/rules/path_text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

constexpr Parameter parameters[] = {
    {"max_markings", 100000, "states of a case that are looked at before giving up"}};

/// The steps that the join waits for, at most three by name.
std::string missing_text(const RuleInput& input, const Deadlock& each) {
  constexpr std::size_t most = 3;
  std::string names;
  for (std::size_t i = 0; i < each.missing.size(); ++i) {
    const bool last = i + 1 == each.missing.size();
    if (i == most && !last) {
      return names + fmt::format(" and {} more", each.missing.size() - most);
    }
    if (i > 0) names += last ? " and " : ", ";
    names += fmt::format("'{}'", input.process[input.graph.from(each.missing[i])].id);
  }
  return names;
}

/// Why the missing tokens do not come.
std::string reason(const RuleInput& input, const Deadlock& each) {
  const std::string names = missing_text(input, each);
  switch (each.cause) {
    case Deadlock::Cause::no_case:
      return fmt::format("no case ever comes from {}", names);
    case Deadlock::Cause::behind_join:
      return fmt::format("{} {} only after the join itself", names,
                         each.missing.size() == 1 ? "comes" : "come");
    case Deadlock::Cause::turned_away:
      break;
  }
  std::string text = fmt::format("nothing comes from {}", names);
  if (!each.turned_away) return text;
  const StepId from = input.graph.from(*each.turned_away);
  if (std::find(each.path.begin(), each.path.end(), from) != each.path.end()) return text;
  return text + fmt::format(" once '{}' goes on to '{}'", input.process[from].id,
                            input.process[input.graph.to(*each.turned_away)].id);
}

void check(const RuleInput& input, RuleReport& report) {
  const auto most = static_cast<std::size_t>(report.parameter("max_markings"));
  const Soundness found = check_soundness(input.process, input.graph, most);
  for (const Deadlock& each : found.deadlocks) {
    const Step& join = input.process[each.join];
    Diagnostic& added =
        report.add(join, fmt::format("join '{}' waits for ever when a case goes {}: {}", join.id,
                                     path_text(input.process, each.path), reason(input, each)));
    if (each.turned_away) {
      added.notes.push_back(
          {input.process[*each.turned_away].span, "the case goes here instead of to the join"});
    }
  }
  if (found.complete) return;
  report
      .add(input.process.span, "",
           fmt::format("whether a join waits for ever could not be decided within {} states of a "
                       "case: pair each fork with a join, or raise 'max_markings'",
                       most))
      .level = Level::info;
}

}  // namespace

constinit const Rule deadlock{
    .about = {.code = "F105",
              .name = "deadlock",
              .level = Level::error,
              .summary = "a join waits for a branch that does not come",
              .what = "A `join` that some case comes to by one of its incoming flows and "
                      "that never gets a token on another: the branches of a decision meet "
                      "in it, a parallel branch goes elsewhere, or what it waits for comes "
                      "only from behind itself. A join waits for one token on every "
                      "incoming flow. Every course of every case is considered; the message "
                      "shows the shortest that gets stuck. Of joins that wait for each "
                      "other only the first is reported. When there are more than "
                      "`max_markings` states, an information says that it could not be "
                      "decided.",
              .why = "The case stops at the join and is never finished, and nobody "
                     "notices, because everybody has done his part.",
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
  { to = "pay", when = "amount <= 50" },
  { to = "ask", when = "amount > 50" },
]
[[step]]
id = "pay"
name = "退款"
next = "both"
[[step]]
id = "ask"
name = "请示组长"
next = "both"
[[step]]
id = "both"
name = "都已完成"
kind = "join"
next = "done"
[[step]]
id = "done"
kind = "end"
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
  { to = "pay", when = "amount <= 50" },
  { to = "ask", when = "amount > 50" },
]
[[step]]
id = "pay"
name = "退款"
next = "both"
[[step]]
id = "ask"
name = "请示组长"
next = "both"
[[step]]
id = "both"
name = "登记结果"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
