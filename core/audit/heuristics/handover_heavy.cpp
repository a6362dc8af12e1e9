#include <fmt/format.h>

#include <algorithm>

#include "core/audit/handover_chains.h"
#include "core/audit/heuristic.h"
#include "core/audit/wording.h"
#include "core/estimate/handovers.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// Whether a chain of hand-overs is reported by itself, with the times between.
bool is_told_by_chain(const AuditInput& input) {
  const std::vector<HandoverChain> chains = handover_chains(input);
  return std::any_of(chains.begin(), chains.end(), [&](const HandoverChain& chain) {
    return is_passed_along(input, chain, least_waiting_share);
  });
}

/// The most frequent ones, with the steps at which they happen.
void add_rates(const Process& process, const std::vector<HandoverRate>& handovers, Basis basis,
               Finding& finding) {
  constexpr std::size_t most = 5;
  for (std::size_t i = 0; i < std::min(most, handovers.size()); ++i) {
    const auto& [from, to, per_case, steps] = handovers[i];
    finding.evidence.push_back(
        {fmt::format("from '{}' to '{}' {} times per 100 cases",
                     process.definitions[RoleId(from)].name, process.definitions[RoleId(to)].name,
                     decimal(per_case * 100, 0)),
         basis});
    for (const StepId step : steps) {
      if (std::find(finding.steps.begin(), finding.steps.end(), step) == finding.steps.end())
        finding.steps.push_back(step);
    }
  }
}

void check(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const double handovers_per_case = input.expected.handovers;
  if (handovers_per_case < report.parameter("handovers") - 1e-9) return;
  const double seconds =
      (input.expected.work_seconds + input.expected.processing_seconds) / handovers_per_case;
  if (seconds > report.parameter("minutes") * 60 || is_told_by_chain(input)) return;
  std::vector<HandoverRate> handovers =
      handovers_of(input.graph, input.expected.visits, role_hands(process));
  std::stable_sort(
      handovers.begin(), handovers.end(),
      [](const HandoverRate& a, const HandoverRate& b) { return a.per_case > b.per_case; });
  Finding& finding = report.add(
      fmt::format("a case changes hands {} times on average", decimal(handovers_per_case)));
  const Basis basis = input.profile == nullptr ? Basis::declared : Basis::log;
  // How often is a fact only in a log, and whether one could do it all is for the owner to say.
  if (input.profile == nullptr) only_ask(finding);
  if (seconds > 0) {
    finding.evidence.push_back(
        {fmt::format("{} of work between two of them", humane_seconds(seconds)), basis});
  }
  add_rates(process, handovers, basis, finding);
  finding.against =
      "Some changes of hands are wanted: who pays must not be who asks for the money. Begin with "
      "those where the next one only reads what the one before knows.";
  finding.change.summary =
      "Ask at which of these the next one adds something that the one before could not. Let the "
      "first who takes a case keep it to its end, and bring others in without handing it "
      "over; give that role the rights and limits it lacks for it.";
}

constexpr Parameter parameters[] = {
    {"handovers", 4, "least changes of hands per case that are reported"},
    {"minutes", 8, "most work between two of them: above, the pieces are worth handing over"},
};

}  // namespace

constinit const Heuristic heuristics::handover_heavy{
    .about = {.code = "A302",
              .name = "handover-heavy",
              .level = Level::warning,
              .summary = "a case changes hands many times, and nobody owns it",
              .what =
                  "A process in which a case goes from one role of ours to another four "
                  "times or more, on average, with at most 8 minutes of work between two "
                  "changes of hands; steps of external roles and of nobody leave it with "
                  "whom it was. The most frequent changes are listed. A process in which "
                  "they take most of the time is told by passed-along (A305) instead. A question "
                  "(info) without a log.",
              .why = "At every change of hands a case waits, something is told once more, and "
                     "nobody feels responsible for the whole. Shops that let the first contact "
                     "own a case to its end (首问负责制) have fewer repeated contacts.",
              .example = R"([map]
[roles.agent]
name = "客服"
[roles.lead]
name = "组长"
[roles.finance]
name = "财务"
[[step]]
id = "apply"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记"
role = "agent"
next = "assign"
[[step]]
id = "assign"
name = "派单"
role = "lead"
next = "calculate"
[[step]]
id = "calculate"
name = "核算"
role = "agent"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
role = "agent"
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
[[step]]
id = "apply"
kind = "start"
next = "register"
[[step]]
id = "register"
name = "登记"
role = "agent"
next = "calculate"
[[step]]
id = "calculate"
name = "核算"
role = "agent"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::case_manager}},
    .check = check};

}  // namespace gemba::inline audit
