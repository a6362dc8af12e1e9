#include "core/audit/neighbours.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text.h"

namespace gemba {
namespace {

using namespace std::string_view_literals;

constexpr std::array checks = {"复核"sv,    "核对"sv,    "核实"sv,   "核验"sv,  "核查"sv,
                               "复查"sv,    "审核"sv,    "检查"sv,   "校验"sv,  "验证"sv,
                               "复审"sv,    "check"sv,   "verify"sv, "verif"sv, "review"sv,
                               "inspect"sv, "validat"sv, "audit"sv};

template <class Flows, class Far>
std::vector<StepId> neighbours(const Process& process, StepId step, Flows flows, Far far) {
  std::vector<bool> seen(process.steps.size(), false);
  std::vector<StepId> found;
  std::vector<StepId> stack{step};
  while (!stack.empty()) {
    const StepId at = stack.back();
    stack.pop_back();
    for (const FlowId flow : flows(at)) {
      const StepId next = far(flow);
      if (seen[next.index()]) continue;
      seen[next.index()] = true;
      (is_gateway(process[next].kind) ? stack : found).push_back(next);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

bool is_own_work(const Process& process, StepId id) {
  const Step& step = process[id];
  const bool works = step.kind == StepKind::task || step.kind == StepKind::approval ||
                     step.kind == StepKind::notify;
  return works && step.role && !process.is_external(step);
}

bool says_check(const Step& step) {
  const std::string name = ascii_lower(step.name);
  return std::any_of(checks.begin(), checks.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

std::optional<StepId> only_next(const FlowGraph& graph, StepId step) {
  const std::vector<FlowId>& out = graph.out[step.index()];
  if (out.size() != 1) return std::nullopt;
  const StepId next = graph.to(out.front());
  if (graph.in[next.index()].size() != 1) return std::nullopt;
  return next;
}

std::vector<StepId> steps_before(const Process& process, const FlowGraph& graph, StepId step) {
  return neighbours(
      process, step, [&](StepId at) { return graph.in[at.index()]; },
      [&](FlowId flow) { return graph.from(flow); });
}

std::vector<StepId> steps_after(const Process& process, const FlowGraph& graph, StepId step) {
  return neighbours(
      process, step, [&](StepId at) { return graph.out[at.index()]; },
      [&](FlowId flow) { return graph.to(flow); });
}

}  // namespace gemba
