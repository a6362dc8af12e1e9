#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/audit/heuristic.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/things.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

/// Whether a KPI measures the step by itself.
bool is_measured(const Process& process, StepId id) {
  const auto contains = [&](const std::vector<StepId>& steps) {
    return std::find(steps.begin(), steps.end(), id) != steps.end();
  };
  return std::any_of(process.kpis.begin(), process.kpis.end(), [&](const Kpi& kpi) {
    return kpi.from == id || kpi.to == id || contains(kpi.with) || contains(kpi.without);
  });
}

bool may_merge(const Process& process, StepId id) {
  const Step& step = process[id];
  return step.kind == StepKind::task && is_own_work(process, id) &&
         step.automation != Automation::automatic && !is_measured(process, id);
}

bool belong_together(const Process& process, StepId a, StepId b) {
  const std::optional<SystemId>& first = process[a].system;
  const std::optional<SystemId>& second = process[b].system;
  if (!may_merge(process, b) || process[a].role != process[b].role) return false;
  if (first && second) return first == second;
  // Without systems, a step that serves the customer may be another meeting.
  return process[b].value != Value::customer;
}

/// Whether the wait before `step` is for something to arrive that the chain before did not have:
/// goods, or what somebody outside brings.
bool waits_for_arrival(const AuditInput& input, const std::vector<StepId>& chain, StepId id) {
  constexpr std::array arriving = {"收货"sv,   "签收"sv,    "到货"sv,    "收到"sv,    "验货"sv,
                                   "收件"sv,   "收取"sv,    "回收"sv,    "receive"sv, "receipt"sv,
                                   "arrive"sv, "collect"sv, "pick up"sv, "take the"sv};
  const Process& process = input.process;
  if (input.expected.steps[id.index()].waiting <= 0) return false;
  const bool had_things = std::any_of(chain.begin(), chain.end(), [&](StepId before) {
    return works_on_things(process, process[before]);
  });
  if (had_things) return false;
  return says_any(process[id].name, arriving) || works_on_things(process, process[id]);
}

/// The longest chain of steps that belong together and begins at `first`, in one system.
std::vector<StepId> chain_from(const AuditInput& input, StepId first) {
  std::vector<StepId> chain{first};
  std::optional<SystemId> system = input.process[first].system;
  while (chain.size() <= input.process.steps.size()) {
    const auto next = only_next(input.graph, chain.back());
    if (!next || *next == first || !belong_together(input.process, chain.back(), *next)) break;
    const std::optional<SystemId>& its = input.process[*next].system;
    if (system && its && system != its) break;
    if (waits_for_arrival(input, chain, *next)) break;
    if (its) system = its;
    chain.push_back(*next);
  }
  return chain;
}

/// The system of the chain, when all its steps say it.
std::optional<SystemId> system_of(const Process& process, const std::vector<StepId>& chain) {
  const std::optional<SystemId>& system = process[chain.front()].system;
  const bool same = std::all_of(chain.begin(), chain.end(),
                                [&](StepId step) { return process[step].system == system; });
  return same ? system : std::nullopt;
}

std::set<DataId> inputs_of(const Step& step) {
  std::set<DataId> data;
  for (const DataUse& use : step.needs) data.insert(use.data);
  return data;
}

/// The data that every step of the chain needs, when they all need the same.
std::vector<std::string> common_inputs(const Process& process, const std::vector<StepId>& chain) {
  const std::set<DataId> first = inputs_of(process[chain.front()]);
  std::vector<std::string> names;
  for (const StepId step : chain) {
    if (inputs_of(process[step]) != first) return names;
  }
  for (const DataId data : first) names.push_back("'" + process.definitions[data].name + "'");
  return names;
}

bool begins_chain(const AuditInput& input, StepId step) {
  const auto& in = input.graph.in[step.index()];
  if (in.size() != 1) return true;
  const StepId before = input.graph.from(in.front());
  return input.graph.out[before.index()].size() != 1 || !may_merge(input.process, before) ||
         !belong_together(input.process, before, step);
}

/// The steps of the chain that cases wait for although the same people have just had them.
std::vector<StepId> needless_waits(const AuditInput& input, const std::vector<StepId>& chain) {
  std::vector<StepId> waits;
  for (std::size_t i = 1; i < chain.size(); ++i) {
    if (input.expected.steps[chain[i].index()].waiting > 0) waits.push_back(chain[i]);
  }
  return waits;
}

