#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>

#include "core/audit/heuristic.h"
#include "core/audit/wording.h"
#include "core/estimate/capacity.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

constexpr std::string_view too_high =
    "The figures are means: working times that were guessed too long look like overload. Count the "
    "work of one day first.";

/// Whether a log has measured what the role does there. Declared headcounts, times and volumes may
/// have been guessed apart from each other.
bool is_measured(const AuditInput& input, const std::vector<StepId>& steps) {
  return input.profile != nullptr && std::any_of(steps.begin(), steps.end(), [&](StepId step) {
           return input.expected.steps[step.index()].work_origin == Origin::measured;
         });
}

/// What has to be found out before anybody is moved.
std::string question(const std::string& role, double use) {
  return fmt::format(
      "Ask how many people '{}' has and how much of their time goes into this, and count the cases "
      "and the minutes of one day{}.",
      role,
      use > 1 ? "; more than all of their time cannot be: one of headcount, times and volume is "
                "wrong"
              : "");
}

double hours_at(const AuditInput& input, StepId step) {
  return input.expected.visits.steps[step.index()] * input.expected.steps[step.index()].work / 3600;
}

/// The steps of a role with work, the one that takes most of its time first.
std::vector<StepId> steps_of(const AuditInput& input, RoleId role) {
  std::vector<StepId> steps;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (input.process.steps[i].role == role && hours_at(input, StepId(i)) > 0)
      steps.push_back(StepId(i));
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [&](StepId a, StepId b) { return hours_at(input, a) > hours_at(input, b); });
  return steps;
}

std::string people_text(double headcount) {
  return decimal(headcount) + (headcount == 1 ? " person" : " people");
}

std::string queue_text(const Capacity& capacity, const Load& load) {
  const auto queue = queueing_seconds(capacity, load);
  if (!queue) return "more work comes in than can be done: the queue grows without end";
  return fmt::format("work that comes at random waits {} for somebody to be free (Erlang C)",
                     humane_seconds(*queue));
}

void report_role(const AuditInput& input, RoleId id, const Capacity& capacity, const Load& load,
                 AuditReport& report) {
  const Process& process = input.process;
  const Role& role = process.definitions[id];
  const std::vector<StepId> steps = steps_of(input, id);
  const double use = load.hours_per_month / capacity.hours_per_month;
  const bool measured = is_measured(input, steps);
  Finding& finding = report.add(
      steps.front(), fmt::format("{}'{}' is busy {} of the time with this process alone",
                                 measured ? "" : "by what is declared, ", role.name, percent(use)));
  finding.steps = steps;
  if (!measured) only_ask(finding);
  std::string people = people_text(*role.headcount);
  if (role.concurrency && *role.concurrency > 1)
    people += fmt::format(", each with {} customers at once", decimal(*role.concurrency));
  finding.evidence.push_back(
      {fmt::format("{} h of work a month, out of {} h of {}{}", decimal(load.hours_per_month),
                   decimal(capacity.hours_per_month), people,
                   capacity.assumed ? " (weeks of 40 hours assumed)" : ""),
       input.profile == nullptr ? Basis::declared : Basis::log});
  finding.evidence.push_back({queue_text(capacity, load), Basis::declared});
  constexpr std::size_t most = 3;
  for (std::size_t i = 0; i < std::min(most, steps.size()); ++i) {
    finding.evidence.push_back(
        {fmt::format("{} takes {} of it", quoted(process[steps[i]]),
                     percent(hours_at(input, steps[i]) * *input.expected.cases_per_month /
                             load.hours_per_month)),
         input.profile == nullptr ? Basis::declared : Basis::log});
  }
  finding.against = too_high;
  const std::string relief = fmt::format(
      "ake work off '{}', beginning with {}; people who are busy all the time have queues before "
      "them, however hard they work.",
      role.name, quoted(process[steps.front()]));
  finding.change.summary =
      measured ? "T" + relief : question(role.name, use) + " If it is so, t" + relief;
}

void check(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("use");
  const std::vector<Load> loads = loads_of(input.process, input.expected);
  for (std::size_t i = 0; i < loads.size(); ++i) {
    const RoleId role(i);
    if (input.process.definitions[role].external || loads[i].hours_per_month <= 0) continue;
    const auto capacity = capacity_of(input.process.definitions, role);
    if (!capacity || loads[i].hours_per_month < least * capacity->hours_per_month) continue;
    report_role(input, role, *capacity, loads[i], report);
  }
}

/// A role that several documents share, with what each of them asks of it.
struct SharedRole {
  struct Part {
    std::size_t document = 0;
    RoleId role;
    Load load;
  };
  std::vector<Part> parts;
  Load sum;
};

