#include "core/audit/customer_trips.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/things.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array queueing = {"取号"sv,    "叫号"sv,     "take a number"sv, "排队"sv,
                                 "窗口"sv,    "柜台"sv,     "走到"sv,          "跑到"sv,
                                 "前往"sv,    "queue"sv,    "queuing"sv,       "line up"sv,
                                 "in line"sv, "window"sv,   "counter"sv,       "walk to"sv,
                                 "go to"sv,   "drive to"sv, "travel to"sv,     "visit the"sv};
/// Coming at all, which is no trouble by itself.
constexpr std::array coming = {"come to"sv, "comes to"sv, "walks in"sv, "walk in"sv,
                               "到店"sv,    "到场"sv,     "来店"sv,     "来院"sv};
constexpr std::array places = {"窗口"sv, "柜台"sv, "窗外"sv, "in line"sv, "window"sv, "counter"sv};
constexpr std::array lines = {"排队"sv,  "取号"sv,    "叫号"sv,   "take a number"sv,
                              "queue"sv, "queuing"sv, "line up"sv};
/// What one does without going anywhere.
constexpr std::array from_afar = {
    "聊天"sv, "会话"sv,   "对话"sv,    "在线"sv,    "线上"sv, "电话"sv,   "来电"sv,    "热线"sv,
    "网站"sv, "网页"sv,   "页面"sv,    "小程序"sv,  "咨询"sv, "app"sv,    "chat"sv,    "phone"sv,
    "call"sv, "online"sv, "hotline"sv, "website"sv, "page"sv, "portal"sv, "browser"sv, "link"sv};
constexpr std::array again = {
    "第二次来"sv,    "再次前来"sv,     "再来"sv,          "再次来"sv,     "再次到"sv,
    "又来"sv,        "return visit"sv, "再跑"sv,          "再去"sv,       "再到"sv,
    "第二趟"sv,      "跑两趟"sv,       "跑一趟"sv,        "多跑"sv,       "come back"sv,
    "comes back"sv,  "comes again"sv,  "come in again"sv, "come again"sv, "coming back"sv,
    "second trip"sv, "second visit"sv, "another trip"sv,  "visit again"sv};
constexpr std::array collecting = {"拿报告"sv, "领报告"sv,  "取片"sv,    "领回"sv,  "领取"sv,
                                   "取证"sv,   "领证"sv,    "取件"sv,    "来取"sv,  "自取"sv,
                                   "取回"sv,   "取报告"sv,  "取结果"sv,  "补交"sv,  "送交"sv,
                                   "交原件"sv, "collect"sv, "pick up"sv, "fetch"sv, "bring the"sv};
/// Who complains of a way speaks of how often; who "comes back" tells how it went.
constexpr std::array trips_said = {
    "再跑"sv,      "两趟"sv,          "三趟"sv,        "几趟"sv,       "四趟"sv,
    "多跑"sv,      "白跑"sv,          "又跑"sv,        "第二趟"sv,     "来回跑"sv,
    "两头跑"sv,    "跑断腿"sv,        "second trip"sv, "extra trip"sv, "another trip"sv,
    "two trips"sv, "several trips"sv, "third trip"sv,  "come twice"sv, "came twice"sv};

bool names_a_queue(const Step& step) {
  return says_any(step.name, places) || says_any(step.name, lines);
}

bool is_outside_work(const Process& process, const Step& step) {
  return process.is_external(step) && step.kind != StepKind::end;
}

bool says(Trip kind, std::string_view text) {
  if (says_any(text, from_afar)) return false;
  switch (kind) {
    case Trip::queue:
      return says_any(text, queueing);
    case Trip::second:
      return says_any(text, again) && !says_things(text);
    case Trip::collect:
      return says_any(text, collecting) && !says_things(text);
  }
  return false;
}

