#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/data_origin.h"
#include "core/audit/heuristic.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/patch.h"
#include "core/audit/repeated_entry.h"
#include "core/audit/rule_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"
#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array judging = {"审"sv,     "核"sv,       "评"sv,      "分析"sv,
                                "判"sv,     "analyse"sv,  "analyze"sv, "assess"sv,
                                "decide"sv, "evaluate"sv, "judge"sv};

/// A step that only moves what is there, and who gets it.
struct Errand {
  StepId step;
  std::vector<StepId> users;  ///< of what it makes; of what it moves, when it makes nothing
  bool certain = false;
};

class Search {
 public:
  explicit Search(const AuditInput& input)
      : process_(input.process),
        graph_(input.graph),
        needed_by_(input.process.definitions.data.size()),
        counted_(input.process.steps.size(), false),
        entered_again_(enters_again(input)),
        names_systems_(std::any_of(process_.steps.begin(), process_.steps.end(),
                                   [](const Step& step) { return step.system.has_value(); })) {
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      for (const DataUse& use : process_.steps[i].needs)
        needed_by_[use.data.index()].push_back(StepId(i));
    }
    for (const Kpi& kpi : process_.kpis) count(kpi);
  }

  std::optional<Errand> errand_at(StepId id) const {
    const Step& step = process_[id];
    if (!may_be_errand(id)) return std::nullopt;
    const bool carries = says(step, Saying::carrying);
    const bool files = says(step, Saying::filing);
    const bool writes_paper = says(step, Saying::paper);
    if ((!carries && !files && !writes_paper) || does_more(step)) return std::nullopt;
    Errand errand{id, step.makes.empty() ? next_users(id) : users_of_output(id), false};
    if (errand.users.empty()) return std::nullopt;
    // Steps in a system hand on by a click; what they print or file there somebody may look up.
    if (step.makes.empty() && (step.system || !carries)) return std::nullopt;
    for (const StepId user : errand.users) {
      if (!is_inside(user)) return std::nullopt;
    }
    errand.certain = carries && !step.system && facts_needed(process_, step).size() == 1 &&
                     step.makes.size() <= 1 && (names_systems_ || !step.makes.empty());
    return errand;
  }

 private:
  void count(const Kpi& kpi) {
    if (kpi.from) counted_[kpi.from->index()] = true;
    if (kpi.to) counted_[kpi.to->index()] = true;
    for (const StepId step : kpi.with) counted_[step.index()] = true;
    for (const StepId step : kpi.without) counted_[step.index()] = true;
  }

  bool may_be_errand(StepId id) const {
    const Step& step = process_[id];
    if (step.kind != StepKind::task || !is_own_work(process_, id)) return false;
    if (step.automation == Automation::automatic || step.needs.empty()) return false;
    if (step.value != Value::unset || step.sla || !step.script.empty()) return false;
    if (counted_[id.index()] || entered_again_[id.index()]) return false;
    return graph_.out[id.index()].size() == 1 && !meets_outsiders(id);
  }

  /// "Copy the ticket and analyse it": whether the name goes on with other work.
  static bool does_more(const Step& step) {
    constexpr std::string_view links[] = {" and ", "并"};
    for (const std::string_view link : links) {
      const std::size_t at = step.name.find(link);
      if (at == std::string::npos) continue;
      Step rest;
      rest.name = step.name.substr(at + link.size());
      const bool judges = named_work(rest) == NamedWork::check || says_any(rest.name, judging);
      if (judges) return true;
    }
    return false;
  }

  /// "Send the report to the customer": whether the name has somebody outside.
  bool names_outsiders(const Step& step) const {
    const auto& roles = process_.definitions.roles;
    const std::string name = ascii_lower(step.name);
    return std::any_of(roles.begin(), roles.end(), [&](const Role& role) {
      return role.external && name.find(ascii_lower(role.name)) != std::string::npos;
    });
  }

  /// Whether somebody outside gets what it prints or brings.
  bool meets_outsiders(StepId id) const {
    const Step& step = process_[id];
    if (names_outsiders(step)) return true;
    if (!step.makes.empty() && !says(step, Saying::filing)) return false;
    const std::vector<StepId> next = steps_after(process_, graph_, id);
    return std::any_of(next.begin(), next.end(),
                       [&](StepId each) { return process_.is_external(process_[each]); });
  }

  std::vector<StepId> users_of_output(StepId id) const {
    std::vector<StepId> users;
    for (const DataUse& use : process_[id].makes) {
      for (const StepId step : needed_by_[use.data.index()]) {
        if (step != id) users.push_back(step);
      }
    }
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    return users;
  }

  /// The next steps, when they work with what is carried to them.
  std::vector<StepId> next_users(StepId id) const {
    const std::vector<DataId> moved = facts_needed(process_, process_[id]);
    std::vector<StepId> users = steps_after(process_, graph_, id);
    std::erase_if(users, [&](StepId step) {
      return common(moved, facts_needed(process_, process_[step])).empty();
    });
    return users;
  }

  /// Whether a user of ours can look at the original; what tells or serves somebody needs its own.
  bool is_inside(StepId user) const {
    const Step& step = process_[user];
    if (process_.is_external(step) || step.kind == StepKind::notify) return false;
    return step.value != Value::customer;
  }

  const Process& process_;
  const FlowGraph& graph_;
  std::vector<std::vector<StepId>> needed_by_;  ///< by DataId
  std::vector<bool> counted_;                   ///< by StepId: a KPI counts on it
  std::vector<bool> entered_again_;             ///< by StepId: A206 speaks of it
  bool names_systems_;                          ///< no system means paper
};