/// By id, of SOPs in force: a map shows work that an SOP may ask for as well, and so may a draft.
std::map<std::string, SharedRole> shared_roles(std::span<const AuditedDocument> documents) {
  std::map<std::string, SharedRole> roles;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    const auto& [process, figures] = documents[i];
    if (process.kind != Process::Kind::sop || process.status != Process::Status::active) continue;
    const std::vector<Load> loads = loads_of(process, figures);
    for (std::size_t r = 0; r < loads.size(); ++r) {
      const Role& role = process.definitions.roles[r];
      if (!role.shared || role.external || loads[r].hours_per_month <= 0) continue;
      SharedRole& shared = roles[role.id];
      shared.parts.push_back({i, RoleId(r), loads[r]});
      shared.sum.hours_per_month += loads[r].hours_per_month;
      shared.sum.pieces_per_month += loads[r].pieces_per_month;
    }
  }
  return roles;
}

void report_shared(std::span<const AuditedDocument> documents, SharedRole& shared,
                   const Capacity& capacity, std::span<AuditReport> reports) {
  std::stable_sort(shared.parts.begin(), shared.parts.end(), [](const auto& a, const auto& b) {
    return a.load.hours_per_month > b.load.hours_per_month;
  });
  const auto& [document, id, load] = shared.parts.front();
  const auto& [process, figures] = documents[document];
  const FlowGraph graph(process);
  const std::vector<StepId> steps = steps_of({process, graph, nullptr, figures}, id);
  const Role& role = process.definitions[id];
  const double use = shared.sum.hours_per_month / capacity.hours_per_month;
  Finding& finding = reports[document].add(
      steps.front(),
      fmt::format("by what is declared, '{}' is busy {} of the time with {} SOPs together",
                  role.name, percent(use), shared.parts.size()));
  finding.steps = steps;
  only_ask(finding);
  finding.evidence.push_back(
      {fmt::format("{} h of work a month, out of {} h of {}", decimal(shared.sum.hours_per_month),
                   decimal(capacity.hours_per_month), people_text(*role.headcount)),
       Basis::declared});
  finding.evidence.push_back({queue_text(capacity, shared.sum), Basis::declared});
  constexpr std::size_t most = 4;
  for (std::size_t i = 0; i < std::min(most, shared.parts.size()); ++i) {
    const SharedRole::Part& part = shared.parts[i];
    finding.evidence.push_back(
        {fmt::format("'{}' takes {} h of it", documents[part.document].process.title,
                     decimal(part.load.hours_per_month)),
         Basis::declared});
  }
  finding.against = too_high;
  finding.change.summary =
      question(role.name, use) +
      fmt::format(" If it is so, take work off '{}', or bring in more people; begin with '{}'.",
                  role.name, process.title);
}

void check_together(std::span<const AuditedDocument> documents, std::span<AuditReport> reports) {
  const double least = reports.front().parameter("use");
  for (auto& [name, shared] : shared_roles(documents)) {
    const SharedRole::Part& any = shared.parts.front();
    const auto capacity = capacity_of(documents[any.document].process.definitions, any.role);
    if (!capacity || shared.sum.hours_per_month < least * capacity->hours_per_month) continue;
    const bool alone = std::any_of(shared.parts.begin(), shared.parts.end(), [&](const auto& part) {
      return part.load.hours_per_month >= least * capacity->hours_per_month;
    });
    if (!alone) report_shared(documents, shared, *capacity, reports);
  }
}

constexpr Parameter parameters[] = {
    {"use", 0.85, "least part of the role's time that is taken, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::overloaded_role{
    .about = {.code = "A502",
              .name = "overloaded-role",
              .level = Level::warning,
              .summary = "a role has hardly more time than its work takes",
              .what = "A role of ours whose expected work of this process, by the number of "
                      "cases and the visits of its steps, takes 85 % of its time or more: its "
                      "headcount times the hours of its calendar, at most 40 a week for "
                      "everybody, times the customers that one serves at once; also of all SOPs in "
                      "force that "
                      "are audited together, for roles that they share. Without a "
                      "calendar 40 hours a week are assumed. The waiting that follows is computed "
                      "by Erlang's C formula. A question (info) unless a log has measured working "
                      "times: declared headcounts, times and volumes may contradict each other.",
              .why = "Work does not come evenly. From about 85 % on queues grow much faster than "
                     "the load, and one day of illness takes weeks to make up for.",
              .example = R"([map]
volume = "600 / week"
[roles.finance]
name = "财务"
headcount = 1
calendar = "office"
[calendars.office]
hours = { mon-fri = "09:00-17:00" }
[[step]]
id = "apply"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
time = "4m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
volume = "600 / week"
[roles.finance]
name = "财务"
headcount = 2
calendar = "office"
[calendars.office]
hours = { mon-fri = "09:00-17:00" }
[[step]]
id = "apply"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
time = "4m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::staffing}},
    .check = check,
    .check_together = check_together};

}  // namespace gemba::inline audit
