#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/audit/customer_way.h"
#include "core/audit/data_origin.h"
#include "core/audit/heuristic.h"
#include "core/audit/main_way.h"
#include "core/audit/name_words.h"
#include "core/audit/queues_in_person.h"
#include "core/audit/wording.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array asking = {"等"sv,       "催"sv,       "进度"sv,     "没消息"sv,   "没音信"sv,
                               "没人告诉"sv, "多久"sv,     "什么时候"sv, "到哪"sv,     "没回音"sv,
                               "wait"sv,     "hear"sv,     "status"sv,   "where"sv,    "when"sv,
                               "news"sv,     "progress"sv, "chase"sv,    "how long"sv, "know"sv};

/// Least share of the cases that are told something beside the main way for it to count.
constexpr double notable = 0.2;

constexpr std::array speaking = {"通知"sv,   "告知"sv,   "电话"sv,   "联系"sv,      "沟通"sv,
                                 "回访"sv,   "call"sv,   "phone"sv,  "tell"sv,      "talk"sv,
                                 "inform"sv, "notify"sv, "e-mail"sv, "interview"sv, "meet the"sv,
                                 "访谈"sv,   "面谈"sv,   "询问"sv,   "上门"sv};

/// A place to look the case up: who has it need not be told.
constexpr std::array following = {"进度"sv,     "跟踪"sv,   "追踪"sv,     "可查"sv,  "track"sv,
                                  "tracking"sv, "status"sv, "progress"sv, "portal"sv};

/// A part of the way in which whoever is outside hears nothing.
struct Silence {
  std::vector<StepId> steps;
  double seconds = 0;
};

/// Where whoever is outside hears or does something.
class Contacts {
 public:
  Contacts(const AuditInput& input, RoleId outside, const std::vector<std::optional<StepId>>& next)
      : input_(input),
        outside_(outside),
        next_(next),
        brought_(input.process.definitions.data.size()) {
    for (std::size_t i = 0; i < brought_.size(); ++i)
      brought_[i] = bringer(input.process, DataId(i)) == outside;
  }

  /// Whether the step is one; what she brings is handed in where it is needed first on the way.
  bool at(StepId id) {
    const Step& step = input_.process[id];
    bool hands_in = comes_to_a_window(step);
    for (const DataUse& use : step.needs) {
      if (!brought_[use.data.index()]) continue;
      brought_[use.data.index()] = false;
      hands_in = true;
    }
    return hands_in || tells(step) || is_told_beside(id);
  }

 private:
  bool tells(const Step& step) const {
    return step.role == outside_ || step.kind == StepKind::notify ||
           step.value == Value::customer || !step.script.empty() || speaks_to_her(step);
  }

  /// Whether the name says so, and names none of ours.
  bool speaks_to_her(const Step& step) const {
    const auto& roles = input_.process.definitions.roles;
    return says_any(step.name, speaking) &&
           std::none_of(roles.begin(), roles.end(), [&](const Role& role) {
             return !role.external && step.name.find(role.name) != std::string::npos;
           });
  }

  /// Windows take in from her what others have seen before.
  bool comes_to_a_window(const Step& step) const {
    return step.role && names_a_window(input_.process.definitions[*step.role].name) &&
           std::any_of(step.needs.begin(), step.needs.end(), [&](const DataUse& use) {
             return bringer(input_.process, use.data) == outside_;
           });
  }

  /// Whether part of the cases come to a contact here that others do not, and go on as they do.
  bool is_told_beside(StepId id) const {
    const std::vector<FlowId>& out = input_.graph.out[id.index()];
    return out.size() > 1 && std::any_of(out.begin(), out.end(), [&](FlowId flow) {
             const StepId to = input_.graph.to(flow);
             return to != next_[id.index()] && leads_over_contact(to) &&
                    input_.expected.visits.shares[flow.index()] >= notable;
           });
  }

  /// Whether a way off the main one passes a contact and is not over then.
  bool leads_over_contact(StepId from) const {
    constexpr int most = 4;  // what she hears later is no answer to this wait
    std::optional<StepId> at = from;
    bool told = false;
    for (int i = 0; at && i < most; ++i) {
      if (is_terminal(input_.process[*at].kind)) return false;
      if (told && !tells(input_.process[*at])) return true;
      told = told || tells(input_.process[*at]);
      const std::vector<FlowId>& out = input_.graph.out[at->index()];
      at = out.size() == 1 ? std::optional(input_.graph.to(out.front())) : next_[at->index()];
    }
    return false;
  }

  const AuditInput& input_;
  RoleId outside_;
  const std::vector<std::optional<StepId>>& next_;
  std::vector<bool> brought_;  ///< by DataId: what she has still to hand in
};

/// The longest silence on the way of most cases from `start`; up to the step that ends it.
Silence longest_silence(const AuditInput& input, StepId start, RoleId outside,
                        const std::vector<std::optional<StepId>>& next) {
  Silence longest;
  Silence current;
  Contacts contacts(input, outside, next);
  for (std::optional<StepId> at = next[start.index()]; at; at = next[at->index()]) {
    const Step& step = input.process[*at];
    const StepFigures& figures = input.expected.steps[at->index()];
    if (says_any(step.name, following) && !is_gateway(step.kind)) break;
    current.steps.push_back(*at);
    if (step.role != outside) current.seconds += figures.waiting + figures.work;
    if (current.seconds > longest.seconds) longest = current;
    if (contacts.at(*at)) current = {};
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
      {fmt::format(
           "no step from {} on tells {} how far the case is, or takes anything in from there",
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
  const double least_asked = report.parameter("hours_asked") * 3600;
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
    // Where a case is worked on most of the time, there is little to follow.
    if (input.expected.flow_efficiency > 0.5) continue;
    report_silence(input, start, silence, asked, report);
  }
  report_queues_in_person(input, report);
}

constexpr Parameter parameters[] = {
    {"hours_asked", 4, "least hours of silence, when those outside say that they wait or ask"},
    {"days", 6, "least days of silence otherwise"},
    {"queue_minutes", 20, "least minutes of a queue in person"},
    {"queue_part", 0.25, "least part of the time of a case that such queues take"},
};

}  // namespace

constinit const Heuristic heuristics::blind_waiting{
    .about =
        {.code = "A506",
         .name = "blind-waiting",
         .level = Level::info,
         .summary = "whoever asked for something waits for long and hears nothing",
         .what = "A process that an external role begins, in which on the way of most cases it "
                 "has nothing to do, hands nothing in and gets no notice or other service for "
                 "four hours or more, when it says there that it waits or asks; for six days or "
                 "more otherwise; and cases wait more than they are worked on. A notice that a "
                 "fifth of the cases get, and go on, ends it as well, and a place to look the case "
                 "up (进度, tracking, portal) all of it. The longest such part of the "
                 "way is reported; what lies behind a fork is not looked at. Also queues in person "
                 "(it arrives, and waits 20 minutes or more for steps that serve it, in a process "
                 "of hours, for a quarter of the time) where nothing calls or shows how long.",
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
