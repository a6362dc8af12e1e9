#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/audit/case_owner.h"
#include "core/audit/handover_chains.h"
#include "core/audit/heuristic.h"
#include "core/audit/panels.h"
#include "core/audit/rhythm.h"
#include "core/audit/wording.h"
#include "core/estimate/capacity.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// What the roles of a chain read in common.
std::vector<std::string> common_papers(const Process& process, const HandoverChain& chain) {
  std::vector<std::set<RoleId>> readers(process.definitions.data.size());
  for (const StepId step : chain.way) {
    for (const DataUse& use : process[step].needs)
      readers[use.data.index()].insert(*process[step].role);
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < readers.size(); ++i) {
    if (readers[i].size() > 1) names.push_back("'" + process.definitions.data[i].name + "'");
  }
  return names;
}

bool in_one_system(const Process& process, const HandoverChain& chain) {
  const std::optional<SystemId>& system = process[chain.way.front()].system;
  return system && std::all_of(chain.way.begin(), chain.way.end(),
                               [&](StepId step) { return process[step].system == system; });
}

/// What speaks against the owner's doing it all: empty when there are people enough, or nobody
/// knows.
std::string overload_text(const AuditInput& input, const HandoverChain& chain, RoleId owner) {
  const Definitions& definitions = input.process.definitions;
  const auto capacity = capacity_of(definitions, owner);
  if (!capacity || !input.expected.cases_per_month) return {};
  double hours = loads_of(input.process, input.expected)[owner.index()].hours_per_month;
  for (const StepId step : chain.steps) {
    if (input.process[step].role == owner) continue;
    hours += input.expected.visits.steps[step.index()] * *input.expected.cases_per_month *
             input.expected.steps[step.index()].work / 3600;
  }
  if (hours <= capacity->hours_per_month) return {};
  return fmt::format(
      " As many as '{}' has now cannot do it: {} h of work a month against {} h; people of the "
      "other roles have to come over.",
      definitions[owner].name, decimal(hours, 0), decimal(capacity->hours_per_month, 0));
}

void add_evidence(const AuditInput& input, const HandoverChain& chain, Finding& finding) {
  const Process& process = input.process;
  const Basis basis = input.profile == nullptr ? Basis::declared : Basis::log;
  finding.evidence.push_back(
      {fmt::format("a case waits {} for the next role: {} of the time that it is with us",
                   humane_seconds(chain.waiting_seconds), percent(waiting_share(input, chain))),
       basis});
  const std::vector<std::string> papers = common_papers(process, chain);
  if (!papers.empty()) {
    finding.evidence.push_back(
        {fmt::format("several of them read {}", listed(papers, 4)), Basis::structure});
  }
  const std::size_t shown = std::min(most_times, chain.steps.size());
  for (std::size_t i = 0; i < shown; ++i) add_time_evidence(input, chain.steps[i], finding);
  for (const StepId step : chain.steps) add_pain_evidence(input, step, finding);
}

/// The first piece of work that the owner takes over from somebody.
std::optional<StepId> first_taken(const Process& process, const HandoverChain& chain,
                                  std::optional<RoleId> owner) {
  const auto found = std::find_if(chain.taken.begin(), chain.taken.end(), [&](StepId step) {
    return !owner || process[step].role == owner;
  });
  if (found == chain.taken.end()) return std::nullopt;
  return *found;
}

/// What a case waits for one role of the chain: the middle one of the waits.
double usual_wait(const AuditInput& input, const HandoverChain& chain) {
  std::vector<double> waits;
  for (const StepId step : chain.taken) waits.push_back(input.expected.steps[step.index()].waiting);
  const auto middle = waits.begin() + static_cast<std::ptrdiff_t>(waits.size() / 2);
  std::nth_element(waits.begin(), middle, waits.end());
  return *middle;
}

