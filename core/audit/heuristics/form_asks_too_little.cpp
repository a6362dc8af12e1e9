#include <fmt/format.h>

#include <algorithm>

#include "core/audit/data_origin.h"
#include "core/audit/heuristic.h"
#include "core/audit/own_work.h"
#include "core/audit/self_service.h"
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
    if (!by_hand(id) || cyclic_[id.index()] || !is_intake_check(step)) return {};
    const std::vector<DataId> facts = facts_needed(process_, step);
    std::vector<StepId> filled_in;
    for (const DataId data : facts) {
      if (makers_[data.index()].empty()) {
        const std::optional<StepId> start = start_of(bringer(process_, data));
        if (!start) return {};
        filled_in.push_back(*start);
      }
      for (const StepId maker : makers_[data.index()]) {
        if (!is_entrance(maker) || process_[maker].role == step.role) return {};
        filled_in.push_back(maker);
      }
    }
    std::sort(filled_in.begin(), filled_in.end());
    filled_in.erase(std::unique(filled_in.begin(), filled_in.end()), filled_in.end());
    return filled_in;
  }

 private:
  /// 收件审核 takes papers in and looks at them.
  static bool is_intake_check(const Step& step) {
    return says(step, Saying::completeness) || (says(step, Saying::intake) && says_check(step));
  }

  /// Where a role outside begins; none when it does not.
  std::optional<StepId> start_of(std::optional<RoleId> role) const {
    const auto start = std::find_if(graph_.starts.begin(), graph_.starts.end(), [&](StepId step) {
      return role && process_[step].role == role;
    });
    return start == graph_.starts.end() ? std::nullopt : std::optional(*start);
  }

  /// Whether the step needs nothing that another of ours has made.
  bool is_entrance(StepId id) const {
    const Step& step = process_[id];
    return step.kind == StepKind::task &&
           std::all_of(step.needs.begin(), step.needs.end(),
                       [&](const DataUse& use) { return makers_[use.data.index()].empty(); });
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
  const bool at_start = process[filled_in.front()].kind == StepKind::start;
  const std::string who = quoted_role(process, process[filled_in.front()]);
  Finding& finding = report.add(
      id, at_start
              ? fmt::format("{} looks for what {} could have been asked for before", name, who)
              : fmt::format("{} sees to what the form of {} could have asked for", name, form));
  finding.steps.insert(finding.steps.end(), filled_in.begin(), filled_in.end());
  finding.improvement = Improvement::standard_form;
  finding.evidence.push_back(
      {at_start ? fmt::format("it looks only at what {} brings", who)
                : fmt::format("it looks only at what {} made, which is done by others", form),
       Basis::structure});
  for (const StepId step : finding.steps) {
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
  finding.against =
      "Whoever fills in the form may not know what is asked for: then a list to choose from helps, "
      "and one more field does not.";
  finding.change.summary = fmt::format(
      "Note for a week what {} adds, corrects or misses, and let the form ask for it: mandatory "
      "fields, lists to choose from, and no way to send it before all is there.",
      name);
}

void report_typing(const AuditInput& input, const Desk& desk, AuditReport& report) {
  const Process& process = input.process;
  const std::string who = quoted_role(process, process[desk.outside]);
  const std::string what = step_names(process, desk.steps);
  const std::string ours = quoted_role(process, process[desk.steps.front()]);
  Finding& finding = report.add(
      desk.steps.front(),
      desk.entered
          ? fmt::format("{} types in at {} what {} has entered before", ours, what, who)
          : fmt::format("{} types in at {} what {} may be able to enter alone", ours, what, who));
  finding.steps = desk.steps;
  finding.improvement = desk.entered ? Improvement::enter_once : Improvement::self_service;
  finding.evidence.push_back(
      {fmt::format("it follows {} directly, and works on what comes from outside",
                   quoted(process[desk.outside])),
       Basis::structure});
  for (const StepId step : desk.steps) {
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
  finding.against =
      "Some people want or need to be helped: keep somebody for them. What is typed in by those "
      "who know it has fewer mistakes only where the form checks it at once.";
  finding.change.summary =
      desk.entered ? fmt::format(
                         "Ask what keeps {} from going straight into the system, and let the form "
                         "ask for all that {} adds.",
                         quoted(process[desk.outside]), ours)
                   : fmt::format(
                         "Ask how many of {} could enter it themselves, in a form that takes only "
                         "what is complete and has filled in what we know already.",
                         who);
}

void check(const AuditInput& input, AuditReport& report) {
  const Search search(input);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const std::vector<StepId> filled_in = search.form_behind(StepId(i));
    if (!filled_in.empty()) report_form(input, StepId(i), filled_in, report);
  }
  // Who comes in person is told so with her way (A308).
  for (const Desk& desk : desks(input)) {
    if (!desk.comes) report_typing(input, desk, report);
  }
}

}  // namespace

constinit const Heuristic heuristics::form_asks_too_little{
    .about =
        {.code = "A209",
         .name = "form-asks-too-little",
         .level = Level::info,
         .summary = "what a form at the entrance could ask for is added or typed in later",
         .what = "A task of ours, done by hand, that says it looks whether all is there or "
                 "right in form (编码, 齐全, 收件审核, completeness, codes …), at nothing but what "
                 "a step at the entrance made, which another role does, or an external "
                 "role brings. And tasks of one role "
                 "of ours, right behind a step of an external role, that type or book in a "
                 "system what comes from outside, with no talk (a script, value = "
                 "\"customer\"), no judgement, no payment and nothing to carry. Where she "
                 "comes in person, A308 speaks of it. A check that sends cases back is a loop "
                 "and reported as such (A401).",
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
         .improvements = {Improvement::standard_form, Improvement::self_service,
                          Improvement::enter_once}},
    .check = check};

}  // namespace gemba::inline audit
