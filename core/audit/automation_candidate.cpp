#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

/// The data that decide between the exits, when expressions over data decide all of them; empty
/// otherwise. One exit may take what the others leave.
std::vector<DataId> deciding_data(const AuditInput& input, StepId id) {
  const Process& process = input.process;
  std::vector<DataId> data;
  std::size_t open = 0;
  for (const FlowId exit : input.graph.out[id.index()]) {
    const std::optional<Condition>& when = process[exit].when;
    if (!when && ++open <= 1) continue;
    if (!when || !when->expr) return {};
    for (const std::string_view name : names_in(*when->expr)) {
      const auto& all = process.definitions.data;
      const auto found =
          std::find_if(all.begin(), all.end(), [&](const Data& each) { return each.id == name; });
      if (found == all.end()) return {};
      data.emplace_back(static_cast<std::size_t>(found - all.begin()));
    }
  }
  std::sort(data.begin(), data.end());
  data.erase(std::unique(data.begin(), data.end()), data.end());
  return data;
}

/// The system in which a datum is made; none when somebody makes it elsewhere.
std::optional<SystemId> system_of(const Process& process, const std::vector<StepId>& makers) {
  std::optional<SystemId> system;
  for (const StepId maker : makers) {
    if (!process[maker].system) return std::nullopt;
    system = process[maker].system;
  }
  return system;
}

void report_step(const AuditInput& input, StepId id, const std::vector<DataId>& data,
                 const std::vector<SystemId>& systems, AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  std::vector<std::string> known;
  for (std::size_t i = 0; i < data.size(); ++i) {
    known.push_back(fmt::format("'{}' ('{}')", process.definitions[data[i]].name,
                                process.definitions[systems[i]].name));
  }
  Finding& finding =
      report.add(id, fmt::format("a system could decide {}: the rule is written down", name));
  finding.evidence.push_back(
      {fmt::format("all exits are decided by data that systems hold: {}", listed(known, 4)),
       Basis::structure});
  finding.evidence.push_back(
      {fmt::format("{} times per 100 cases, by hand",
                   decimal(input.expected.visits.steps[id.index()] * 100, 0)),
       input.profile == nullptr ? Basis::declared : Basis::log});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against =
      "People see what no field holds. Let the system decide for a week while they go on, and "
      "compare; keep a way to overrule it.";
  finding.change.summary = fmt::format(
      "Let the system apply the conditions of {}, and send only exceptions to people.", name);
  finding.change.edit.removed = {id};
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const auto makers = makers_of_data(process);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    const Step& step = process[id];
    const bool decides = step.kind == StepKind::decision || step.kind == StepKind::task;
    if (!decides || input.graph.out[i].size() < 2 || process.is_external(step)) continue;
    // Whoever talks to the customer does more than decide.
    if (step.value == Value::customer || !step.script.empty()) continue;
    if (step.automation != Automation::manual || !step.makes.empty()) continue;
    const StepFigures& figures = input.expected.steps[i];
    if (figures.work + figures.waiting <= 0) continue;
    if (input.expected.visits.steps[i] < report.parameter("visits") - 1e-9) continue;
    const std::vector<DataId> data = deciding_data(input, id);
    std::vector<SystemId> systems;
    for (const DataId each : data) {
      const auto system = system_of(process, makers[each.index()]);
      if (system) systems.push_back(*system);
    }
    if (data.empty() || systems.size() != data.size()) continue;
    report_step(input, id, data, systems, report);
  }
}

constexpr Parameter parameters[] = {
    {"visits", 0.5, "least visits per case that make it worth while"},
};

}  // namespace

constinit const Heuristic heuristics::automation_candidate{
    .about = {.code = "A503",
              .name = "automation-candidate",
              .level = Level::info,
              .summary = "people decide by a rule over data that systems hold",
              .what = "A decision (or task with several exits) of ours that is done by hand, "
                      "takes work or waiting, is passed by at least every second case, and whose "
                      "exits are all decided by expressions over data that steps make in "
                      "systems. Steps that meet the customer (value = \"customer\", or a script) "
                      "are left out.",
              .why = "A rule that is written as an expression needs nobody to apply it, and a "
                     "system does so at once, at night as well.",
              .example = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.amount]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
system = "oms"
makes = ["amount"]
time = "3m"
next = "route"
[[step]]
id = "route"
name = "人工分流"
kind = "decision"
role = "agent"
time = "2m"
wait = "20m"
next = [{ to = "pay", when = "amount <= 50" }, { to = "escalate", when = "amount > 50" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "escalate"
name = "升级处理"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.amount]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
name = "核算金额"
role = "agent"
system = "oms"
makes = ["amount"]
time = "3m"
next = "route"
[[step]]
id = "route"
name = "系统分流"
kind = "decision"
automation = "automatic"
next = [{ to = "pay", when = "amount <= 50" }, { to = "escalate", when = "amount > 50" }]
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "escalate"
name = "升级处理"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::automate}},
    .check = check};

}  // namespace gemba::inline audit