/// The change: hand-overs go, but a case still waits once for whoever does it all, as long as it
/// waits for one of the roles now.
Edit change_of(const AuditInput& input, const HandoverChain& chain, std::optional<RoleId> owner,
               const std::vector<StepId>& guards) {
  const auto stays = [&](StepId step) {
    // Who works a case up must not pay what it comes to.
    // What is done at set times is waited for whoever does it.
    return pays(input.process[step]) || rhythm_of(input.process[step]) ||
           std::find(guards.begin(), guards.end(), step) != guards.end();
  };
  const auto waiting = [&](StepId step) { return input.expected.steps[step.index()].waiting; };
  const StepId front = chain.way.front();
  const double rest = usual_wait(input, chain);
  const std::optional<StepId> first = first_taken(input.process, chain, owner);
  const bool begins = !first || waiting(front) >= std::min(rest, waiting(*first));
  const StepId queue = begins ? front : *first;
  Edit edit;
  if (waiting(queue) > rest && queue != front) edit.sooner = {{queue, rest / waiting(queue)}};
  for (const StepId step : chain.taken) {
    if (step != queue && !stays(step)) edit.unwaited.push_back(step);
  }
  edit.kept = chain.steps;
  edit.kept.insert(edit.kept.end(), guards.begin(), guards.end());
  std::sort(edit.kept.begin(), edit.kept.end());
  edit.kept.erase(std::unique(edit.kept.begin(), edit.kept.end()), edit.kept.end());
  for (const StepId step : chain.steps) {
    if (owner && input.process[step].role != owner && !stays(step))
      edit.moved.emplace_back(step, *owner);
  }
  return edit;
}

/// The guards, and the payments of others.
std::vector<StepId> left_to_others(const Process& process, const HandoverChain& chain,
                                   std::optional<RoleId> owner, std::vector<StepId> guards) {
  for (const StepId step : chain.steps) {
    if (pays(process[step]) && process[step].role != owner) guards.push_back(step);
  }
  std::sort(guards.begin(), guards.end());
  guards.erase(std::unique(guards.begin(), guards.end()), guards.end());
  return guards;
}

void propose(const AuditInput& input, const HandoverChain& chain, Finding& finding) {
  const Process& process = input.process;
  const auto owner = owner_of(input, chain);
  const std::vector<StepId> guards = guards_of(input, chain, owner);
  const bool merge = in_one_system(process, chain);
  if (merge) finding.improvement = Improvement::merge;
  finding.against =
      "A role may know, or be allowed, what the others do not. Ask each of them for the cases that "
      "another role could not have done. The figure keeps one "
      "wait for whoever does it all, as long as the usual one now.";
  const std::vector<StepId> others = left_to_others(process, chain, owner, guards);
  if (!others.empty())
    finding.against += fmt::format(
        " {} {} with others: nobody is to work a case up and decide on the money alone.",
        listed(quoted_names(process, others), 4), others.size() == 1 ? "stays" : "stay");
  if (owner) finding.against += overload_text(input, chain, *owner);
  finding.change.summary = fmt::format(
      "{} {}: give that role the rights, templates and rules of the others, and call specialists "
      "in for hard cases without handing the case over.",
      merge ? "Put neighbouring pieces together into one, done in one go by one role."
            : "Let one person do a case from end to end.",
      owner ? fmt::format("'{}' could do most of it", process.definitions[*owner].name)
            : std::string("Agree on who could do most of it"));
  finding.change.edit = change_of(input, chain, owner, guards);
}

constexpr std::size_t certain_roles = 4;

/// Whether several in the chain judge the same for themselves: their judgements are wanted, and one
/// person has only one.
bool has_panel(const HandoverChain& chain, const std::vector<Panel>& panels) {
  return std::any_of(panels.begin(), panels.end(), [&](const Panel& panel) {
    return std::count_if(panel.steps.begin(), panel.steps.end(), [&](StepId step) {
             return std::find(chain.steps.begin(), chain.steps.end(), step) != chain.steps.end();
           }) >= 2;
  });
}

