#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  // Without a start nothing is reachable; no-start says so once.
  if (input.graph.starts.empty()) return;
  const std::vector<bool> reachable = reachable_from_starts(input.graph);
  for (std::size_t i = 0; i < reachable.size(); ++i) {
    if (reachable[i]) continue;
    const Step& step = input.process.steps[i];
    report.add(step, fmt::format("no path from a start leads to step '{}'", step.id));
  }
}

}  // namespace

constinit const Rule unreachable_step{
    .about = {.code = "F103",
              .name = "unreachable-step",
              .level = Level::error,
              .summary = "no path from a start leads to the step",
              .what = "A step that no case can ever come to, because no chain of flows leads to it "
                      "from a start.",
              .why = "It is either dead text or, more often, a step that somebody forgot to "
                     "connect: the control "
                     "that everybody believes in never happens.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "done"
[[step]]
id = "verify"
name = "核实身份"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "verify"
[[step]]
id = "verify"
name = "核实身份"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
