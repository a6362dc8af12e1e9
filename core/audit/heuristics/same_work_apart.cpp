#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "core/audit/handover_chains.h"
#include "core/audit/heuristic.h"
#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/similarity.h"
#include "core/audit/wording.h"
#include "core/estimate/capacity.h"
#include "core/graph/data_flow.h"
#include "core/graph/dominators.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array judging = {"审"sv,      "批"sv,       "核"sv,      "评估"sv,
                                "approve"sv, "review"sv,   "examine"sv, "inspect"sv,
                                "assess"sv,  "appraise"sv, "evaluate"sv};

constexpr double alike_enough = 0.6;  ///< of names, as `name_similarity` has it

/// What the same work has in common: what it needs, what it makes, and where.
using Likeness = std::tuple<std::vector<DataId>, std::vector<DataId>, std::optional<SystemId>>;

std::vector<DataId> data_of(const std::vector<DataUse>& uses) {
  std::vector<DataId> data;
  for (const DataUse& use : uses) data.push_back(use.data);
  std::sort(data.begin(), data.end());
  return data;
}

bool is_plain_work(const Process& process, StepId id) {
  return process[id].kind == StepKind::task && is_own_work(process, id) &&
         process[id].automation != Automation::automatic;
}

std::size_t role_count(const Process& process, const std::vector<StepId>& steps) {
  std::set<RoleId> roles;
  for (const StepId step : steps) roles.insert(*process[step].role);
  return roles.size();
}

/// The nearest step that all cases at one or the other have passed.
std::optional<StepId> common_dominator(const DominatorTree& tree,
                                       const std::vector<StepId>& steps) {
  std::optional<StepId> at = steps.front();
  const auto above_all = [&](StepId step) {
    return std::all_of(steps.begin(), steps.end(),
                       [&](StepId each) { return tree.dominates(step, each); });
  };
  while (at && !above_all(*at)) at = tree.idom[at->index()];
  return at;
}

/// Whether the exits of a decision compare numbers: small cases and big ones may be apart on
/// purpose.
bool goes_by_number(const Process& process, const FlowGraph& graph, StepId decision) {
  const auto& out = graph.out[decision.index()];
  return std::any_of(out.begin(), out.end(), [&](FlowId flow) {
    const auto& when = process[flow].when;
    if (!when || !when->expr) return false;
    const auto& nodes = when->expr->nodes;
    return std::any_of(nodes.begin(), nodes.end(), [](const Expr::Node& node) {
      return node.op == Expr::Op::lt || node.op == Expr::Op::le || node.op == Expr::Op::gt ||
             node.op == Expr::Op::ge;
    });
  });
}

/// Whether each case comes to one of them only.
bool exclude_each_other(const FlowGraph& graph, const std::vector<StepId>& steps) {
  constexpr std::size_t most = 12;
  for (std::size_t i = 0; i < std::min(most, steps.size()); ++i) {
    const std::vector<bool> later = reachable_after(graph, steps[i]);
    if (std::any_of(steps.begin(), steps.end(),
                    [&](StepId other) { return other != steps[i] && later[other.index()]; }))
      return false;
  }
  return true;
}

/// Whether one takes about as long as the other: else the branches are for easy and hard cases.
bool take_alike(const AuditInput& input, StepId a, StepId b) {
  const double first = input.expected.steps[a.index()].work;
  const double second = input.expected.steps[b.index()].work;
  constexpr double about = 1.5;
  return first <= about * second && second <= about * first;
}

/// Steps of the same data, each with those whose names are like that of the first.
std::vector<std::vector<StepId>> by_name(const AuditInput& input,
                                         const std::vector<StepId>& steps) {
  constexpr std::size_t most_names = 20;  // each name is compared with so many others
  std::vector<std::vector<StepId>> groups;
  for (const StepId step : steps) {
    const std::string& name = input.process[step].name;
    const auto like = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
      return name_similarity(input.process[group.front()].name, name) >= alike_enough &&
             take_alike(input, group.front(), step);
    });
    if (like != groups.end()) {
      like->push_back(step);
    } else if (groups.size() < most_names) {
      groups.push_back({step});
    }
  }
  return groups;
}

/// The decision on whose branches the steps are, one for each case; none for any other steps.
std::optional<StepId> decision_over(const AuditInput& input, const DominatorTree& tree,
                                    const std::vector<StepId>& steps) {
  if (role_count(input.process, steps) < 2) return std::nullopt;
  const auto decision = common_dominator(tree, steps);
  if (!decision || input.process[*decision].kind != StepKind::decision) return std::nullopt;
  if (goes_by_number(input.process, input.graph, *decision)) return std::nullopt;
  if (!exclude_each_other(input.graph, steps)) return std::nullopt;
  return decision;
}

using Groups = std::vector<std::vector<StepId>>;

