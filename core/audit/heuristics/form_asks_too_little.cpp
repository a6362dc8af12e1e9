#include <fmt/format.h>

#include <algorithm>

#include "core/audit/data_origin.h"
#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

std::string step_names(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId each : steps) names.push_back(quoted(process[each]));
  return listed(names, 4);
}

class Search {
 public:
  explicit Search(const AuditInput& input)
      : process_(input.process),
        graph_(input.graph),
        makers_(makers_of_data(input.process)),
        cyclic_(on_cycles(input.graph)) {}

  bool by_hand(StepId id) const {
    const Step& step = process_[id];
    return step.kind == StepKind::task && is_own_work(process_, id) &&
           step.automation != Automation::automatic;
  }

  /// Where the form was filled in that the step completes or checks for being complete; empty when
  /// it does nothing of the kind. A check that sends back is a loop (A401).
  std::vector<StepId> form_behind(StepId id) const {
    const Step& step = process_[id];
    if (!by_hand(id) || cyclic_[id.index()] || !says(step, Saying::completeness)) return {};
    const std::vector<DataId> facts = facts_needed(process_, step);
    std::vector<StepId> filled_in;
    for (const DataId data : facts) {
      for (const StepId maker : makers_[data.index()]) {
        if (!is_entrance(maker) || process_[maker].role == step.role) return {};
        filled_in.push_back(maker);
      }
    }
    std::sort(filled_in.begin(), filled_in.end());
    filled_in.erase(std::unique(filled_in.begin(), filled_in.end()), filled_in.end());
    return filled_in;
  }

  /// What one of ours does in a row, with somebody outside waiting, when it begins at `first` and
  /// something that she has brought is typed in.
  std::vector<StepId> counter_from(StepId first) const {
    if (!by_hand(first) || !follows_outsider(first)) return {};
    std::vector<StepId> row{first};
    while (row.size() <= process_.steps.size()) {
      const auto next = only_next(graph_, row.back());
      if (!next || *next == first || !by_hand(*next)) break;
      if (process_[*next].role != process_[first].role) break;
      row.push_back(*next);
    }
    const bool types = std::any_of(row.begin(), row.end(), [&](StepId each) {
      const Step& step = process_[each];
      return says(step, Saying::entry) && step.system && step.script.empty();
    });
    return types && is_brought(first) ? row : std::vector<StepId>{};
  }

 private:
  /// Whether the step needs nothing that another of ours has made.
  bool is_entrance(StepId id) const {
    const Step& step = process_[id];
    return step.kind == StepKind::task &&
           std::all_of(step.needs.begin(), step.needs.end(),
                       [&](const DataUse& use) { return makers_[use.data.index()].empty(); });
  }

  bool follows_outsider(StepId id) const {
    const auto& in = graph_.in[id.index()];
    return in.size() == 1 && process_.is_external(process_[graph_.from(in.front())]);
  }

  bool is_brought(StepId id) const {
    const std::vector<DataId> facts = facts_needed(process_, process_[id]);
    return std::any_of(facts.begin(), facts.end(),
                       [&](DataId data) { return comes_from_outside(process_, makers_, data); });
  }

  const Process& process_;
  const FlowGraph& graph_;
  std::vector<std::vector<StepId>> makers_;  ///< by DataId
  std::vector<bool> cyclic_;
};

void report_form(const AuditInput& input, StepId id, const std::vector<StepId>& filled_in,
                 AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[id]);
  const std::string form = step_names(process, filled_in);
  Finding& finding = report.add(
      id, fmt::format("{} sees to what the form of {} could have asked for", name, form));
  finding.steps.insert(finding.steps.end(), filled_in.begin(), filled_in.end());
  finding.improvement = Improvement::standard_form;
  finding.evidence.push_back(
      {fmt::format("it looks only at what {} made, which is done by others", form),
       Basis::structure});
  for (const StepId step : finding.steps) {
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
  finding.against =
      "Whoever fills in the form may not know what is asked for: then a list to choose from helps, "
      "and one more field does not.";
  finding.change.summary = fmt::format(
      "Note for a week what {} adds or corrects, and let the form ask for it: mandatory fields, "
      "lists to choose from, and no sending before all is there.",
      name);
}

void report_counter(const AuditInput& input, const std::vector<StepId>& row, AuditReport& report) {
  const Process& process = input.process;
  const StepId before = input.graph.from(input.graph.in[row.front().index()].front());
  Finding& finding = report.add(
      row.front(), fmt::format("{} could be done by whoever brings it: {} types it in for {}",
                               step_names(process, row), quoted_role(process, process[row.front()]),
                               quoted_role(process, process[before])));
  finding.steps = row;
  finding.improvement = Improvement::self_service;
  finding.evidence.push_back(
      {fmt::format("it follows {}, is done in a row by one role, and what it begins with comes "
                   "from outside",
                   quoted(process[before])),
       Basis::structure});
  for (const StepId step : row) {
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
  finding.against =
      "Some people want or need to be helped: keep somebody for them. What is typed in by those "
      "who know it has fewer mistakes only where the form checks it at once.";
  finding.change.summary =
      "Ask how many could enter it themselves, before they come or on a device at the place, in a "
      "form that takes only what is complete.";
}

void check(const AuditInput& input, AuditReport& report) {
  const Search search(input);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const std::vector<StepId> filled_in = search.form_behind(StepId(i));
    if (!filled_in.empty()) report_form(input, StepId(i), filled_in, report);
    const std::vector<StepId> row = search.counter_from(StepId(i));
    if (!row.empty()) report_counter(input, row, report);
  }
}

}  // namespace

constinit const Heuristic heuristics::form_asks_too_little{
    .about = {.code = "A209",
              .name = "form-asks-too-little",
              .level = Level::info,
              .summary = "what a form at the entrance could ask for is added or typed in later",
              .what = "A task of ours, done by hand, that says it looks whether all is there or "
                      "right in form (编码, 齐全, completeness, codes …), at nothing but what a "
                      "step at the entrance made, which another role does. And a row of tasks of "
                      "one role of ours, right behind a step of an external role, that begins "
                      "with what comes from outside and in which something is typed into a "
                      "system, with no script for a talk. A check that sends cases back is a loop "
                      "and reported as such "
                      "(A401).",
              .why = "What is missing is known best, and soonest, by whoever fills in the form "
                     "(Reijers and Liman Mansar 2005: control relocation, interfacing).",
              .example = R"([map]
[roles.shop]
name = "店铺运营"
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.request]
name = "补发申请"
[data.code]
name = "商品编码"
[[step]]
id = "begin"
name = "发现漏发"
kind = "start"
next = "write"
[[step]]
id = "write"
name = "写补发申请"
role = "shop"
makes = ["request"]
time = "5m"
next = "codes"
[[step]]
id = "codes"
name = "补全商品编码"
role = "agent"
system = "oms"
needs = ["request"]
makes = ["code"]
time = "6m"
wait = "2h"
next = "send"
[[step]]
id = "send"
name = "安排补发"
role = "agent"
system = "oms"
needs = ["request", "code"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.shop]
name = "店铺运营"
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.request]
name = "补发申请"
[[step]]
id = "begin"
name = "发现漏发"
kind = "start"
next = "write"
[[step]]
id = "write"
name = "写补发申请并选商品编码"
role = "shop"
system = "oms"
makes = ["request"]
time = "6m"
next = "send"
[[step]]
id = "send"
name = "安排补发"
role = "agent"
system = "oms"
needs = ["request"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::standard_form, Improvement::self_service}},
    .check = check};

}  // namespace gemba::inline audit
