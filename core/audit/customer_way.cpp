#include "core/audit/customer_way.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/things.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array taking_in = {"受理"sv,   "接件"sv,    "收件"sv,    "收材料"sv,
                                  "收取"sv,   "交件"sv,    "receive"sv, "accept"sv,
                                  "intake"sv, "hand in"sv, "take in"sv};
constexpr std::array papers = {"件"sv,   "材料"sv,        "申请"sv,     "许可"sv,     "资料"sv,
                               "证"sv,   "application"sv, "document"sv, "paper"sv,    "form"sv,
                               "file"sv, "request"sv,     "claim"sv,    "material"sv, "intake"sv};
constexpr std::array windows = {"窗口"sv,    "柜台"sv,   "前台"sv,      "服务台"sv,     "收费处"sv,
                                "挂号处"sv,  "大厅"sv,   "reception"sv, "front desk"sv, "teller"sv,
                                "cashier"sv, "window"sv, "counter"sv};

bool needs(const Step& step, DataId data) {
  return std::any_of(step.needs.begin(), step.needs.end(),
                     [&](const DataUse& use) { return use.data == data; });
}

/// Whether the step takes papers in, by what it or its role is called.
bool is_window(const Process& process, const Step& step) {
  return names_a_window(process.definitions[*step.role].name) ||
         (says_any(step.name, taking_in) && says_any(step.name, papers));
}

/// Whether somebody who comes to the step leaves with a result of it, as far as is said.
bool serves(const Step& step) {
  if (step.makes.empty()) return false;
  return step.value == Value::customer || says(step, Saying::giving) ||
         says(step, Saying::intake) || says(step, Saying::entry);
}

bool takes_part(const Process& process, StepId id, DataId data) {
  const Step& step = process[id];
  return step.kind == StepKind::task && is_own_work(process, id) &&
         step.automation != Automation::automatic && needs(step, data);
}

std::size_t roles_at(const Process& process, const std::vector<StepId>& steps) {
  std::set<RoleId> roles;
  for (const StepId step : steps) roles.insert(*process[step].role);
  return roles.size();
}

/// Whether one case comes to all of them, one after the other.
bool follow_each_other(const AuditInput& input, std::vector<StepId> steps) {
  constexpr std::size_t most = 12;  // of more, the first dozen speak for all
  if (steps.size() > most) steps.resize(most);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const std::vector<bool> later = reachable_after(input.graph, steps[i]);
    for (std::size_t k = i + 1; k < steps.size(); ++k) {
      if (later[steps[k].index()]) continue;
      if (!reachable_after(input.graph, steps[k])[steps[i].index()]) return false;
    }
  }
  return true;
}

/// The steps that take a datum in; empty when not several roles do.
Windows windows_for(const Process& process, DataId data, const std::vector<StepId>& users) {
  Windows named{{data}, {}, true};
  Windows any{{data}, {}, false};
  for (const StepId id : users) {
    if (!takes_part(process, id, data)) continue;
    const Step& step = process[id];
    const bool window = is_window(process, step);
    if (window) named.steps.push_back(id);
    if (window || serves(step)) any.steps.push_back(id);
  }
  constexpr std::size_t several_results = 3;
  if (roles_at(process, named.steps) >= 2) return named;
  if (roles_at(process, any.steps) < several_results) any.steps.clear();
  return any;
}

}  // namespace

bool names_a_window(std::string_view name) { return says_any(name, windows); }

std::vector<bool> brought_from_outside(const Process& process) {
  const Definitions& all = process.definitions;
  std::set<std::string_view> outside;
  for (const Role& role : all.roles) {
    if (!role.external) continue;
    outside.insert(role.id);
    outside.insert(role.name);
  }
  std::vector<bool> brought(all.data.size(), false);
  for (std::size_t i = 0; i < brought.size(); ++i) brought[i] = outside.contains(all.data[i].from);
  for (const Step& step : process.steps) {
    if (!process.is_external(step)) continue;
    for (const DataUse& use : step.makes) brought[use.data.index()] = true;
  }
  return brought;
}

std::vector<Windows> windows_of(const AuditInput& input) {
  const Process& process = input.process;
  const std::vector<bool> brought = brought_from_outside(process);
  std::vector<std::vector<StepId>> users(brought.size());
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    for (const DataUse& use : process.steps[i].needs) users[use.data.index()].push_back(StepId(i));
  }
  std::vector<Windows> found;
  for (std::size_t i = 0; i < brought.size(); ++i) {
    if (!brought[i] || is_thing(process.definitions.data[i])) continue;
    Windows windows = windows_for(process, DataId(i), users[i]);
    if (windows.steps.empty()) continue;
    const auto same = std::find_if(found.begin(), found.end(), [&](const Windows& other) {
      return other.steps == windows.steps;
    });
    if (same != found.end()) {
      same->data.emplace_back(i);
      continue;
    }
    if (!follow_each_other(input, windows.steps)) continue;
    found.push_back(std::move(windows));
  }
  return found;
}

}  // namespace gemba::inline audit
