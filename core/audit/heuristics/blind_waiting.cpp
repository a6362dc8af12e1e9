#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/heuristic.h"
#include "core/audit/main_way.h"
#include "core/audit/name_words.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array asking = {"等"sv,       "催"sv,       "进度"sv,     "没消息"sv,   "没音信"sv,
                               "没人告诉"sv, "多久"sv,     "什么时候"sv, "到哪"sv,     "没回音"sv,
                               "wait"sv,     "hear"sv,     "status"sv,   "where"sv,    "when"sv,
                               "news"sv,     "progress"sv, "chase"sv,    "how long"sv, "know"sv};

/// A part of the way in which whoever is outside hears nothing.
struct Silence {
  std::vector<StepId> steps;
  double seconds = 0;
};

/// Whether whoever is outside hears or does something there.
bool is_contact(const Step& step, RoleId outside) {
  return step.role == outside || step.kind == StepKind::notify || step.value == Value::customer;
}

/// The longest silence on the way of most cases from `start`; up to the step that ends it.
Silence longest_silence(const AuditInput& input, StepId start, RoleId outside,
                        const std::vector<std::optional<StepId>>& next) {
  Silence longest;
  Silence current;
  for (std::optional<StepId> at = next[start.index()]; at; at = next[at->index()]) {
    const Step& step = input.process[*at];
    const StepFigures& figures = input.expected.steps[at->index()];
    current.steps.push_back(*at);
    if (step.role != outside) current.seconds += figures.waiting + figures.work;
    if (current.seconds > longest.seconds) longest = current;
    if (is_contact(step, outside)) current = {};
  }
  return longest;
}

/// What whoever is outside says of waiting in the silence.
std::vector<const Pain*> questions(const Process& process, const Silence& silence, RoleId outside) {
  std::vector<const Pain*> found;
  for (const Pain& pain : process.pains) {
    const bool within =
        std::find(silence.steps.begin(), silence.steps.end(), pain.step) != silence.steps.end();
    if (within && pain.from == outside && says_any(pain.text, asking)) found.push_back(&pain);
  }
  return found;
}

void report_silence(const AuditInput& input, StepId start, const Silence& silence, bool asked,
                    AuditReport& report) {
  const Process& process = input.process;
  const std::string who = quoted_role(process, process[start]);
  Finding& finding = report.add(
      start, fmt::format("{} hears nothing for {}, until {}", who, humane_seconds(silence.seconds),
                         quoted(process[silence.steps.back()])));
  finding.steps = silence.steps;
  finding.steps.push_back(start);
  std::sort(finding.steps.begin(), finding.steps.end());
  finding.evidence.push_back(
      {fmt::format("no step from {} on tells {} how far the case is, or needs anything of it",
                   quoted(process[silence.steps.front()]), who),
       Basis::structure});
  if (asked) {
    for (const StepId step : silence.steps) add_pain_evidence(input, step, finding);
  }
  finding.against =
      "Messages of which nothing follows are read by nobody: a place to look the case up, and a "
      "date to go by, do more. Count first how many ask where their case is.";
  finding.change.summary = fmt::format(
      "Ask whether {} can see where the case is and when it will be done, without calling: a page "
      "or a message at each change of hands.",
      who);
  finding.change.edit.kept = silence.steps;
  only_ask(finding);
}

void check(const AuditInput& input, AuditReport& report) {
  const double least_asked = report.parameter("days_asked") * 86'400;
  const double least = report.parameter("days") * 86'400;
  std::optional<std::vector<std::optional<StepId>>> next;
  for (const StepId start : input.graph.starts) {
    const Step& step = input.process[start];
    if (!step.role || !input.process.is_external(step)) continue;
    if (!next) next = main_next(input);
    const Silence silence = longest_silence(input, start, *step.role, *next);
    if (silence.seconds < std::min(least_asked, least) || silence.steps.empty()) continue;
    const bool asked = !questions(input.process, silence, *step.role).empty();
    if (silence.seconds < (asked ? least_asked : least)) continue;
    report_silence(input, start, silence, asked, report);
  }
}

constexpr Parameter parameters[] = {
    {"days_asked", 1, "least days of silence, when those outside say that they wait or ask"},
    {"days", 10, "least days of silence otherwise"},
};

}  // namespace

constinit const Heuristic heuristics::blind_waiting{
    .about = {.code = "A506",
              .name = "blind-waiting",
              .level = Level::info,
              .summary = "whoever asked for something waits for days and hears nothing",
              .what =
                  "A process that an external role begins, in which on the way of most cases it "
                  "has nothing to do and gets no notice or other service for a day or more, when "
                  "it says there that it waits or asks; for ten days or more otherwise. The "
                  "longest such part of the way is reported; what lies behind a fork is not "
                  "looked at.",
              .why = "Who hears nothing calls, and every call is work that nobody has asked for "
                     "(failure demand, Seddon 2003); many give up.",
              .example = R"([map]
[roles.buyer]
name = "顾客"
external = true
[roles.agent]
name = "客服"
[roles.repair]
name = "维修"
[[step]]
id = "apply"
name = "申请维修"
kind = "start"
role = "buyer"
next = "register"
[[step]]
id = "register"
name = "登记维修"
role = "agent"
time = "5m"
next = "repair"
[[step]]
id = "repair"
name = "维修商品"
role = "repair"
time = "1h"
wait = "8d"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
kind = "notify"
role = "agent"
time = "2m"
next = "done"
[[step]]
id = "done"
kind = "end"
[[pain]]
step = "repair"
from = "buyer"
count = 9
text = "一个星期没有消息,不知道修到哪了"
)",
              .instead = R"([map]
[roles.buyer]
name = "顾客"
external = true
[roles.agent]
name = "客服"
[roles.repair]
name = "维修"
[[step]]
id = "apply"
name = "申请维修"
kind = "start"
role = "buyer"
next = "register"
[[step]]
id = "register"
name = "登记维修"
role = "agent"
time = "5m"
next = "link"
[[step]]
id = "link"
name = "发送进度查询链接"
kind = "notify"
role = "agent"
time = "1m"
next = "repair"
[[step]]
id = "repair"
name = "维修商品"
role = "repair"
time = "1h"
wait = "8d"
next = "tell"
[[step]]
id = "tell"
name = "告知顾客"
kind = "notify"
role = "agent"
time = "2m"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::tracking}},
    .check = check};

}  // namespace gemba::inline audit
