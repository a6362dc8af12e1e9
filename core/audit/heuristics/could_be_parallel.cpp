#include <fmt/format.h>

#include <algorithm>

#include "core/audit/customer_way.h"
#include "core/audit/fork_patch.h"
#include "core/audit/handover_chains.h"
#include "core/audit/heuristic.h"
#include "core/audit/own_work.h"
#include "core/audit/parallel_blocks.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

std::string block_name(const Process& process, const Blocks& block) {
  const std::string first = quoted(process[block.steps.front()]);
  if (block.steps.size() == 1) return first;
  return fmt::format("{} to {}", first, quoted(process[block.steps.back()]));
}

std::vector<StepId> steps_of(const Parallel& found) {
  std::vector<StepId> steps;
  for (const Blocks& block : found.blocks)
    steps.insert(steps.end(), block.steps.begin(), block.steps.end());
  std::sort(steps.begin(), steps.end());
  return steps;
}

std::string named(const Process& process, const std::vector<DataUse>& uses) {
  std::vector<std::string> names;
  for (const DataUse& use : uses) names.push_back("'" + process.definitions[use.data].name + "'");
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return listed(names, 4);
}

/// What a block takes from before it, what it makes, and how long.
Evidence block_evidence(const AuditInput& input, const Blocks& block) {
  const Process& process = input.process;
  std::vector<DataUse> needs, makes;
  for (const StepId id : block.steps)
    makes.insert(makes.end(), process[id].makes.begin(), process[id].makes.end());
  for (const StepId id : block.steps) {
    for (const DataUse& use : process[id].needs) {
      const bool own = std::any_of(makes.begin(), makes.end(),
                                   [&](const DataUse& made) { return made.data == use.data; });
      if (!own) needs.push_back(use);
    }
  }
  std::string text = block_name(process, block);
  if (!needs.empty()) text += " needs " + named(process, needs);
  if (!makes.empty()) text += (needs.empty() ? " makes " : ", makes ") + named(process, makes);
  const bool measured = std::any_of(block.steps.begin(), block.steps.end(), [&](StepId id) {
    const StepFigures& figures = input.expected.steps[id.index()];
    return figures.work_origin == Origin::measured || figures.waiting_origin == Origin::measured;
  });
  text += fmt::format("{} takes {} per case", needs.empty() && makes.empty() ? "" : " and",
                      humane_seconds(seconds_of(input, block)));
  return {std::move(text), measured ? Basis::log : Basis::declared};
}

bool is_refusing(const AuditInput& input, StepId id) {
  return input.graph.out[id.index()].size() > 1;
}

/// Work on cases, per 100, that another block refuses and that would not have come so far.
double hours_in_vain(const AuditInput& input, const std::vector<StepId>& steps) {
  const std::vector<double>& visits = input.expected.visits.steps;
  double most = 0;
  for (const StepId id : steps) most = std::max(most, visits[id.index()]);
  double seconds = 0;
  for (const StepId id : steps)
    seconds += (most - visits[id.index()]) * input.expected.steps[id.index()].work;
  return seconds * 100 / 3600;
}

/// Whether it is for the owner to say that one does not build on the other: who signs may want to
/// see another's signature, and who refuses spares the others their work.
bool needs_asking(const AuditInput& input, const std::vector<StepId>& steps) {
  const Process& process = input.process;
  return std::any_of(steps.begin(), steps.end(), [&](StepId id) {
    const Step& step = process[id];
    if (step.kind == StepKind::decision) return true;
    const bool known = step.role && process.definitions[*step.role].reports_to;
    return step.kind == StepKind::approval && (is_refusing(input, id) || !known);
  });
}

/// Whether somebody outside goes from one to the other: nobody is at two desks at once.
bool is_walked_through(const AuditInput& input, const std::vector<StepId>& steps) {
  const std::vector<Windows> all = windows_of(input);
  return std::any_of(all.begin(), all.end(), [&](const Windows& each) {
    return std::count_if(each.steps.begin(), each.steps.end(), [&](StepId step) {
             return std::binary_search(steps.begin(), steps.end(), step);
           }) >= 2;
  });
}

void add_asking(const AuditInput& input, const std::vector<StepId>& steps, Finding& finding) {
  const double vain = hours_in_vain(input, steps);
  const bool refuses =
      std::any_of(steps.begin(), steps.end(), [&](StepId id) { return is_refusing(input, id); });
  if (refuses && vain >= 0.05) {
    finding.evidence.push_back(
        {fmt::format("what one of them refuses the others would look at in vain: {} hours of work "
                     "per 100 cases",
                     decimal(vain)),
         Basis::declared});
  }
}