void report_chain(const AuditInput& input, const std::vector<StepId>& chain, AuditReport& report) {
  const Process& process = input.process;
  std::vector<std::string> names;
  for (const StepId step : chain) names.push_back(quoted(process[step]));
  const Step& first = process[chain.front()];
  Finding& finding = report.add(chain.front(), fmt::format("{} are one piece of work in {} steps",
                                                           listed(names, 5), chain.size()));
  finding.steps = chain;
  const auto system = system_of(process, chain);
  finding.evidence.push_back(
      {fmt::format("{} does all of them{}, with no decision between", quoted_role(process, first),
                   system ? " in '" + process.definitions[*system].name + "'" : ""),
       Basis::structure});
  const std::vector<std::string> inputs = common_inputs(process, chain);
  if (!inputs.empty()) {
    finding.evidence.push_back(
        {fmt::format("each of them reads {}", listed(inputs, 4)), Basis::structure});
  }
  Change& change = finding.change;
  for (const StepId step : needless_waits(input, chain)) {
    add_time_evidence(input, step, finding);
    change.edit.unwaited.push_back(step);
  }
  change.edit.kept = chain;
  for (const StepId step : chain) add_pain_evidence(input, step, finding);
  finding.against =
      "Steps may be apart because their times are measured one by one, or because new people "
      "learn them so: a checklist inside of one step does that, too.";
  change.summary =
      "Make one step of them, done in one go; what each of them says belongs into its description.";
}

/// Whether one of them only looks at what another does: a boundary that is wanted.
bool has_check(const Process& process, const std::vector<StepId>& chain) {
  return std::any_of(chain.begin(), chain.end(),
                     [&](StepId step) { return says_check(process[step]); });
}

bool is_one_piece(const AuditInput& input, const std::vector<StepId>& chain, std::size_t least) {
  if (chain.size() < 2) return false;
  if (chain.size() >= least && system_of(input.process, chain)) return true;
  if (!needless_waits(input, chain).empty()) return true;
  return !has_check(input.process, chain) && !common_inputs(input.process, chain).empty();
}

void check(const AuditInput& input, AuditReport& report) {
  const auto least = static_cast<std::size_t>(std::max(2.0, report.parameter("steps")));
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (!may_merge(input.process, StepId(i)) || !begins_chain(input, StepId(i))) continue;
    // Where a chain ends at another system, the next one begins.
    for (std::optional<StepId> first = StepId(i); first;) {
      const std::vector<StepId> chain = chain_from(input, *first);
      if (is_one_piece(input, chain, least)) report_chain(input, chain, report);
      const auto next = only_next(input.graph, chain.back());
      const bool goes_on =
          next && *next != StepId(i) && belong_together(input.process, chain.back(), *next);
      first = goes_on ? next : std::nullopt;
    }
  }
}

constexpr Parameter parameters[] = {
    {"steps", 3,
     "steps in a row that are reported even when no case waits between them and they read nothing "
     "in common"},
};

}  // namespace

constinit const Heuristic heuristics::merge_steps{
    .about = {.code = "A204",
              .name = "merge-steps",
              .level = Level::info,
              .summary = "a chain of steps by one role that could be one step",
              .what = "Tasks that follow each other, each the only way on and the only way in, "
                      "done by one role of ours in one system: three or more; or two, of which "
                      "some may not say their system, where cases wait between them, or which need "
                      "exactly the same data and none of which is called a check. Automatic steps, "
                      "and steps that a KPI begins or ends at or counts, are left out; so are "
                      "later steps that meet the customer (value = \"customer\") where systems "
                      "are not said, and steps before which goods or somebody's papers have to "
                      "arrive.",
              .why = "Every boundary between steps is a place where a case is put down, picked "
                     "up by somebody else, and read once more.",
              .example = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记退款"
role = "agent"
system = "oms"
time = "3m"
next = "fill"
[[step]]
id = "fill"
name = "补全退款字段"
role = "agent"
system = "oms"
time = "2m"
wait = "1h"
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
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记退款"
role = "agent"
system = "oms"
time = "5m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::merge}},
    .check = check};

}  // namespace gemba::inline audit