/// 排三次队: a line, however often.
bool says_line(std::string_view text) {
  if (says_any(text, lines)) return true;
  constexpr std::size_t near = 12;
  const std::size_t at = text.find("排");
  return at != std::string_view::npos &&
         text.substr(at, near + "排"sv.size()).find("队") != std::string_view::npos;
}

/// Whether those outside speak of it. A queue without a place may be one on the telephone.
bool complains(Trip kind, std::string_view text) {
  if (says_any(text, from_afar)) return false;
  switch (kind) {
    case Trip::queue:
      return says_any(text, places) && !says_any(text, trips_said);
    case Trip::second:
      return says_any(text, trips_said);
    case Trip::collect:
      break;
  }
  return false;
}

bool say_it(const Process& process, StepId step, Trip kind) {
  return std::any_of(process.pains.begin(), process.pains.end(), [&](const Pain& pain) {
    return pain.step == step && pain.from && process.definitions[*pain.from].external &&
           complains(kind, pain.text);
  });
}

/// Whether a case can come to the step from work of ours: then it is not her first step.
std::vector<bool> behind_our_work(const AuditInput& input) {
  std::vector<bool> behind(input.process.steps.size(), false);
  std::vector<StepId> stack;
  for (std::size_t i = 0; i < behind.size(); ++i) {
    if (is_own_work(input.process, StepId(i))) stack.emplace_back(i);
  }
  while (!stack.empty()) {
    const StepId at = stack.back();
    stack.pop_back();
    for (const FlowId flow : input.graph.out[at.index()]) {
      const StepId next = input.graph.to(flow);
      if (behind[next.index()]) continue;
      behind[next.index()] = true;
      stack.push_back(next);
    }
  }
  return behind;
}

/// Ways that the document counts, behind the first.
void add_declared_trips(const Process& process, const std::vector<bool>& told,
                        std::vector<CustomerTrip>& trips) {
  double ways = 0;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (step.trips <= 0) continue;
    ways += step.trips;
    if (ways > 1 && !told[i]) trips.push_back({{StepId(i)}, StepId(i), false});
  }
}

}  // namespace

std::vector<CustomerTrip> customer_trips(const AuditInput& input, Trip kind) {
  const Process& process = input.process;
  std::vector<CustomerTrip> trips;
  std::vector<bool> told(process.steps.size(), false);
  const std::vector<bool> behind = behind_our_work(input);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (!is_outside_work(process, step) || !says(kind, step.name)) continue;
    if (kind == Trip::second && step.kind == StepKind::start) continue;
    if (kind == Trip::collect && (!behind[i] || says(Trip::second, step.name))) continue;
    told[i] = true;
    trips.push_back({{StepId(i)}, StepId(i), names_a_queue(step)});
    const auto next = kind == Trip::queue ? std::nullopt : next_of_ours(input, StepId(i));
    if (!next) continue;
    told[next->index()] = true;
    trips.back().steps.push_back(*next);
  }
  for (const Pain& pain : process.pains) {
    if (told[pain.step.index()] || !say_it(process, pain.step, kind)) continue;
    told[pain.step.index()] = true;
    trips.push_back({{pain.step}, std::nullopt, says_line(pain.text)});
  }
  if (kind == Trip::second) add_declared_trips(process, told, trips);
  return trips;
}

std::optional<StepId> next_of_ours(const AuditInput& input, StepId step) {
  const auto& out = input.graph.out[step.index()];
  if (out.size() != 1) return std::nullopt;
  const StepId next = input.graph.to(out.front());
  if (!is_own_work(input.process, next)) return std::nullopt;
  return next;
}

bool comes_in_person(const AuditInput& input, StepId outside, StepId ours) {
  const Process& process = input.process;
  const std::string& name = process[outside].name;
  return process[outside].trips > 0 || process[ours].trips > 0 || says(Trip::queue, name) ||
         (says_any(name, coming) && !says_any(name, from_afar)) ||
         says(Trip::queue, process[ours].name) || say_it(process, ours, Trip::queue) ||
         say_it(process, outside, Trip::queue);
}

}  // namespace gemba::inline audit