std::string change_text(const AuditInput& input, const Parallel& found, bool ask) {
  std::vector<std::string> names;
  for (const Blocks& block : found.blocks) names.push_back(block_name(input.process, block));
  const std::string begin = fmt::format(
      "{}egin {} at the same time (a fork), the longest first of all, and join them before what "
      "needs all of them.",
      ask ? "b" : "B", listed(names, 6));
  if (!ask) return begin;
  return "Ask those who do them what they need of each other; where it is nothing, " + begin;
}

void report_parallel(const AuditInput& input, const std::vector<StepId>& stretch,
                     const Parallel& found, const std::vector<HandoverChain>& chains,
                     AuditReport& report) {
  std::vector<std::string> names;
  for (const Blocks& block : found.blocks) names.push_back(block_name(input.process, block));
  const std::vector<StepId> steps = steps_of(found);
  const bool ask = needs_asking(input, steps);
  const bool passed_along = std::any_of(chains.begin(), chains.end(), [&](const auto& chain) {
    return std::includes(chain.steps.begin(), chain.steps.end(), steps.begin(), steps.end());
  });
  Finding& finding = report.add(
      steps.front(), fmt::format("{} are done one after the other and {} of each other",
                                 listed(names, 6), ask ? "seem to need nothing" : "need nothing"));
  finding.steps = steps;
  if (ask || passed_along || is_walked_through(input, steps)) only_ask(finding);
  for (const Blocks& block : found.blocks) finding.evidence.push_back(block_evidence(input, block));
  add_asking(input, steps, finding);
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "One may be meant to stop another: if the first can fail, what the others do would be in "
      "vain. Whoever joins them needs to see that all are done.";
  if (passed_along)
    finding.against += " Where one person can do them all, that saves the same waiting and more.";
  Change& change = finding.change;
  change.summary = change_text(input, found, ask);
  change.edit.aside = found.aside;
  // Others count as done beside the longest: only that has to stay.
  change.edit.kept = found.longest;
  if (!ask && found.whole) {
    std::vector<std::vector<StepId>> branches;
    for (const Blocks& block : found.blocks) branches.push_back(block.steps);
    change.patch = fork_patch(input, stretch, branches);
  }
}

/// How much earlier cases would end.
double saved_seconds(const AuditInput& input, const Parallel& found) {
  Edit edit;
  edit.aside = found.aside;
  return input.expected.cycle_seconds -
         expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
}

void report_within(const AuditInput& input, const std::vector<StepId>& stretch,
                   const Blocks& blocks, double least, const std::vector<HandoverChain>& chains,
                   AuditReport& report) {
  if (!blocks.parallel) {
    for (const Blocks& part : blocks.parts)
      report_within(input, stretch, part, least, chains, report);
    return;
  }
  const Parallel found = parallel_of(input, blocks, least);
  if (found.blocks.size() < 2 || saved_seconds(input, found) < least) return;
  report_parallel(input, stretch, found, chains, report);
}

/// Tasks of ours of which nobody says what they need or make, and before which cases wait long.
bool is_untold(const AuditInput& input, StepId id, double waiting) {
  const Step& step = input.process[id];
  return step.kind == StepKind::task && is_own_work(input.process, id) && step.needs.empty() &&
         step.makes.empty() && input.expected.steps[id.index()].waiting >= waiting;
}

void report_untold(const AuditInput& input, const std::vector<StepId>& run, AuditReport& report) {
  std::vector<std::string> names;
  for (const StepId id : run) names.push_back(quoted(input.process[id]));
  Finding& finding = report.add(
      run.front(),
      fmt::format(
          "{} follow each other with long waits, and nothing says what one needs of another",
          listed(names, 6)));
  finding.level = std::min(finding.level, Level::info);
  finding.steps = run;
  for (const StepId id : run) add_time_evidence(input, id, finding);
  for (const StepId id : run) add_pain_evidence(input, id, finding);
  finding.against = "The order may be that of the work itself. Nothing here says so, or otherwise.";
  finding.change.summary =
      "Ask each role what it needs of the one before and write it down (needs, makes); what needs "
      "nothing of the other can begin at the same time.";
  finding.change.edit.kept = run;
}

