#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/audit/heuristic.h"
#include "core/audit/patch.h"
#include "core/audit/similarity.h"
#include "core/audit/wording.h"
#include "core/graph/certainty.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

std::vector<DataId> ids(const std::vector<DataUse>& uses) {
  std::vector<DataId> result;
  for (const DataUse& use : uses) result.push_back(use.data);
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

bool disjoint(const std::vector<DataId>& a, const std::vector<DataId>& b) {
  std::vector<DataId> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both.empty();
}

/// A step that somebody of ours works on, with its data in order.
struct Candidate {
  StepId id;
  std::vector<DataId> needs, makes;
};

/// By data needed: only steps with the same inputs can be duplicates.
std::map<std::vector<DataId>, std::vector<Candidate>> candidates(const AuditInput& input) {
  std::map<std::vector<DataId>, std::vector<Candidate>> groups;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const Step& step = input.process.steps[i];
    if (step.kind != StepKind::task || input.process.is_external(step)) continue;
    Candidate candidate{StepId(i), ids(step.needs), ids(step.makes)};
    const std::vector<DataId> needs = candidate.needs;
    groups[needs].push_back(std::move(candidate));
  }
  return groups;
}

/// The evidence that two steps with the same inputs do the same, or none.
std::optional<Evidence> likeness(const Process& process, const Candidate& a, const Candidate& b,
                                 double least_similarity) {
  const Step& first = process[a.id];
  const Step& second = process[b.id];
  const bool same_place =
      first.role && first.role == second.role && first.system && first.system == second.system;
  if (same_place && !a.makes.empty() && a.makes == b.makes) {
    std::vector<std::string> made;
    for (const DataId data : a.makes) made.push_back("'" + process.definitions[data].name + "'");
    return Evidence{
        fmt::format("both make {} from the same inputs: {} in '{}'", listed(made),
                    quoted_role(process, first), process.definitions[*first.system].name),
        Basis::structure};
  }
  if (a.needs.empty()) return std::nullopt;
  if (!a.makes.empty() && !b.makes.empty() && disjoint(a.makes, b.makes)) return std::nullopt;
  const double similarity = name_similarity(first.name, second.name);
  if (similarity < least_similarity) return std::nullopt;
  return Evidence{
      fmt::format("their names are {} alike and their inputs the same", percent(similarity)),
      Basis::structure};
}

/// What the flow says about two steps.
class Order {
 public:
  explicit Order(const AuditInput& input)
      : process_(input.process),
        graph_(input.graph),
        back_(back_flows(input.graph)),
        makers_(makers_of_data(input.process)) {}

  /// Whether every case that comes to `later` has done `first`, and nothing in between changes what
  /// both need.
  bool repeats(const Candidate& first, const Candidate& later) {
    if (!after(first.id)[later.id.index()]) return false;
    std::vector<bool>& without = without_[first.id];
    if (without.empty()) without = reached_without(process_, graph_, first.id);
    if (without[later.id.index()]) return false;
    return !inputs_change(first, later);
  }

 private:
  /// Steps that come after a step without going back.
  std::vector<bool> onwards(StepId from) const {
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack{from};
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      for (const FlowId flow : graph_.out[step.index()]) {
        const StepId next = graph_.to(flow);
        if (back_[flow.index()] || seen[next.index()]) continue;
        seen[next.index()] = true;
        stack.push_back(next);
      }
    }
    return seen;
  }

  const std::vector<bool>& after(StepId step) {
    std::vector<bool>& steps = after_[step];
    if (steps.empty()) steps = onwards(step);
    return steps;
  }

  bool inputs_change(const Candidate& first, const Candidate& later) {
    for (const DataId data : later.needs) {
      for (const StepId maker : makers_[data.index()]) {
        if (maker == later.id || !after(first.id)[maker.index()]) continue;
        if (after(maker)[later.id.index()]) return true;
      }
    }
    return false;
  }

  const Process& process_;
  const FlowGraph& graph_;
  std::vector<bool> back_;
  std::vector<std::vector<StepId>> makers_;  ///< by DataId
  std::map<StepId, std::vector<bool>> without_, after_;
};

void report_pair(const AuditInput& input, StepId first, StepId later, Evidence likeness,
                 AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[later]);
  Finding& finding = report.add(
      later, fmt::format("{} does again what {} has done", name, quoted(process[first])));
  finding.steps = {first, later};
  finding.evidence.push_back(std::move(likeness));
  finding.evidence.push_back(
      {fmt::format("every case that comes to {} has passed {}", name, quoted(process[first])),
       Basis::structure});
  add_time_evidence(input, later, finding);
  add_pain_evidence(input, later, finding);
  finding.against = fmt::format(
      "Doing it twice may be meant as a check. Look how often {} corrects something, and "
      "whether its result goes somewhere that the first does not reach.",
      name);
  Change& change = finding.change;
  change.summary = fmt::format("Take out {}; what is missing from {} belongs there.", name,
                               quoted(process[first]));
  change.edit.removed = {later};
  change.edit.kept = {first};
  change.patch = bypass_patch(process, change.edit.removed, {});
}

void check(const AuditInput& input, AuditReport& report) {
  const double least_similarity = report.parameter("similarity");
  Order order(input);
  for (const auto& [needs, group] : candidates(input)) {
    for (std::size_t later = 0; later < group.size(); ++later) {
      for (std::size_t first = 0; first < group.size(); ++first) {
        if (first == later) continue;
        auto evidence = likeness(input.process, group[first], group[later], least_similarity);
        if (!evidence || !order.repeats(group[first], group[later])) continue;
        report_pair(input, group[first].id, group[later].id, std::move(*evidence), report);
        break;
      }
    }
  }
}

constexpr Parameter parameters[] = {
    {"similarity", 0.7, "least likeness of two names with the same inputs, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::duplicate_step{
    .about = {.code = "A201",
              .name = "duplicate-step",
              .level = Level::warning,
              .summary = "a step does again what an earlier step of every such case has done",
              .what = "Two tasks on one path with the same inputs, of which the first is always "
                      "done before the second: either the same role makes the same data from "
                      "them in the same system, or their names are alike (Dice coefficient of "
                      "bigrams). Not reported: tasks on alternative or parallel branches, tasks "
                      "between which something changes the inputs, tasks that make different "
                      "data.",
              .why = "Entering the same facts twice costs the time twice, and the two records "
                     "sooner or later differ.",
              .example = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
[data.order_no]
from = "顾客"
[data.record]
name = "退款登记"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记退款信息"
role = "agent"
system = "oms"
needs = ["order_no"]
makes = ["record"]
time = "4m"
next = "again"
[[step]]
id = "again"
name = "再次登记退款信息"
role = "agent"
system = "oms"
needs = ["order_no"]
makes = ["record"]
time = "4m"
next = "pay"
[[step]]
id = "pay"
name = "退款"
needs = ["record"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
[data.order_no]
from = "顾客"
[data.record]
name = "退款登记"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记退款信息"
role = "agent"
system = "oms"
needs = ["order_no"]
makes = ["record"]
time = "4m"
next = "pay"
[[step]]
id = "pay"
name = "退款"
needs = ["record"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
