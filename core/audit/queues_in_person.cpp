#include "core/audit/queues_in_person.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/customer_way.h"
#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array arriving = {"到院"sv,  "到店"sv,    "到场"sv,   "到达"sv,    "到柜"sv,
                                 "来院"sv,  "来店"sv,    "上门"sv,   "取号"sv,    "排队"sv,
                                 "进店"sv,  "就诊"sv,    "到窗口"sv, "arrive"sv,  "arrives"sv,
                                 "comes"sv, "walk in"sv, "walks"sv,  "arrival"sv, "check in"sv,
                                 "queue"sv, "enter"sv};
constexpr std::array told = {"叫号"sv,  "取号"sv,   "进度"sv,    "预计"sv,        "屏"sv,
                             "提醒"sv,  "ticket"sv, "display"sv, "screen"sv,      "remind"sv,
                             "track"sv, "status"sv, "sms"sv,     "waiting time"sv};

/// Whether somebody says of the step that she does not know how long she has to wait.
bool is_complained_of(const Process& process, StepId id, RoleId outside) {
  constexpr std::array asking = {"等"sv,   "多久"sv, "排队"sv,  "轮到"sv,   "叫号"sv,
                                 "wait"sv, "long"sv, "queue"sv, "my turn"sv};
  return std::any_of(process.pains.begin(), process.pains.end(), [&](const Pain& pain) {
    return pain.step == id && pain.from == outside && says_any(pain.text, asking);
  });
}

/// Whether cases wait there for some minutes and are met in person.
bool is_queue(const AuditInput& input, StepId id, RoleId outside, double least, bool here) {
  constexpr double longest = 6 * 3600;
  const Process& process = input.process;
  const Step& step = process[id];
  const double waiting = input.expected.steps[id.index()].waiting;
  if (!is_own_work(process, id) || step.automation == Automation::automatic) return false;
  if (waiting < least || waiting > longest || input.expected.visits.steps[id.index()] < 0.2)
    return false;
  const bool meets = step.value == Value::customer ||
                     names_a_window(process.definitions[*step.role].name) ||
                     is_complained_of(process, id, outside);
  return (here && meets) || is_complained_of(process, id, outside);
}

/// Whether a notice or a place to look tells those who wait.
bool is_told(const Process& process) {
  return std::any_of(process.steps.begin(), process.steps.end(), [&](const Step& step) {
    return step.kind != StepKind::start && says_any(step.name, told);
  });
}

void report_waiting(const AuditInput& input, StepId start, const std::vector<StepId>& queues,
                    double waiting, AuditReport& report) {
  const Process& process = input.process;
  const std::string who = quoted_role(process, process[start]);
  const std::string where = listed(quoted_names(process, queues), 4);
  Finding& finding =
      report.add(queues.front(), fmt::format("{} waits here {} for {}, and nothing says how long",
                                             who, humane_seconds(waiting), where));
  finding.steps.insert(finding.steps.end(), queues.begin() + 1, queues.end());
  finding.steps.push_back(start);
  std::sort(finding.steps.begin(), finding.steps.end());
  finding.evidence.push_back(
      {fmt::format("that is {} of the time of a case",
                   percent(std::min(1.0, waiting / input.expected.cycle_seconds))),
       input.profile == nullptr ? Basis::declared : Basis::log});
  for (const StepId step : queues) add_time_evidence(input, step, finding);
  for (const StepId step : queues) add_pain_evidence(input, step, finding);
  finding.against =
      "It does not make the queue shorter. A time that is shown and not kept is worse than none: "
      "measure first how well it can be foretold.";
  finding.change.summary = fmt::format(
      "Ask whether {} can see the place in the queue and the time to go, on the phone or a screen, "
      "and is called when it is nearly their turn, so that they need not stand there and ask.",
      who);
  finding.change.edit.kept = queues;
  only_ask(finding);
}

}  // namespace

void report_queues_in_person(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  const double least = report.parameter("queue_minutes") * 60;
  const double part = report.parameter("queue_part");
  constexpr double one_visit = 12 * 3600;
  if (input.expected.cycle_seconds <= 0 || input.expected.cycle_seconds > one_visit) return;
  for (const StepId start : input.graph.starts) {
    const Step& step = process[start];
    if (!step.role || !process.is_external(step)) continue;
    const bool here = says_any(step.name, arriving);
    std::vector<StepId> queues;
    double waiting = 0;
    bool complained = false;
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      if (!is_queue(input, StepId(i), *step.role, least, here)) continue;
      queues.emplace_back(i);
      waiting += input.expected.visits.steps[i] * input.expected.steps[i].waiting;
      complained = complained || is_complained_of(process, StepId(i), *step.role);
    }
    if (queues.empty() || waiting < part * input.expected.cycle_seconds) continue;
    if (!complained && is_told(process)) continue;
    report_waiting(input, start, queues, waiting, report);
    return;
  }
}

}  // namespace gemba::inline audit