void check_untold(const AuditInput& input, const std::vector<StepId>& stretch,
                  AuditReport& report) {
  const double waiting = report.parameter("untold_hours") * 3600;
  std::vector<StepId> run;
  std::vector<RoleId> roles;
  const auto end_run = [&] {
    if (run.size() >= 3) report_untold(input, run, report);
    run.clear();
    roles.clear();
  };
  for (const StepId id : stretch) {
    if (!is_untold(input, id, waiting)) {
      end_run();
      continue;
    }
    const RoleId role = *input.process[id].role;
    if (std::find(roles.begin(), roles.end(), role) != roles.end()) end_run();
    run.push_back(id);
    roles.push_back(role);
  }
  end_run();
}

void check(const AuditInput& input, AuditReport& report) {
  const double least = report.parameter("minutes") * 60;
  std::vector<HandoverChain> chains = handover_chains(input);
  std::erase_if(chains, [&](const HandoverChain& chain) {
    return !is_passed_along(input, chain, least_waiting_share);
  });
  const StepOrder order(input, report.parameter("refused"));
  for (const std::vector<StepId>& stretch : straight_stretches(input)) {
    report_within(input, stretch, order.blocks_of(stretch), least, chains, report);
    check_untold(input, stretch, report);
  }
}

constexpr Parameter parameters[] = {
    {"minutes", 15, "least time per case that is saved, and that a block takes"},
    {"refused", 0.2, "share of cases, 0 to 1, beyond which a check that refuses comes first"},
    {"untold_hours", 8, "least waiting before each of three tasks whose data nobody states"},
};

}  // namespace

constinit const Heuristic heuristics::could_be_parallel{
    .about = {.code = "A403",
              .name = "could-be-parallel",
              .level = Level::warning,
              .summary = "what needs nothing of each other is done one after the other",
              .what = "Within a straight stretch of the flow (each step the only way on from the "
                      "one before; who refuses cases belongs to it), blocks of steps of which "
                      "none uses or makes anew what another makes: a task with those that use "
                      "what it makes is one block, a request with what somebody outside does on "
                      "it, and what the same role does. Tasks, calls, waits and steps of "
                      "external roles are judged when they say which data they need and make; a "
                      "task that says nothing keeps its place. Approvals may go at the same time "
                      "unless they are levels of one review: one role reports to the other or may "
                      "decide less of the action, or they look at the same and are not of two "
                      "fields by their names (财务, 采购; finance, legal); "
                      "what comes after them waits for them. What refuses more than 20 % keeps its "
                      "place, and what is done for the customer waits for every decision before "
                      "it. Reported when cases end 15 minutes earlier or more; as a "
                      "question (info) where one of them may refuse, where it is not known who "
                      "reports to whom, where one person could do all of it (A305), and for three "
                      "tasks or more in a row, by different roles "
                      "and each after 8 hours of waiting or more, of which nobody says what they "
                      "need.",
              .why = "The case takes the sum of all, though it need only take the longest "
                     "(parallelism, Reijers and Liman Mansar 2005).",
              .example = R"([map]
[roles.warehouse]
name = "仓库"
[roles.finance]
name = "财务"
[data.order_no]
name = "订单号"
from = "顾客"
[data.goods]
name = "质检结果"
[data.account]
name = "打款账户"
[[step]]
id = "apply"
kind = "start"
next = "inspect"
[[step]]
id = "inspect"
name = "检验退货"
role = "warehouse"
needs = ["order_no"]
makes = ["goods"]
time = "10m"
wait = "1d"
next = "account"
[[step]]
id = "account"
name = "核实打款账户"
role = "finance"
needs = ["order_no"]
makes = ["account"]
time = "5m"
wait = "8h"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["goods", "account"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.warehouse]
name = "仓库"
[roles.finance]
name = "财务"
[data.order_no]
name = "订单号"
from = "顾客"
[data.goods]
name = "质检结果"
[data.account]
name = "打款账户"
[[step]]
id = "apply"
kind = "start"
next = "both"
[[step]]
id = "both"
kind = "fork"
next = ["inspect", "account"]
[[step]]
id = "inspect"
name = "检验退货"
role = "warehouse"
needs = ["order_no"]
makes = ["goods"]
time = "10m"
wait = "1d"
next = "ready"
[[step]]
id = "account"
name = "核实打款账户"
role = "finance"
needs = ["order_no"]
makes = ["account"]
time = "5m"
wait = "8h"
next = "ready"
[[step]]
id = "ready"
kind = "join"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
needs = ["goods", "account"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::parallelise}},
    .check = check};

}  // namespace gemba::inline audit
