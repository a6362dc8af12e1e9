#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/rules/mending.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// What is wrong with a gateway, or nothing.
std::string fault_of(const Step& step, std::size_t entries, std::size_t exits) {
  if (step.kind == StepKind::decision && exits == 1) {
    return fmt::format("decision '{}' has only one exit: it decides nothing", step.id);
  }
  if (step.kind == StepKind::fork && exits == 1) {
    return fmt::format("fork '{}' has only one exit: nothing runs in parallel", step.id);
  }
  if (step.kind == StepKind::join && entries == 1) {
    return fmt::format("join '{}' has only one entry: it waits for nothing", step.id);
  }
  return {};
}

/// Whether a KPI, a path test or somebody's complaint names a step.
bool is_named_elsewhere(const Process& process, StepId step) {
  const auto names = [&](const std::vector<StepId>& steps) {
    return std::find(steps.begin(), steps.end(), step) != steps.end();
  };
  return std::any_of(process.kpis.begin(), process.kpis.end(),
                     [&](const Kpi& kpi) {
                       return kpi.from == step || kpi.to == step || names(kpi.with) ||
                              names(kpi.without);
                     }) ||
         std::any_of(process.paths.begin(), process.paths.end(),
                     [&](const PathTest& path) { return names(path.steps); }) ||
         std::any_of(process.pains.begin(), process.pains.end(),
                     [&](const Pain& pain) { return pain.step == step; });
}

/// Whether only this step has its role.
bool is_alone_in_role(const Process& process, const Step& step) {
  return step.role && std::count_if(process.steps.begin(), process.steps.end(),
                                    [&](const Step& each) { return each.role == step.role; }) == 1;
}

/// Where the flows into a gateway can lead instead, so that it can go and no case, condition or
/// text with it; none when they cannot.
std::optional<StepId> bypass(const RuleInput& input, StepId gateway) {
  const FlowGraph& graph = input.graph;
  const auto& entries = graph.in[gateway.index()];
  const auto& exits = graph.out[gateway.index()];
  if (exits.size() != 1 || entries.empty()) return std::nullopt;
  const Flow& exit = input.process[exits.front()];
  if (exit.to == gateway || exit.when || exit.share || !exit.label.empty()) return std::nullopt;
  // A join counts those who come.
  if (input.process[exit.to].kind == StepKind::join && entries.size() > 1) return std::nullopt;
  const auto& others = graph.in[exit.to.index()];
  std::set<StepId> before;
  for (const FlowId other : others) before.insert(graph.from(other));
  for (const FlowId entry : entries) {
    if (!before.insert(graph.from(entry)).second) return std::nullopt;
  }
  if (is_named_elsewhere(input.process, gateway)) return std::nullopt;
  if (is_alone_in_role(input.process, input.process[gateway])) return std::nullopt;
  return exit.to;
}

/// Takes a gateway out and leads to where it leads.
std::vector<TextEdit> mend(const RuleInput& input, StepId gateway, Mending& mending) {
  const auto target = bypass(input, gateway);
  if (!target) return {};
  std::vector<TextEdit> edits = mending.remove_element(input.process[gateway].span, "step",
                                                       {"id", "name", "kind", "role", "next"});
  if (edits.empty()) return {};
  for (const FlowId entry : input.graph.in[gateway.index()]) {
    const auto edit = mending.respell(input.process[entry].span, input.process[gateway].id,
                                      input.process[*target].id);
    if (!edit || !add_edits(edits, {*edit})) return {};
  }
  return edits;
}

void check(const RuleInput& input, RuleReport& report) {
  Mending mending(input.text, input.process.source);
  for (std::size_t i = 0; i < input.graph.step_count(); ++i) {
    const Step& step = input.process.steps[i];
    std::string fault = fault_of(step, input.graph.in[i].size(), input.graph.out[i].size());
    if (!fault.empty()) report.add(step, std::move(fault)).fix = mend(input, StepId(i), mending);
  }
}

}  // namespace

constinit const Rule superfluous_gateway{
    .about = {.code = "F108",
              .name = "superfluous-gateway",
              .level = Level::warning,
              .summary = "a decision or fork with one exit, or a join with one entry",
              .what = "A step of kind `decision` or `fork` that one flow leaves, or a `join` that "
                      "one flow enters.",
              .why = "It stands in the chart as a choice or a meeting point and is none; usually a "
                     "branch was "
                     "forgotten or taken away.",
              .example = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "small"
[[step]]
id = "small"
name = "金额在授权内?"
kind = "decision"
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
next = "pay"
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
