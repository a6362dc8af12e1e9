#include "core/audit/data_origin.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array reference_ends = {"号"sv,        "号码"sv,   "单号"sv, "编号"sv,
                                       " id"sv,       "number"sv, " no"sv,  " no."sv,
                                       "reference"sv, "链接"sv,   "账号"sv, "客户名"sv};

bool is_named(const Definition& definition, std::string_view name) {
  return definition.id == name || definition.name == name;
}

const Role* role_named(const Process& process, std::string_view name) {
  const auto& roles = process.definitions.roles;
  const auto found = std::find_if(roles.begin(), roles.end(),
                                  [&](const Role& role) { return is_named(role, name); });
  return found == roles.end() ? nullptr : &*found;
}

}  // namespace

bool is_reference(const Data& datum) {
  const std::string name = ascii_lower(datum.name);
  return name == "id" || std::any_of(reference_ends.begin(), reference_ends.end(),
                                     [&](std::string_view end) { return name.ends_with(end); });
}

std::vector<DataId> facts_needed(const Process& process, const Step& step) {
  std::vector<DataId> facts;
  for (const DataUse& use : step.needs) {
    if (!is_reference(process.definitions[use.data])) facts.push_back(use.data);
  }
  std::sort(facts.begin(), facts.end());
  facts.erase(std::unique(facts.begin(), facts.end()), facts.end());
  return facts;
}

std::optional<RoleId> bringer(const Process& process, DataId data) {
  const std::string& from = process.definitions[data].from;
  if (from.empty()) return std::nullopt;
  const Role* role = role_named(process, from);
  if (role == nullptr || !role->external) return std::nullopt;
  return RoleId(static_cast<std::size_t>(role - process.definitions.roles.data()));
}

bool comes_from_outside(const Process& process, const std::vector<std::vector<StepId>>& makers,
                        DataId data) {
  const std::string& from = process.definitions[data].from;
  if (!from.empty()) {
    const Role* role = role_named(process, from);
    return role == nullptr || role->external;
  }
  const auto& made_by = makers[data.index()];
  return !made_by.empty() && std::all_of(made_by.begin(), made_by.end(), [&](StepId step) {
    return process.is_external(process[step]);
  });
}

std::vector<DataId> common(const std::vector<DataId>& a, const std::vector<DataId>& b) {
  std::vector<DataId> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

std::vector<bool> on_cycles(const FlowGraph& graph) {
  const Components components = strong_components(graph);
  std::vector<std::size_t> size(components.count, 0);
  for (const std::uint32_t component : components.of) ++size[component];
  std::vector<bool> cyclic(graph.step_count(), false);
  for (std::size_t i = 0; i < cyclic.size(); ++i) cyclic[i] = size[components.of[i]] > 1;
  for (const FlowGraph::Edge& edge : graph.edges) {
    if (edge.from == edge.to) cyclic[edge.from.index()] = true;
  }
  return cyclic;
}

std::vector<bool> onwards(const FlowGraph& graph, const std::vector<bool>& back, StepId step) {
  std::vector<bool> seen(graph.step_count(), false);
  std::vector<StepId> stack{step};
  while (!stack.empty()) {
    const StepId at = stack.back();
    stack.pop_back();
    for (const FlowId flow : graph.out[at.index()]) {
      const StepId next = graph.to(flow);
      if (back[flow.index()] || seen[next.index()]) continue;
      seen[next.index()] = true;
      stack.push_back(next);
    }
  }
  return seen;
}

}  // namespace gemba::inline audit