/// The same work under several roles, by the decision on whose branches it is.
std::map<StepId, Groups> branches_alike(const AuditInput& input) {
  const Process& process = input.process;
  std::map<Likeness, std::vector<StepId>> alike;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    // A step that says nothing of its data may be called like another without being the same.
    if (!is_plain_work(process, StepId(i)) || (step.needs.empty() && step.makes.empty())) continue;
    alike[{data_of(step.needs), data_of(step.makes), step.system}].push_back(StepId(i));
  }
  std::map<StepId, Groups> found;
  std::optional<DominatorTree> tree;
  for (const auto& [likeness, steps] : alike) {
    if (steps.size() < 2 || role_count(process, steps) < 2) continue;
    if (!tree) tree = dominators(input.graph);
    for (const std::vector<StepId>& group : by_name(input, steps)) {
      if (const auto decision = decision_over(input, *tree, group))
        found[*decision].push_back(group);
    }
  }
  return found;
}

/// Whether all steps of each group are called the same.
bool are_called_the_same(const Process& process, const Groups& groups) {
  return std::all_of(groups.begin(), groups.end(), [&](const std::vector<StepId>& steps) {
    const std::string name = plain_name(process[steps.front()].name);
    return std::all_of(steps.begin(), steps.end(),
                       [&](StepId step) { return plain_name(process[step].name) == name; });
  });
}

/// What a pool would do for the queue; empty when nobody knows the people or the cases.
std::string queue_text(const AuditInput& input, const std::vector<StepId>& steps) {
  const Definitions& definitions = input.process.definitions;
  const std::vector<Load> loads = loads_of(input.process, input.expected);
  std::set<RoleId> roles;
  for (const StepId step : steps) roles.insert(*input.process[step].role);
  Capacity pool;
  Load load;
  double apart = 0;
  for (const RoleId role : roles) {
    const auto capacity = capacity_of(definitions, role);
    if (!capacity || loads[role.index()].pieces_per_month <= 0) return {};
    const auto queue = queueing_seconds(*capacity, loads[role.index()]);
    if (!queue) return {};
    apart += *queue * loads[role.index()].pieces_per_month;
    pool.hours_per_month += capacity->hours_per_month;
    pool.on_duty += capacity->on_duty;
    load.hours_per_month += loads[role.index()].hours_per_month;
    load.pieces_per_month += loads[role.index()].pieces_per_month;
  }
  const auto together = queueing_seconds(pool, load);
  if (!together) return {};
  return fmt::format(
      "work that comes at random waits {} for somebody to be free, and {} with one pool of {} "
      "(Erlang C)",
      humane_seconds(apart / load.pieces_per_month), humane_seconds(*together),
      decimal(pool.on_duty));
}

void add_people_evidence(const AuditInput& input, const Groups& groups, Finding& finding) {
  const Process& process = input.process;
  for (const std::vector<StepId>& steps : groups) {
    std::vector<std::string> roles;
    for (const StepId step : steps) roles.push_back(quoted_role(process, process[step]));
    finding.evidence.push_back({fmt::format("{} is done by {}, out of and into the same data",
                                            quoted(process[steps.front()]), listed(roles, 5)),
                                Basis::structure});
    const std::string queue = queue_text(input, steps);
    if (!queue.empty()) finding.evidence.push_back({queue, Basis::declared});
  }
}

void report_branches(const AuditInput& input, StepId decision, const Groups& groups,
                     AuditReport& report) {
  const Process& process = input.process;
  std::vector<StepId> firsts;
  for (const auto& steps : groups) firsts.push_back(steps.front());
  std::sort(firsts.begin(), firsts.end());
  Finding& finding = report.add(
      firsts.front(), fmt::format("{} {} done by other people on each branch of {}",
                                  listed(quoted_names(process, firsts), 3),
                                  firsts.size() == 1 ? "is" : "are", quoted(process[decision])));
  finding.steps.clear();
  for (const auto& steps : groups)
    finding.steps.insert(finding.steps.end(), steps.begin(), steps.end());
  std::sort(finding.steps.begin(), finding.steps.end());
  add_people_evidence(input, groups, finding);
  const std::size_t shown = std::min(most_times, finding.steps.size());
  for (std::size_t i = 0; i < shown; ++i) add_time_evidence(input, finding.steps[i], finding);
  for (const StepId step : finding.steps) add_pain_evidence(input, step, finding);
  finding.against =
      "Branches may need people who know a region, a language or a kind of customer, or who are on "
      "the spot: ask which cases those are, and keep only them apart.";
  finding.change.summary =
      "Make one pool of these people that takes the next case whatever branch it is of, with one "
      "description of the work; then nobody is idle while cases queue for somebody else.";
  finding.change.edit.kept = finding.steps;
  if (!are_called_the_same(process, groups)) only_ask(finding);
}

