#include <fmt/format.h>

#include <algorithm>

#include "core/rules/mending.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Whether the second flow can go: it says nothing that the first does not say, and their number
/// means nothing to what they leave and enter.
bool is_needless(const RuleInput& input, const Flow& first, const Flow& second) {
  const auto condition = [](const Flow& flow) {
    return flow.when ? std::string_view(flow.when->text) : std::string_view();
  };
  const StepKind from = input.process[second.from].kind;
  if (first.share || second.share || condition(first) != condition(second)) return false;
  if (!second.label.empty() && second.label != first.label) return false;
  if (from == StepKind::fork || input.process[second.to].kind == StepKind::join) return false;
  // A gateway that is left with one exit is at fault again.
  const auto& exits = input.graph.out[second.from.index()];
  return !is_gateway(from) || std::any_of(exits.begin(), exits.end(), [&](FlowId each) {
    return input.graph.to(each) != second.to;
  });
}

void check(const RuleInput& input, RuleReport& report) {
  Mending mending(input.text, input.process.source);
  for (const std::vector<FlowId>& exits : input.graph.out) {
    for (std::size_t later = 1; later < exits.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        const Flow& first = input.process[exits[earlier]];
        const Flow& second = input.process[exits[later]];
        if (first.to != second.to) continue;
        const std::string& from = input.process[second.from].id;
        Diagnostic& finding =
            report.add(second.span, from,
                       fmt::format("a second flow leads from '{}' to '{}'; {}", from,
                                   input.process[second.to].id,
                                   first.when || second.when ? "join their conditions with 'or'"
                                                             : "one of them is enough"));
        finding.notes.push_back({first.span, "the first one is here"});
        if (is_needless(input, first, second)) finding.fix = mending.remove_item(second.span);
        break;
      }
    }
  }
}

}  // namespace

constinit const Rule duplicate_flow{
    .about = {.code = "F109",
              .name = "duplicate-flow",
              .level = Level::warning,
              .summary = "two flows with the same ends",
              .what = "Two flows that lead from one step to the same other step.",
              .why = "In the chart the lines lie on each other, and a change to one of them is "
                     "soon forgotten in "
                     "the other. One flow whose condition names both cases says the same.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = ["check", "check"]
[[step]]
id = "check"
name = "核对订单"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
