#include "core/audit/customer_trips.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array queueing = {
    "排队"sv,    "窗口"sv,    "柜台"sv,     "走到"sv,      "跑到"sv,     "前往"sv,
    "queue"sv,   "queuing"sv, "line up"sv,  "in line"sv,   "window"sv,   "counter"sv,
    "walk to"sv, "go to"sv,   "drive to"sv, "travel to"sv, "visit the"sv};
constexpr std::array places = {"窗口"sv, "柜台"sv, "窗外"sv, "in line"sv, "window"sv, "counter"sv};
constexpr std::array lines = {"排队"sv, "queue"sv, "queuing"sv, "line up"sv};
/// What one does without going anywhere.
constexpr std::array from_afar = {
    "聊天"sv, "会话"sv,   "对话"sv,    "在线"sv,    "线上"sv, "电话"sv,   "来电"sv,    "热线"sv,
    "网站"sv, "网页"sv,   "页面"sv,    "小程序"sv,  "咨询"sv, "app"sv,    "chat"sv,    "phone"sv,
    "call"sv, "online"sv, "hotline"sv, "website"sv, "page"sv, "portal"sv, "browser"sv, "link"sv};
constexpr std::array again = {"再来"sv,         "再跑"sv,         "再去"sv,        "再到"sv,
                              "第二趟"sv,       "跑两趟"sv,       "跑一趟"sv,      "多跑"sv,
                              "come back"sv,    "come again"sv,   "coming back"sv, "second trip"sv,
                              "second visit"sv, "another trip"sv, "visit again"sv};
constexpr std::array entering = {
    "录入"sv, "填写"sv, "填表"sv, "输入"sv, "登记"sv,     "预约"sv,     "挂号"sv,     "收费"sv,
    "缴费"sv, "结算"sv, "收款"sv, "交费"sv, "charge"sv,   "check in"sv, "check-in"sv, "enter"sv,
    "key"sv,  "type"sv, "fill"sv, "book"sv, "register"sv, "record"sv,   "log"sv,      "typing"sv};

constexpr std::array accepting = {"受理"sv, "审"sv, "accept"sv};

bool names_a_queue(const Step& step) {
  return says_any(step.name, places) || says_any(step.name, lines);
}

bool is_outside_work(const Process& process, const Step& step) {
  return process.is_external(step) && step.kind != StepKind::end;
}

bool says(Trip kind, std::string_view text) {
  if (says_any(text, from_afar)) return false;
  return kind == Trip::queue ? says_any(text, queueing) : says_any(text, again);
}

/// Whether those outside speak of it. A queue without a place may be one on the telephone.
bool complains(Trip kind, std::string_view text) {
  return says(kind, text) && (kind == Trip::second || says_any(text, places));
}

bool say_it(const Process& process, StepId step, Trip kind) {
  return std::any_of(process.pains.begin(), process.pains.end(), [&](const Pain& pain) {
    return pain.step == step && pain.from && process.definitions[*pain.from].external &&
           complains(kind, pain.text);
  });
}

std::optional<StepId> next_of_ours(const AuditInput& input, StepId step) {
  const auto& out = input.graph.out[step.index()];
  if (out.size() != 1) return std::nullopt;
  const StepId next = input.graph.to(out.front());
  if (!is_own_work(input.process, next)) return std::nullopt;
  return next;
}

bool is_desk_work(const Process& process, StepId id) {
  return process[id].kind == StepKind::task && is_own_work(process, id) &&
         process[id].automation == Automation::manual;
}

bool needs_any(const Step& step, const std::vector<bool>& of) {
  return std::any_of(step.needs.begin(), step.needs.end(),
                     [&](const DataUse& use) { return of[use.data.index()]; });
}

/// The steps of one role that follow each other, the first of them given.
std::vector<StepId> run_of(const AuditInput& input, StepId first) {
  std::vector<StepId> run{first};
  while (run.size() < input.process.steps.size()) {
    const auto next = only_next(input.graph, run.back());
    if (!next || *next == first || !is_desk_work(input.process, *next)) break;
    if (input.process[*next].role != input.process[first].role) break;
    run.push_back(*next);
  }
  return run;
}

}  // namespace

std::vector<CustomerTrip> customer_trips(const AuditInput& input, Trip kind) {
  const Process& process = input.process;
  std::vector<CustomerTrip> trips;
  std::vector<bool> told(process.steps.size(), false);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!is_outside_work(process, step) || !says(kind, step.name)) continue;
    told[i] = true;
    trips.push_back({{StepId(i)}, StepId(i), names_a_queue(step)});
    const auto next = kind == Trip::second ? next_of_ours(input, StepId(i)) : std::nullopt;
    if (!next) continue;
    told[next->index()] = true;
    trips.back().steps.push_back(*next);
  }
  for (const Pain& pain : process.pains) {
    if (told[pain.step.index()] || !say_it(process, pain.step, kind)) continue;
    told[pain.step.index()] = true;
    trips.push_back({{pain.step}, std::nullopt, false});
  }
  return trips;
}

std::vector<StepId> desk_behind(const AuditInput& input, StepId outside,
                                const std::vector<bool>& brought) {
  const Process& process = input.process;
  const auto first = next_of_ours(input, outside);
  if (!first || !is_desk_work(process, *first)) return {};
  // Who talks to people serves them, and types on the side.
  if (process[*first].value == Value::customer || !process[*first].script.empty()) return {};
  std::vector<StepId> run = run_of(input, *first);
  std::vector<bool> known = brought;
  const bool queued = says(Trip::queue, process[outside].name);
  std::size_t last = 0;
  for (std::size_t i = 0; i < run.size(); ++i) {
    const Step& step = process[run[i]];
    if (!needs_any(step, known) && !queued) continue;
    for (const DataUse& use : step.makes) known[use.data.index()] = true;
    const bool enters = says_any(step.name, entering) && !says_any(step.name, accepting);
    if (step.system && enters) last = i + 1;
  }
  if (last == 0) return {};
  // What the same desk does next on the same papers goes with it.
  while (last < run.size() && needs_any(process[run[last]], known) && process[run[last]].system)
    ++last;
  run.resize(last);
  return run;
}

}  // namespace gemba::inline audit