/// The judging steps of a chain, one after the other.
std::vector<StepId> judgements(const Process& process, const HandoverChain& chain) {
  std::vector<StepId> steps;
  for (const StepId step : chain.way) {
    if (process[step].kind == StepKind::task && !process[step].makes.empty() &&
        says_any(process[step].name, judging))
      steps.push_back(step);
  }
  return steps;
}

void report_function(const AuditInput& input, const std::vector<StepId>& steps, double waiting,
                     AuditReport& report) {
  const Process& process = input.process;
  const std::size_t roles = role_count(process, steps);
  Finding& finding = report.add(
      steps.front(), fmt::format("{} roles judge one after the other, each in its own queue: {}",
                                 roles, listed(quoted_names(process, steps), 3)));
  finding.steps = steps;
  finding.evidence.push_back(
      {fmt::format("a case waits {} for them: {} of its time", humane_seconds(waiting),
                   percent(waiting / input.expected.cycle_seconds)),
       input.profile == nullptr ? Basis::declared : Basis::log});
  const std::size_t shown = std::min(most_times, steps.size());
  for (std::size_t i = 0; i < shown; ++i) add_time_evidence(input, steps[i], finding);
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "Each judgement may need its own expertise, and a law may say who gives it: what can be "
      "brought together is the desk, the file and the dates, not the expertise.";
  finding.change.summary =
      "Ask whether one unit can do this kind of work for all of them, with the power to decide, "
      "one file and one date for the answer.";
  only_ask(finding);
}

void check_functions(const AuditInput& input, AuditReport& report) {
  const auto least = static_cast<std::size_t>(std::max(2.0, report.parameter("roles")));
  const double least_share = report.parameter("waiting");
  for (const HandoverChain& chain : handover_chains(input)) {
    const std::vector<StepId> steps = judgements(input.process, chain);
    if (role_count(input.process, steps) < least) continue;
    double waiting = 0;
    for (const StepId step : steps) {
      waiting +=
          input.expected.visits.steps[step.index()] * input.expected.steps[step.index()].waiting;
    }
    if (waiting <= 0 || waiting < least_share * input.expected.cycle_seconds) continue;
    report_function(input, steps, waiting, report);
  }
}

void check(const AuditInput& input, AuditReport& report) {
  for (const auto& [decision, groups] : branches_alike(input))
    report_branches(input, decision, groups, report);
  check_functions(input, report);
}

constexpr Parameter parameters[] = {
    {"roles", 4, "least roles that judge one after the other"},
    {"waiting", 0.5, "least part of the cycle time that a case waits for them"},
};

}  // namespace

constinit const Heuristic heuristics::same_work_apart{
    .about = {.code = "A306",
              .name = "same-work-apart",
              .level = Level::warning,
              .summary = "the same work is done by several roles, each with its own queue",
              .what =
                  "Tasks with the same data in the same system, about as long, under different "
                  "roles of ours, on branches of one decision of which a case takes one; a "
                  "question (info) when their names are only alike. Decisions that compare numbers "
                  "are left out (small and big cases may be apart on purpose), and so are "
                  "approvals, automatic steps and tasks that say nothing of their data. As a "
                  "question, too: four roles or more that examine or approve in tasks, one after "
                  "the other, when the waiting for them is half of the cycle time or more.",
              .why = "Of two queues one is empty while the other is long; a pool of the same "
                     "people waits less (Gross and Harris, M/M/c). Flexible assignment and "
                     "centralisation (Reijers and Liman Mansar 2005).",
              .example = R"([map]
[roles.east]
name = "华东客服"
[roles.south]
name = "华南客服"
[data.claim]
name = "申请"
from = "顾客"
[data.region]
name = "地区"
from = "顾客"
[data.answer]
name = "处理意见"
[[step]]
id = "apply"
kind = "start"
next = "where"
[[step]]
id = "where"
name = "哪个地区?"
kind = "decision"
needs = ["region"]
next = [
  { to = "east", when = 'region = "east"', share = 0.5 },
  { to = "south", when = 'region = "south"', share = 0.5 },
]
[[step]]
id = "east"
name = "处理售后申请"
role = "east"
needs = ["claim"]
makes = ["answer"]
time = "20m"
wait = "1d"
next = "done"
[[step]]
id = "south"
name = "处理售后申请"
role = "south"
needs = ["claim"]
makes = ["answer"]
time = "20m"
wait = "4h"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[data.claim]
name = "申请"
from = "顾客"
[data.answer]
name = "处理意见"
[[step]]
id = "apply"
kind = "start"
next = "handle"
[[step]]
id = "handle"
name = "处理售后申请"
role = "agent"
needs = ["claim"]
makes = ["answer"]
time = "20m"
wait = "6h"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::pool}},
    .check = check};

}  // namespace gemba::inline audit
