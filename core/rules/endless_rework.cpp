#include <fmt/format.h>

#include <algorithm>

#include "core/rules/path_text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Whether a condition compares by order: `attempts >= 3`, `waited > 2d`.
bool sets_limit(const Flow& flow) {
  if (!flow.when || !flow.when->expr) return false;
  const auto& nodes = flow.when->expr->nodes;
  return std::any_of(nodes.begin(), nodes.end(), [](const Expr::Node& node) {
    return node.op == Expr::Op::lt || node.op == Expr::Op::le || node.op == Expr::Op::gt ||
           node.op == Expr::Op::ge;
  });
}

/// Whether `superior` stands above `role` on the reporting line, which may be a circle by mistake.
bool reports_to(const Definitions& definitions, RoleId role, RoleId superior) {
  std::optional<RoleId> above = definitions[role].reports_to;
  for (std::size_t i = 0; above && i < definitions.roles.size(); ++i) {
    if (*above == superior) return true;
    above = definitions[*above].reports_to;
  }
  return false;
}

bool escalates(const Process& process, const Step& target, std::span<const StepId> loop) {
  if (target.kind == StepKind::approval || target.kind == StepKind::call) return true;
  return target.role && std::any_of(loop.begin(), loop.end(), [&](StepId step) {
           const auto& role = process[step].role;
           return role && reports_to(process.definitions, *role, *target.role);
         });
}

/// Exits of a loop, in the order of the document.
std::vector<FlowId> exits_of(const FlowGraph& graph, const Components& components,
                             std::span<const StepId> loop) {
  std::vector<FlowId> exits;
  for (const StepId step : loop) {
    for (const FlowId flow : graph.out[step.index()]) {
      if (components.of[graph.to(flow).index()] != components.of[step.index()]) {
        exits.push_back(flow);
      }
    }
  }
  return exits;
}

/// A shortest way from a step back to itself.
std::vector<StepId> round(const FlowGraph& graph, const Components& components, StepId begin) {
  std::vector<std::optional<StepId>> before(graph.step_count());
  std::vector<StepId> queue{begin};
  for (std::size_t i = 0; i < queue.size() && !before[begin.index()]; ++i) {
    for (const FlowId flow : graph.out[queue[i].index()]) {
      const StepId to = graph.to(flow);
      if (before[to.index()] || components.of[to.index()] != components.of[begin.index()]) continue;
      before[to.index()] = queue[i];
      queue.push_back(to);
    }
  }
  std::vector<StepId> way{begin};
  do way.push_back(*before[way.back().index()]);
  while (way.back() != begin);
  std::reverse(way.begin(), way.end());
  return way;
}

bool is_loop(const FlowGraph& graph, std::span<const StepId> steps) {
  const auto& out = graph.out[steps.front().index()];
  return steps.size() > 1 || std::any_of(out.begin(), out.end(), [&](FlowId flow) {
           return graph.to(flow) == steps.front();
         });
}

void check(const RuleInput& input, RuleReport& report) {
  const Components components = strong_components(input.graph);
  const ComponentSteps members(components);
  const std::vector<bool> reached = reachable_from_starts(input.graph);
  for (std::uint32_t c = 0; c < components.count; ++c) {
    const std::span<const StepId> loop = members[c];
    if (!is_loop(input.graph, loop) || !reached[loop.front().index()]) continue;
    const std::vector<FlowId> exits = exits_of(input.graph, components, loop);
    const bool bounded = std::any_of(exits.begin(), exits.end(), [&](FlowId exit) {
      const Flow& flow = input.process[exit];
      return flow.share || sets_limit(flow) ||
             escalates(input.process, input.process[flow.to], loop);
    });
    if (exits.empty() || bounded) continue;
    const StepId from = input.graph.from(exits.front());
    report.add(
        input.process[from],
        fmt::format("a case may go {} for ever: give the exits of '{}' shares, a limit, or a "
                    "way to a superior",
                    path_text(input.process, round(input.graph, components, from)),
                    input.process[from].id));
  }
}

}  // namespace

constinit const Rule endless_rework{
    .about = {.code = "F114",
              .name = "endless-rework",
              .level = Level::warning,
              .summary = "a loop without limit, exit share or escalation",
              .what = "Steps that lead back to each other (a strongly connected part of the "
                      "flow), of whose exits none has a `share`, none has a condition that "
                      "compares something with a number or a duration by `<`, `<=`, `>` or "
                      "`>=`, and none leads to an approval, to a `call` of another "
                      "procedure, or to a role that one of the loop's roles reports to. The "
                      "finding stands at the first step from which a flow leaves the loop. "
                      "A loop that no flow leaves is a dead end (F104).",
              .why = "Nothing says how often the work is done again, when to stop, or who "
                     "decides then: cases go back and forth between two people until the "
                     "customer gives up.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "propose"
[[step]]
id = "propose"
name = "拟定方案"
next = "approve"
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
next = [
  { to = "pay", when = "approved" },
  { to = "propose", when = "not approved" },
]
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
next = "propose"
[[step]]
id = "propose"
name = "拟定方案"
next = "approve"
[[step]]
id = "approve"
name = "组长审批"
kind = "approval"
next = [
  { to = "pay", when = "approved", share = 0.9 },
  { to = "propose", when = "not approved", share = 0.1 },
]
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
