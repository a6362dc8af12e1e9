#include <fmt/format.h>

#include "core/graph/net/soundness.h"
#include "core/rules/path_text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

constexpr Parameter parameters[] = {
    {"max_markings", 100000, "states of a case that are looked at before giving up"}};

std::string message(const Process& process, const LostSynchronisation& each) {
  const std::string& fork = process[each.fork].id;
  const std::string& merge = process[each.merge].id;
  const std::string first = path_text(process, each.first);
  const std::string second = path_text(process, each.second);
  if (each.restarts) {
    return fmt::format(
        "{} leads back while {} is still on its way: fork '{}' starts its branches twice", second,
        first, fork);
  }
  return fmt::format(
      "branches of fork '{}' merge at '{}' without a join, so it is done twice: {} and {}", fork,
      merge, first, second);
}

void check(const RuleInput& input, RuleReport& report) {
  const auto most = static_cast<std::size_t>(report.parameter("max_markings"));
  const Soundness found = check_soundness(input.process, input.graph, most);
  for (const LostSynchronisation& each : found.lost) {
    Diagnostic& added = report.add(input.process[each.merge], message(input.process, each));
    added.notes.push_back({input.process[each.fork].span, "the branches begin here"});
  }
  if (found.complete) return;
  report
      .add(input.process.span, "",
           fmt::format("whether branches merge without a join could not be decided within {} "
                       "states of a case: pair each fork with a join, or raise 'max_markings'",
                       most))
      .level = Level::info;
}

}  // namespace

constinit const Rule lost_synchronisation{
    .about = {.code = "F106",
              .name = "lost-synchronisation",
              .level = Level::error,
              .summary = "the branches of a fork merge without a join",
              .what = "A step that one case can come to twice at the same time: two "
                      "branches of a `fork` lead to it and it is not a `join`, or a branch "
                      "leads back to before the fork while another is still on its way. The "
                      "finding stands at the step where the branches merge; steps behind it "
                      "are not reported again. Branches that reach an `end`, the same one "
                      "or several, are finished there and do not merge. When there are more "
                      "than `max_markings` states of a case, an information says that it "
                      "could not be decided.",
              .why = "What follows is done twice: the customer is paid or called twice, or "
                     "the second time is left to whoever happens to notice.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "both"
[[step]]
id = "both"
name = "分头核实"
kind = "fork"
next = ["check", "ask"]
[[step]]
id = "check"
name = "核对订单"
next = "pay"
[[step]]
id = "ask"
name = "询问仓库"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "both"
[[step]]
id = "both"
name = "分头核实"
kind = "fork"
next = ["check", "ask"]
[[step]]
id = "check"
name = "核对订单"
next = "known"
[[step]]
id = "ask"
name = "询问仓库"
next = "known"
[[step]]
id = "known"
name = "核实完毕"
kind = "join"
next = "pay"
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