void check(const AuditInput& input, AuditReport& report) {
  const double least_share = report.parameter("waiting");
  const double certain = report.parameter("certain");
  const std::vector<Panel> judging = panels(input);
  for (const HandoverChain& chain : handover_chains(input)) {
    if (!is_passed_along(input, chain, least_share)) continue;
    const Process& process = input.process;
    Finding& finding = report.add(
        chain.steps.front(),
        fmt::format("{} roles pass a case along from {} to {}, for {} of work", chain.roles.size(),
                    quoted(process[chain.way.front()]), quoted(process[chain.way.back()]),
                    humane_seconds(chain.work_seconds)));
    finding.steps = chain.steps;
    add_evidence(input, chain, finding);
    propose(input, chain, finding);
    const bool is_long = chain.waiting_seconds >= report.parameter("hours") * 3600;
    const bool is_certain = is_long && !chain.has_approval && chain.roles.size() >= certain_roles &&
                            chain.changes > 2 && waiting_share(input, chain) >= certain &&
                            !common_papers(process, chain).empty() && !has_panel(chain, judging);
    if (!is_certain) only_ask(finding);
  }
}

constexpr Parameter parameters[] = {
    {"waiting", least_waiting_share,
     "least part of the time with us that is waiting for the next role"},
    {"certain", 0.6, "part of it from which it is no question, with four roles"},
    {"hours", 8, "hours of waiting from which it is no question"},
};

}  // namespace

constinit const Heuristic heuristics::passed_along{
    .about = {.code = "A305",
              .name = "passed-along",
              .level = Level::warning,
              .summary = "a case is passed from role to role, and its time is in the hand-overs",
              .what =
                  "Tasks and notices of ours that follow each other on the way of most cases, done "
                  "by three roles or more or with three changes of hands or more, where waiting "
                  "for the next role takes half of the time that a case is with us, or more. It "
                  "is a question (info) with fewer than four roles, with less than 60% of that "
                  "time or 8 hours, with an approval between, or when the roles read nothing in "
                  "common, or where three of them or more judge the same for themselves. An "
                  "approval of what one of ours has asked for, two approvals in a row, "
                  "a fork, a join, an automatic step, a step of somebody outside and work on "
                  "things (to ship, to repair …) end a chain; roles that each take somebody's "
                  "papers in and serve them one by one are no chain; chains whose times nobody "
                  "knows are left out. Proposed is the role with most of the work that leads "
                  "nobody, approves nothing and has time; payments, and the approvals or else the "
                  "last check before them, stay with others. One wait, the middle one of those for "
                  "the next role, stays in the figure.",
              .why = "Each piece takes minutes, each desk days: faster work does not help. Split "
                     "responsibilities, numerical involvement and case manager (Reijers and Liman "
                     "Mansar 2005), and the case worker of reengineering (Hammer 1990), put the "
                     "pieces back into one hand.",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.quality]
name = "质检"
[roles.settle]
name = "核算"
[roles.finance]
name = "财务"
[data.claim]
name = "理赔单"
[data.cause]
name = "原因"
[data.amount]
name = "赔付额"
[[step]]
id = "apply"
name = "申请理赔"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记理赔"
role = "agent"
makes = ["claim"]
time = "5m"
next = "judge"
[[step]]
id = "judge"
name = "判定原因"
role = "quality"
needs = ["claim"]
makes = ["cause"]
time = "10m"
wait = "1d"
next = "calculate"
[[step]]
id = "calculate"
name = "核算赔付"
role = "settle"
needs = ["claim", "cause"]
makes = ["amount"]
time = "5m"
wait = "1d"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["amount"]
time = "2m"
wait = "8h"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "理赔专员"
[roles.finance]
name = "财务"
[data.claim]
name = "理赔单"
[data.amount]
name = "赔付额"
[[step]]
id = "apply"
name = "申请理赔"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记理赔"
role = "agent"
makes = ["claim"]
time = "5m"
next = "judge"
[[step]]
id = "judge"
name = "判定原因并核算"
role = "agent"
needs = ["claim"]
makes = ["amount"]
time = "15m"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["amount"]
time = "2m"
wait = "8h"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::case_manager, Improvement::merge}},
    .check = check};

}  // namespace gemba::inline audit
