#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/rules/mending.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Every definition that something in the document refers to.
struct Used {
  std::set<RoleId> roles;
  std::set<SystemId> systems;
  std::set<DataId> data;
  std::set<CalendarId> calendars;
  std::set<std::string, std::less<>> names;  ///< used in conditions, path tests and `from`
};

void add_steps(const Process& process, Used& used) {
  for (const Step& step : process.steps) {
    if (step.role) used.roles.insert(*step.role);
    for (const SystemId system : systems_of(step)) used.systems.insert(system);
    for (const DataUse& use : step.needs) used.data.insert(use.data);
    for (const DataUse& use : step.makes) used.data.insert(use.data);
    if (step.amount) used.data.insert(step.amount->data);
  }
}

void add_conditions(const Process& process, Used& used) {
  for (const Flow& flow : process.flows) {
    if (!flow.when || !flow.when->expr) continue;
    for (const std::string_view name : names_in(*flow.when->expr)) used.names.emplace(name);
  }
  for (const Kpi& kpi : process.kpis) used.names.insert(kpi.mean_column);
  for (const PathTest& path : process.paths) {
    for (const auto& [name, value] : path.given) used.names.insert(name);
  }
}

Used find_used(const Process& process) {
  Used used;
  add_steps(process, used);
  add_conditions(process, used);
  if (process.owner) used.roles.insert(*process.owner);
  for (const Pain& pain : process.pains) {
    if (pain.from) used.roles.insert(*pain.from);
  }
  for (const Authority& row : process.definitions.authority) used.roles.insert(row.role);
  for (const Role& role : process.definitions.roles) {
    if (role.reports_to) used.roles.insert(*role.reports_to);
    if (role.calendar) used.calendars.insert(*role.calendar);
  }
  for (const Data& datum : process.definitions.data) {
    used.names.insert(datum.from);
    if (datum.copy_of) used.data.insert(*datum.copy_of);
  }
  return used;
}

/// What a kind of definition is called, and the table that it is written in.
struct Kind {
  std::string_view what, table;
};

/// Reports the definitions of one kind that `is_used` does not know.
template <class T, class IsUsed>
void report_unused(const std::vector<T>& definitions, const Kind& kind, IsUsed is_used,
                   Mending& mending, RuleReport& report) {
  for (std::size_t i = 0; i < definitions.size(); ++i) {
    const Definition& definition = definitions[i];
    if (definition.shared || definition.implied || is_used(i)) continue;
    report
        .add(definition.span, definition.id,
             fmt::format("{} '{}' is defined but nothing uses it", kind.what, definition.id))
        .fix = mending.remove_table(kind.table, definition.id);
  }
}

bool lacks_role(const Process& process) {
  return std::any_of(process.steps.begin(), process.steps.end(), [](const Step& step) {
    return is_work(step.kind) && !step.role && step.automation != Automation::automatic;
  });
}

void check(const RuleInput& input, RuleReport& report) {
  const Definitions& all = input.process.definitions;
  const Used used = find_used(input.process);
  Mending mending(input.text, input.process.source);
  // A step without role may be the one that the unused role has lost.
  Mending mending_roles(lacks_role(input.process) ? nullptr : input.text, input.process.source);
  const auto named = [&](const Definition& d) { return used.names.contains(d.id); };
  report_unused(
      all.roles, {"role", "roles"},
      [&](std::size_t i) { return used.roles.contains(RoleId(i)) || named(all.roles[i]); },
      mending_roles, report);
  report_unused(
      all.systems, {"system", "systems"},
      [&](std::size_t i) { return used.systems.contains(SystemId(i)); }, mending, report);
  report_unused(
      all.data, {"datum", "data"},
      [&](std::size_t i) { return used.data.contains(DataId(i)) || named(all.data[i]); }, mending,
      report);
  report_unused(
      all.calendars, {"calendar", "calendars"},
      [&](std::size_t i) { return used.calendars.contains(CalendarId(i)); }, mending, report);
}

}  // namespace

constinit const Rule unused_definition{
    .about = {.code = "R202",
              .name = "unused-definition",
              .level = Level::warning,
              .summary = "a role, system, datum or calendar that nothing uses",
              .what = "A definition of the document itself that no step, condition, path test, "
                      "owner, authority row "
                      "or other definition refers to. Definitions shared by gemba.toml are not "
                      "reported here.",
              .why = "Readers look for the part that the role plays and find none; often a step "
                     "lost it by mistake.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[roles.lead]
name = "客服组长"
[[step]]
id = "intake"
kind = "start"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
