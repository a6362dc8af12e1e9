#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

/// The systems that a role works in, in this process.
std::set<SystemId> systems_of(const Process& process, RoleId role) {
  std::set<SystemId> systems;
  for (const Step& step : process.steps) {
    if (step.role == role && step.system) systems.insert(*step.system);
  }
  return systems;
}

/// The one role of ours that has the case at all of these steps; none for several, or for a step
/// that is nobody's or a machine's.
std::optional<RoleId> common_role(const Process& process, const std::vector<StepId>& steps) {
  std::optional<RoleId> role;
  for (const StepId id : steps) {
    const Step& step = process[id];
    if (!step.role || process.is_external(step)) return std::nullopt;
    if (is_terminal(step.kind) || step.automation == Automation::automatic) return std::nullopt;
    if (role && role != step.role) return std::nullopt;
    role = step.role;
  }
  return role;
}

/// Whether something else is done at the same time: the step stands right behind a fork or before a
/// join.
bool is_branch(const AuditInput& input, StepId id) {
  const auto is = [&](StepId step, StepKind kind) { return input.process[step].kind == kind; };
  const auto& in = input.graph.in[id.index()];
  const auto& out = input.graph.out[id.index()];
  return std::any_of(in.begin(), in.end(),
                     [&](FlowId flow) { return is(input.graph.from(flow), StepKind::fork); }) ||
         std::any_of(out.begin(), out.end(),
                     [&](FlowId flow) { return is(input.graph.to(flow), StepKind::join); });
}

/// The role that hands a short piece of work away and gets it back at once, when it could do it
/// itself; none for any other step.
std::optional<RoleId> owner_of(const AuditInput& input, StepId id, double most_seconds) {
  const Process& process = input.process;
  const Step& step = process[id];
  if (step.kind != StepKind::task || !is_own_work(process, id)) return std::nullopt;
  if (says_check(step) || is_branch(input, id)) return std::nullopt;
  if (step.automation == Automation::automatic || step.value == Value::customer)
    return std::nullopt;
  // Who makes a datum knows something; who does not only passes the case on.
  if (!step.makes.empty() || !step.system) return std::nullopt;
  if (input.expected.steps[id.index()].work_origin == Origin::assumed) return std::nullopt;
  if (input.expected.steps[id.index()].work > most_seconds) return std::nullopt;
  const auto owner = common_role(process, steps_before(process, input.graph, id));
  if (!owner || owner == step.role) return std::nullopt;
  if (common_role(process, steps_after(process, input.graph, id)) != owner) return std::nullopt;
  if (!systems_of(process, *owner).contains(*step.system)) return std::nullopt;
  return owner;
}

void report_step(const AuditInput& input, StepId id, RoleId owner, AuditReport& report) {
  const Process& process = input.process;
  const Step& step = process[id];
  const std::string from = "'" + process.definitions[owner].name + "'";
  const std::string to = quoted_role(process, step);
  Finding& finding = report.add(
      id, fmt::format("{} hands the case to {} for {} and gets it back", from, to, quoted(step)));
  finding.evidence.push_back(
      {fmt::format("{} has the case right before and right after it", from), Basis::structure});
  finding.evidence.push_back(
      {fmt::format("{} works in '{}' as well", from, process.definitions[*step.system].name),
       Basis::structure});
  add_time_evidence(input, id, finding);
  add_pain_evidence(input, id, finding);
  finding.against = fmt::format(
      "{} may know or be allowed what {} does not: ask what is missing (a right in the system, a "
      "rule, training), and whether it may be given.",
      to, from);
  finding.change.summary =
      fmt::format("Let {} do {}, and ask {} only when in doubt.", from, quoted(step), to);
  finding.change.edit.moved = {{id, owner}};
  finding.change.edit.unwaited = {id};
  finding.change.edit.kept = {id};
}

void check(const AuditInput& input, AuditReport& report) {
  const double most_seconds = report.parameter("minutes") * 60;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const auto owner = owner_of(input, StepId(i), most_seconds);
    if (owner) report_step(input, StepId(i), *owner, report);
  }
}

constexpr Parameter parameters[] = {
    {"minutes", 10, "most work in minutes that is better done by who has the case"},
};

}  // namespace

constinit const Heuristic heuristics::ping_pong{
    .about = {.code = "A301",
              .name = "ping-pong",
              .level = Level::warning,
              .summary = "a case goes from one role to another for a short task and straight back",
              .what = "A task of at most 10 minutes by one role of ours, where another role has "
                      "the case right before and right after it, which makes no datum and is done "
                      "in a system that this role works in as well. Approvals, checks of what the "
                      "other has done, notices, automatic steps, branches of a fork and steps that "
                      "meet the customer (value = \"customer\") are left "
                      "out, and so are tasks of which nobody says how long they take.",
              .why = "The way there and back takes two queues, for minutes of work; and who gets "
                     "the case back has to find into it again.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[roles.second]
name = "二线客服"
[systems.oms]
name = "订单系统"
[[step]]
id = "apply"
name = "申请改地址"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记申请"
role = "agent"
system = "oms"
time = "2m"
next = "change"
[[step]]
id = "change"
name = "修改收货地址"
role = "second"
system = "oms"
time = "1m"
wait = "3h"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
kind = "notify"
role = "agent"
time = "1m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[systems.oms]
name = "订单系统"
[[step]]
id = "apply"
name = "申请改地址"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记申请"
role = "agent"
system = "oms"
time = "2m"
next = "change"
[[step]]
id = "change"
name = "修改收货地址"
role = "agent"
system = "oms"
time = "1m"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
kind = "notify"
role = "agent"
time = "1m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::case_manager}},
    .check = check};

}  // namespace gemba::inline audit
