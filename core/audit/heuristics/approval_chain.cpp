#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/audit/approval_chains.h"
#include "core/audit/authority_split.h"
#include "core/audit/heuristic.h"
#include "core/audit/patch.h"
#include "core/audit/role_names.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"

namespace gemba::inline audit {
namespace {

/// What an approver of a chain is good for, and what it costs.
struct Approver {
  StepId step;
  Outcome outcome;
  double refused = 0;   ///< of the cases that come to it, 0 to 1
  bool counted = true;  ///< it cannot refuse, or somebody has counted how often it does
  double hours = 0;     ///< that a case is held at it

  double refused_per_hour() const { return hours > 0 ? refused / hours : refused * 1e9; }
};

/// In the order in which they can best be done without: what cannot refuse first, and of those what
/// holds cases longest. Whose refusals nobody has counted comes last.
std::vector<Approver> by_use(const AuditInput& input, const std::vector<StepId>& chain) {
  std::vector<Approver> approvers;
  for (const StepId step : chain) {
    Approver each{
        .step = step,
        .outcome = approval_outcome(input.process, input.graph, input.expected.visits, step)};
    const StepFigures& figures = input.expected.steps[step.index()];
    each.hours = (figures.waiting + figures.work) / 3600;
    each.counted = each.outcome.refuse.empty() || each.outcome.pass_share.has_value();
    if (!each.outcome.refuse.empty()) each.refused = 1 - each.outcome.pass_share.value_or(1);
    approvers.push_back(std::move(each));
  }
  std::stable_sort(approvers.begin(), approvers.end(), [](const Approver& a, const Approver& b) {
    const auto key = [](const Approver& each) {
      return std::tuple(!each.counted, each.refused_per_hour(), -each.hours);
    };
    return key(a) < key(b);
  });
  return approvers;
}

/// `'A', 'B' and 'C' decide the same 'refund'`.
std::string subject(const AuditInput& input, const std::vector<StepId>& chain) {
  std::vector<std::string> names;
  for (const StepId step : chain) names.push_back(quoted(input.process[step]));
  const auto& action = input.process[chain.front()].approves;
  return fmt::format(
      "{} {} one after the other", listed(names),
      action ? fmt::format("decide the same '{}'", action->text) : std::string("approve the same"));
}

Finding& add_chain(const AuditInput& input, const std::vector<StepId>& chain, std::string title,
                   AuditReport& report) {
  Finding& finding = report.add(chain.front(), std::move(title));
  finding.steps = chain;
  finding.evidence.push_back(
      {"nothing is done between them, and what passes one always comes to the next",
       Basis::structure});
  for (const StepId step : chain) {
    add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
  return finding;
}

void take_out(const Approver& approver, Edit& edit) {
  edit.removed.push_back(approver.step);
  edit.closed.insert(edit.closed.end(), approver.outcome.refuse.begin(),
                     approver.outcome.refuse.end());
}

std::string use_text(const AuditInput& input, const Approver& each) {
  const std::string name = quoted(input.process[each.step]);
  if (each.outcome.refuse.empty()) return name + " has no way to refuse";
  if (!each.counted) return fmt::format("nobody has counted what {} refuses", name);
  return fmt::format("{} refuses {} of 100 cases, {} for every 100 hours that it holds them", name,
                     decimal(each.refused * 100), decimal(each.refused_per_hour() * 100, 2));
}

/// `without 'A' a case is 2h shorter, without 'B' as well another 1d`.
std::string marginal_gains(const AuditInput& input, const std::vector<Approver>& order,
                           std::size_t count) {
  std::string text;
  Edit edit;
  double before = input.expected.cycle_seconds;
  for (std::size_t i = 0; i < count; ++i) {
    take_out(order[i], edit);
    const double after =
        expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
    const std::string name = quoted(input.process[order[i].step]);
    const std::string saved = humane_seconds(before - after);
    text += i == 0 ? fmt::format("without {} a case is {} shorter", name, saved)
                   : fmt::format(", without {} as well another {}", name, saved);
    before = after;
  }
  return text;
}

std::string against(const AuditInput& input, const std::vector<Approver>& order, std::size_t out) {
  std::string text =
      "Who decides is the owner's choice, and two pairs of eyes may be required by law or by the "
      "auditors: ask first.";
  for (std::size_t i = 0; i < out; ++i) {
    if (order[i].refused <= 0) continue;
    text += fmt::format(" {} refuses {} of 100 cases: find out whether those who stay would have.",
                        quoted(input.process[order[i].step]), decimal(order[i].refused * 100));
  }
  return text;
}

/// Says which of those who stay have subjects of their own, so that neither has to wait for the
/// other.
std::string side_by_side(const AuditInput& input, const std::vector<StepId>& chain,
                         const std::vector<StepId>& staying) {
  std::vector<std::string> names;
  std::optional<StepId> previous;
  for (const StepId step : chain) {
    if (std::find(staying.begin(), staying.end(), step) == staying.end()) continue;
    if (previous && !are_levels(input.process, input.process[*previous], input.process[step])) {
      if (names.empty()) names.push_back(quoted(input.process[*previous]));
      names.push_back(quoted(input.process[step]));
    } else if (names.size() > 1) {
      break;
    }
    previous = step;
  }
  if (names.empty()) return {};
  return fmt::format(
      " As an option, let {} decide at the same time: each looks at a case for reasons of its own.",
      listed(names, 4));
}

/// How many of the first can go: at least one approver stays.
std::size_t count_needless(const std::vector<Approver>& order, double least_refused) {
  const auto needed = std::find_if(order.begin(), order.end(), [&](const Approver& each) {
    return !each.counted || each.refused >= least_refused - 1e-9;
  });
  // Where none of them can refuse, nothing says who is needed: half of them go.
  const bool unknown = std::all_of(
      order.begin(), order.end(), [](const Approver& each) { return each.outcome.refuse.empty(); });
  const std::size_t most = unknown ? order.size() / 2 : order.size() - 1;
  return std::min(static_cast<std::size_t>(needed - order.begin()), most);
}

void report_chain(const AuditInput& input, const std::vector<StepId>& chain, AuditReport& report) {
  const std::vector<Approver> order = by_use(input, chain);
  const std::size_t out = count_needless(order, report.parameter("refused"));
  Finding& finding = add_chain(input, chain, subject(input, chain), report);
  for (const Approver& each : order) {
    finding.evidence.push_back(
        {use_text(input, each), each.outcome.measured ? Basis::log : Basis::declared});
  }
  finding.against = against(input, order, out);
  Change& change = finding.change;
  if (out == 0) {
    finding.level = Level::info;
    change.summary =
        "Count for a month what each of them refuses that the others let pass, and take out "
        "whoever "
        "finds nothing of its own.";
    return;
  }
  if (input.expected.cycle_seconds > 0)
    finding.evidence.push_back({marginal_gains(input, order, out),
                                input.profile != nullptr ? Basis::log : Basis::declared});
  std::vector<std::string> going, staying;
  for (std::size_t i = 0; i < order.size(); ++i) {
    (i < out ? going : staying).push_back(quoted(input.process[order[i].step]));
    if (i < out)
      take_out(order[i], change.edit);
    else
      change.edit.kept.push_back(order[i].step);
  }
  change.summary = fmt::format("Take out {}{}, and let {} decide.{}", listed(going),
                               out > 1 ? ", in this order" : "", listed(staying),
                               side_by_side(input, chain, change.edit.kept));
  change.patch = bypass_patch(input.process, change.edit.removed, change.edit.closed);
}

std::string split_summary(const AuditInput& input, const AuthoritySplit& split) {
  const Process& process = input.process;
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < split.bands.size(); ++i) {
    const AuthorityBand& band = split.bands[i];
    const bool last = i + 1 == split.bands.size();
    parts.push_back(
        quoted(process[band.approver]) +
        (last ? std::string(" what is above") : fmt::format(" up to {}", decimal(band.up_to, 2))));
  }
  if (split.bands.size() == 1) {
    return fmt::format("Let {} decide alone: all that comes here is within its authority.",
                       quoted(process[split.bands.front().approver]));
  }
  return fmt::format("Let '{}' say who decides, once: {}.", process.definitions[split.amount].name,
                     listed(parts));
}

void add_band_evidence(const AuditInput& input, const AuthoritySplit& split, Finding& finding) {
  const Process& process = input.process;
  for (const AuthorityBand& band : split.bands) {
    const std::string role = quoted_role(process, process[band.approver]);
    const std::string& action = process[band.approver].approves->text;
    finding.evidence.push_back(
        {std::isinf(band.up_to)
             ? fmt::format("{} may decide every '{}'", role, action)
             : fmt::format("{} may decide '{}' up to {}", role, action, decimal(band.up_to, 2)),
         Basis::declared});
  }
  if (split.bands.size() < 2) return;
  std::vector<std::string> parts;
  for (const AuthorityBand& band : split.bands)
    parts.push_back(fmt::format("{} for {}", percent(band.part), quoted(process[band.approver])));
  finding.evidence.push_back(
      {split.counted
           ? fmt::format("by the amounts in the log that leaves {}", listed(parts))
           : std::string("nobody says how many cases are of which amount: the saving is "
                         "computed as if they were as many for each; a log (--log) tells"),
       split.counted ? Basis::log : Basis::structure});
}

void report_split(const AuditInput& input, const std::vector<StepId>& chain,
                  const AuthoritySplit& split, AuditReport& report) {
  Finding& finding =
      add_chain(input, chain, subject(input, chain) + ", whatever the amount", report);
  finding.improvement =
      split.bands.size() > 1 ? Improvement::raise_threshold : Improvement::delegate_approval;
  add_band_evidence(input, split, finding);
  finding.against =
      "Amounts move when a limit is known: look after a month whether they gather just below it. "
      "Two pairs of eyes may be required by law or by the auditors: ask first.";
  Change& change = finding.change;
  change.summary = split_summary(input, split);
  for (const Approver& each : by_use(input, chain)) {
    const auto band = std::find_if(split.bands.begin(), split.bands.end(),
                                   [&](const auto& one) { return one.approver == each.step; });
    if (band == split.bands.end()) {
      take_out(each, change.edit);
    } else {
      change.edit.kept.push_back(each.step);
      if (band->part < 1) change.edit.fewer.emplace_back(each.step, band->part);
    }
  }
  change.patch = split.bands.size() > 1
                     ? split_patch(input, chain, split)
                     : bypass_patch(input.process, change.edit.removed, change.edit.closed);
}

void check(const AuditInput& input, AuditReport& report) {
  for (const std::vector<StepId>& chain : approval_chains(input)) {
    if (const auto split = split_by_authority(input, chain)) {
      report_split(input, chain, *split, report);
    } else {
      report_chain(input, chain, report);
    }
  }
}

constexpr Parameter parameters[] = {
    {"refused", 0.03, "an approver that refuses at least this share of its cases stays, 0 to 1"},
};

}  // namespace

constinit const Heuristic heuristics::approval_chain{
    .about = {.code = "A103",
              .name = "approval-chain",
              .level = Level::warning,
              .summary = "several approvals of one action in a row, where one would do",
              .what =
                  "Approvals of the same action and amount (or, where none names an action, with a "
                  "common datum before them) that follow each other with "
                  "nothing but gateways, waiting and notices between, and where whatever "
                  "passes the first always comes to the next. Where the authority table "
                  "limits what each may decide and an approval names the amount, the change "
                  "is the split by these limits; else the order in which to take approvers "
                  "out: first those that cannot refuse, then those that refuse least for the "
                  "hours that cases wait for them. Approvers that refuse at least 3 % stay; those "
                  "of them who look at a case for reasons of their own may do so at the same time.",
              .why = "Each signature adds a queue, not a judgement: the first relies on the "
                     "second and the second on the first, and nobody looks.",
              .example = R"([map]
[roles.lead]
name = "组长"
reports_to = "manager"
[roles.manager]
name = "经理"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "lead_ok"
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
wait = "2h"
next = [{ to = "manager_ok", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "manager_ok"
name = "经理审批"
kind = "approval"
role = "manager"
approves = "refund"
wait = "1d"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.lead]
name = "组长"
reports_to = "manager"
[roles.manager]
name = "经理"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "limit"
[[step]]
id = "limit"
name = "超过 300 元?"
kind = "decision"
next = [{ to = "lead_ok", when = "否" }, { to = "manager_ok", when = "是" }]
[[step]]
id = "lead_ok"
name = "组长审批"
kind = "approval"
role = "lead"
approves = "refund"
wait = "2h"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "manager_ok"
name = "经理审批"
kind = "approval"
role = "manager"
approves = "refund"
wait = "1d"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
name = "退款"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::eliminate_approval, Improvement::raise_threshold,
                               Improvement::delegate_approval}},
    .check = check};

}  // namespace gemba::inline audit
