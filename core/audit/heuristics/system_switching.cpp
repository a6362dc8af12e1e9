#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/audit/wording.h"
#include "core/estimate/handovers.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

/// A system and how often a case is worked on in it.
struct Use {
  SystemId system;
  double per_case = 0;
};

std::vector<Use> uses_of(const AuditInput& input, const Hands& hands) {
  std::vector<Use> uses;
  for (std::size_t i = 0; i < input.process.definitions.systems.size(); ++i)
    uses.push_back({SystemId(i), 0});
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (hands[i]) uses[*hands[i]].per_case += input.expected.visits.steps[i];
  }
  std::stable_sort(uses.begin(), uses.end(),
                   [](const Use& a, const Use& b) { return a.per_case > b.per_case; });
  while (!uses.empty() && uses.back().per_case <= 0) uses.pop_back();
  return uses;
}

void check(const AuditInput& input, AuditReport& report) {
  const double switches = input.expected.system_switches;
  if (switches < report.parameter("switches") - 1e-9) return;
  const double seconds =
      (input.expected.work_seconds + input.expected.processing_seconds) / switches;
  if (seconds > report.parameter("minutes") * 60) return;
  const Hands hands = system_hands(input.process);
  const std::vector<Use> uses = uses_of(input, hands);
  Finding& finding =
      report.add(fmt::format("a case is worked on in {} systems and switches between them {} times",
                             uses.size(), decimal(switches)));
  std::vector<std::string> parts;
  for (const auto& [system, per_case] : uses) {
    parts.push_back(
        fmt::format("{} to '{}'", decimal(per_case), input.process.definitions[system].name));
  }
  finding.evidence.push_back({"switches per case: " + listed(parts, 8),
                              input.profile == nullptr ? Basis::declared : Basis::log});
  if (seconds > 0) {
    finding.evidence.push_back(
        {fmt::format("{} of work between two switches", humane_seconds(seconds)),
         input.profile == nullptr ? Basis::declared : Basis::log});
  }
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (!hands[i] || input.expected.visits.steps[i] <= 0) continue;
    finding.steps.push_back(StepId(i));
    add_pain_evidence(input, StepId(i), finding);
  }
  finding.against =
      "Integration costs money and takes time. A template that fills in the number of the order, "
      "or both windows side by side, often gives most of the gain.";
  finding.change.summary =
      "Show in the system that people work in most what they now look up elsewhere, beginning with "
      "the switch that happens most often.";
}

constexpr Parameter parameters[] = {
    {"switches", 8, "least switches between systems per case that are reported"},
    {"minutes", 5, "most work between two of them: above, the switch hardly matters"},
};

}  // namespace

constinit const Heuristic heuristics::system_switching{
    .about = {.code = "A303",
              .name = "system-switching",
              .level = Level::warning,
              .summary = "people switch between systems many times per case",
              .what = "A process in which the system that our people work on a case in changes "
                      "eight times or more, on average, with at most 5 minutes of work between two "
                      "switches. Automatic steps do not count.",
              .why = "With every switch somebody copies a number, waits for a page and looks for "
                     "the place; each copy can go wrong.",
              .example = R"([map]
[systems.im]
name = "在线客服"
[systems.oms]
name = "订单系统"
[[step]]
id = "apply"
kind = "start"
next = "greet"
[[step]]
id = "greet"
name = "接待"
system = "im"
next = "look_up"
[[step]]
id = "look_up"
name = "查订单"
system = "oms"
next = "ask"
[[step]]
id = "ask"
name = "问照片"
system = "im"
next = "register"
[[step]]
id = "register"
name = "登记"
system = "oms"
next = "confirm"
[[step]]
id = "confirm"
name = "确认方案"
system = "im"
next = "pay"
[[step]]
id = "pay"
name = "打款"
system = "oms"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
system = "im"
next = "archive"
[[step]]
id = "archive"
name = "归档凭证"
system = "oms"
next = "survey"
[[step]]
id = "survey"
name = "回访"
system = "im"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[systems.im]
name = "在线客服"
[systems.oms]
name = "订单系统"
[[step]]
id = "apply"
kind = "start"
next = "greet"
[[step]]
id = "greet"
name = "接待并问清照片"
system = "im"
next = "register"
[[step]]
id = "register"
name = "查订单并登记"
system = "oms"
next = "confirm"
[[step]]
id = "confirm"
name = "确认方案"
system = "im"
next = "pay"
[[step]]
id = "pay"
name = "打款"
system = "oms"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::information_sharing}},
    .check = check};

}  // namespace gemba::inline audit