std::string title_of(const Process& process, const Errand& errand) {
  const Step& step = process[errand.step];
  std::vector<std::string> users;
  for (const StepId user : errand.users) users.push_back(quoted(process[user]));
  std::vector<std::string> moved;
  for (const DataUse& use : step.needs)
    moved.push_back("'" + process.definitions[use.data].name + "'");
  return fmt::format("{} {} {} to {}{}", quoted(step),
                     errand.certain ? "only brings" : "seems to do no more than bring",
                     listed(moved, 3), listed(users, 3),
                     errand.certain ? ", and changes nothing in it" : "");
}

void add_evidence(const AuditInput& input, const Errand& errand, Finding& finding) {
  const Process& process = input.process;
  const Step& step = process[errand.step];
  std::vector<std::string> made;
  for (const DataUse& use : step.makes)
    made.push_back("'" + process.definitions[use.data].name + "'");
  finding.evidence.push_back(
      {made.empty() ? std::string("it makes nothing, and what follows needs what it needed")
                    : fmt::format("{} is used by steps of ours only", listed(made)),
       Basis::structure});
  if (!step.system) finding.evidence.push_back({"it is done in no system", Basis::structure});
  add_time_evidence(input, errand.step, finding);
  add_pain_evidence(input, errand.step, finding);
}

void report_errand(const AuditInput& input, const Errand& errand, AuditReport& report) {
  const Process& process = input.process;
  const std::string name = quoted(process[errand.step]);
  Finding& finding = report.add(errand.step, title_of(process, errand));
  add_evidence(input, errand, finding);
  finding.against =
      "A paper that travels may be what tells the next in line that there is something to do, or "
      "a record that the law wants kept. See that both still happen without it.";
  Change& change = finding.change;
  if (!errand.certain) {
    finding.level = std::min(finding.level, Level::info);
    change.summary = fmt::format(
        "Ask whether those who get it could look at the original instead of waiting for {}.", name);
    return;
  }
  change.summary =
      fmt::format("Take out {}; let those who get it look at the original in one place.", name);
  change.edit.removed = {errand.step};
  if (process[errand.step].makes.empty()) {
    change.patch = bypass_patch(process, change.edit.removed, {});
  }
}

void check(const AuditInput& input, AuditReport& report) {
  const Search search(input);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (const auto errand = search.errand_at(StepId(i))) report_errand(input, *errand, report);
  }
}

}  // namespace

constinit const Heuristic heuristics::carrying_and_copying{
    .about = {.code = "A207",
              .name = "carrying-and-copying",
              .level = Level::warning,
              .summary = "a step only carries or copies what others could look at",
              .what = "A task of ours, done by hand and in no system, whose name says that "
                      "something is carried, copied or passed on, that needs one datum and makes "
                      "nothing (what follows needs the same) or one other datum, which only "
                      "steps of ours use. As info: the same in a system, of several data, or "
                      "without a datum of its own in a document that names no systems, what "
                      "is printed or filed for use by us, and papers that only go with a case "
                      "(交接单, assignment paperwork). Left out: what a customer or a notice "
                      "gets, goods, steps with a stated value, a script, an SLA or a KPI, and "
                      "what nobody uses at all (A203).",
              .why = "Paper has to be brought to whoever needs it; a record that all can see need "
                     "not be (Reijers and Liman Mansar 2005: integral technology, task "
                     "elimination).",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[data.request]
name = "退款申请单"
[data.copy]
name = "申请单复印件"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "write"
[[step]]
id = "write"
name = "开退款申请单"
role = "agent"
makes = ["request"]
time = "3m"
next = "copy"
[[step]]
id = "copy"
name = "复印申请单交财务"
role = "agent"
needs = ["request"]
makes = ["copy"]
time = "5m"
next = "pay"
[[step]]
id = "pay"
name = "按复印件打款"
role = "finance"
needs = ["copy"]
time = "3m"
wait = "4h"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[roles.finance]
name = "财务"
[systems.oms]
name = "订单系统"
[data.request]
name = "退款申请单"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "write"
[[step]]
id = "write"
name = "开退款申请单"
role = "agent"
system = "oms"
makes = ["request"]
time = "3m"
next = "pay"
[[step]]
id = "pay"
name = "按申请单打款"
role = "finance"
system = "oms"
needs = ["request"]
time = "3m"
wait = "4h"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::eliminate_step, Improvement::information_sharing}},
    .check = check};

}  // namespace gemba::inline audit
