#include "core/audit/rhythm.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/time/duration.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

// 批 by itself is in 审批.
constexpr std::array names_of_rhythm = {
    "评审会"sv,         "评审委"sv,       "投委会"sv,       "办公会"sv,        "董事会"sv,
    "专家会"sv,         "上会"sv,         "review panel"sv, "council meets"sv, "court hearing"sv,
    "steering group"sv, "每周"sv,         "每月"sv,         "每日"sv,          "每天"sv,
    "每晚"sv,           "周会"sv,         "例会"sv,         "周例"sv,          "月度"sv,
    "月底"sv,           "月末"sv,         "日终"sv,         "次日"sv,          "隔日"sv,
    "隔天"sv,           "跑批"sv,         "截单"sv,         "整点"sv,          "定期"sv,
    "批量"sv,           "分批"sv,         "成批"sv,         "整批"sv,          "攒"sv,
    "集中处理"sv,       "统一处理"sv,     "集中审"sv,       "委员会"sv,        "weekly"sv,
    "monthly"sv,        "nightly"sv,      "overnight"sv,    "daily"sv,         "fortnight"sv,
    "quarterly"sv,      "meeting"sv,      "committee"sv,    "batch"sv,         "in bulk"sv,
    "once a week"sv,    "once a month"sv, "once a day"sv,   "month end"sv,     "month-end"sv,
    "end of day"sv,     "every week"sv,   "every month"sv,  "every day"sv,     "next day"sv,
    "payment run"sv,    "print run"sv,    "the hour's"sv,   "cut-off"sv};

// A note tells of many things: only what can hardly mean anything else.
constexpr std::array notes_of_rhythm = {
    "每周一次"sv,   "每月一次"sv,       "每天一次"sv,       "每周开"sv,       "每月开"sv,
    "例会"sv,       "批量"sv,           "分批"sv,           "成批"sv,         "攒"sv,
    "集中处理"sv,   "weekly meeting"sv, "once a week"sv,    "once a month"sv, "once a day"sv,
    "in batches"sv, "a batch"sv,        "monthly meeting"sv};

constexpr std::array set_times = {
    "波次"sv,     "上会"sv,     "会议"sv,      "付款日"sv,  "结算日"sv, "日结"sv,    "统一"sv,
    "集中"sv,     "发车"sv,     "wave"sv,      "开窗"sv,    "排期"sv,   "整点"sv,    "时段"sv,
    "班次"sv,     "班车"sv,     "次日"sv,      "隔日"sv,    "隔天"sv,   "第二天"sv,  "批次"sv,
    "截单"sv,     "凑"sv,       "攒"sv,        "到点"sv,    "开门"sv,   "上班"sv,    "slot"sv,
    "hour"sv,     "batch"sv,    "cut-off"sv,   "run"sv,     "window"sv, "opening"sv, "morning"sv,
    "tomorrow"sv, "next day"sv, "overnight"sv, "meeting"sv, "shift"sv};

constexpr std::array places = {"床位"sv, "诊室"sv, "房间"sv, "病房"sv,   "车位"sv,
                               "工位"sv, "机位"sv, "台位"sv, "手术室"sv, "空位"sv,
                               "座位"sv, "叫号"sv, "排队"sv, "room"sv,   "bed"sv,
                               "bay"sv,  "seat"sv, "dock"sv, "queue"sv,  "in line"sv};

constexpr std::array outside = {
    "回复"sv,    "答复"sv,      "反馈"sv,        "确认"sv,    "到货"sv,    "送达"sv,
    "物流"sv,    "快递"sv,      "寄"sv,          "公示"sv,    "公告"sv,    "冷静期"sv,
    "观察期"sv,  "法定"sv,      "到账"sv,        "结果"sv,    "补"sv,      "风干"sv,
    "冷却"sv,    "发酵"sv,      "reply"sv,       "answer"sv,  "respond"sv, "response"sv,
    "arrive"sv,  "delivery"sv,  "parcel"sv,      "transit"sv, "result"sv,  "notice"sv,
    "cooling"sv, "statutory"sv, "objection"sv,   "dry"sv,     "cool"sv,    "cure"sv,
    "联系"sv,    "提醒"sv,      "再"sv,          "contact"sv, "remind"sv,  "again"sv,
    "retry"sv,   "confirm"sv,   "appointment"sv, "预约"sv,    "settle"sv,  "customer"sv,
    "client"sv,  "decide"sv};

// Names that say no more than that nothing happens.
constexpr std::array bare_waits = {"等待"sv,    "等候"sv,    "等待处理"sv, "待处理"sv,  "搁置"sv,
                                   "暂存"sv,    "积压"sv,    "排队"sv,     "wait"sv,    "waiting"sv,
                                   "waits"sv,   "hold"sv,    "on hold"sv,  "pending"sv, "queue"sv,
                                   "backlog"sv, "in tray"sv, "inbox"sv,    "parked"sv};

constexpr std::array waiting_words = {"等待"sv, "等候"sv, "排队"sv, "wait"sv, "queue"sv};

std::string_view first_of(std::string_view text, std::span<const std::string_view> words) {
  const auto found = std::find_if(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
  return found == words.end() ? std::string_view() : *found;
}

bool says_wait(const Step& step) {
  return says_any(step.name, waiting_words) ||
         (step.name.starts_with("等") && !step.name.starts_with("等级"));
}

bool names_outsider(const Process& process, const Step& step) {
  const std::string name = ascii_lower(step.name);
  const std::vector<Role>& roles = process.definitions.roles;
  return std::any_of(roles.begin(), roles.end(), [&](const Role& role) {
    return role.external && name.find(ascii_lower(role.name)) != std::string::npos;
  });
}

constexpr double hour = 3600;
constexpr double day = 24 * hour;

Basis basis_of(const AuditInput& input, StepId id) {
  return input.expected.steps[id.index()].waiting_origin == Origin::measured ? Basis::log
                                                                             : Basis::declared;
}

/// What a case would still wait when the step is done as often as is easily done, and what that is
/// called: half of the new interval.
struct Oftener {
  double waiting = 0;
  const char* interval = "";
};

Oftener oftener_than(double waiting) {
  if (waiting > 2 * day) return {day / 2, "a day"};
  if (waiting > 2 * hour) return {hour / 2, "an hour"};
  return {0, ""};
}

double cycle_after(const AuditInput& input, const Edit& edit) {
  return expected(input.process, input.graph, input.profile, edit, &input.expected).cycle_seconds;
}

}  // namespace

std::optional<Rhythm> rhythm_of(const Step& step) {
  if (step.every) return Rhythm{"every", Rhythm::Where::key};
  if (step.wait_for == WaitCause::batch) return Rhythm{"batch", Rhythm::Where::key};
  if (step.wait_for != WaitCause::unset) return std::nullopt;
  const std::string_view named = first_of(ascii_lower(step.name), names_of_rhythm);
  if (!named.empty()) return Rhythm{named, Rhythm::Where::name};
  const std::string_view noted = first_of(ascii_lower(step.note), notes_of_rhythm);
  if (!noted.empty()) return Rhythm{noted, Rhythm::Where::note};
  return std::nullopt;
}

WaitsFor waits_for(const Process& process, const Step& step) {
  if (step.wait_for == WaitCause::person || step.wait_for == WaitCause::other)
    return WaitsFor::others;
  if (step.wait_for == WaitCause::hours) return WaitsFor::set_time;
  if (names_outsider(process, step) || says_any(step.name, outside)) return WaitsFor::others;
  if (rhythm_of(step) || says_any(step.name, set_times)) return WaitsFor::set_time;
  if (says_any(step.name, places)) return WaitsFor::place;
  const std::string name = ascii_lower(step.name);
  const bool bare = step.name == step.id ||
                    std::find(bare_waits.begin(), bare_waits.end(), name) != bare_waits.end();
  return bare ? WaitsFor::nothing_named : WaitsFor::others;
}

bool is_own_wait(const AuditInput& input, StepId id) {
  constexpr double hardly_any = 0.05;
  const Step& step = input.process[id];
  if (input.process.is_external(step)) return false;
  if (step.kind == StepKind::wait) return true;
  const StepFigures& figures = input.expected.steps[id.index()];
  return step.kind == StepKind::task && says_wait(step) &&
         figures.work + figures.processing <= hardly_any * figures.waiting;
}

bool is_ours(const Process& process, StepId id) {
  const Step& step = process[id];
  const bool by_machine = step.kind == StepKind::task && step.automation == Automation::automatic;
  return !process.is_external(step) &&
         (is_own_work(process, id) || step.kind == StepKind::wait || by_machine);
}

std::optional<double> batching_share(const AuditInput& input, StepId id) {
  if (input.profile == nullptr || id.index() >= input.profile->waiting_causes.size())
    return std::nullopt;
  const WaitingCauses& causes = input.profile->waiting_causes[id.index()];
  const double total = causes.total();
  if (total <= 0) return std::nullopt;
  return causes.batching / total;
}

void add_shorter_wait(const AuditInput& input, StepId waits, double rest, const std::string& how,
                      Finding& finding) {
  if (rest > 0) {
    finding.change.edit.sooner = {{waits, rest}};
  } else {
    finding.change.edit.unwaited = {waits};
  }
  finding.evidence.push_back(
      {fmt::format("a case takes {}, and would take {} if {}",
                   humane_seconds(input.expected.cycle_seconds),
                   humane_seconds(cycle_after(input, finding.change.edit)), how),
       basis_of(input, waits)});
  if (input.process[waits].kind != StepKind::wait) add_time_evidence(input, waits, finding);
  add_pain_evidence(input, waits, finding);
}

void add_oftener(const AuditInput& input, StepId id, Finding& finding) {
  const double waiting = input.expected.steps[id.index()].waiting;
  const Oftener oftener = oftener_than(waiting);
  const double part = batching_share(input, id).value_or(1);
  const double rest = 1 - part + std::min(part, oftener.waiting / waiting);
  add_shorter_wait(input, id, rest,
                   oftener.waiting > 0
                       ? fmt::format("cases waited {} there, as they do for what comes once {}",
                                     humane_seconds(rest * waiting), oftener.interval)
                       : fmt::format("{} were begun at once", quoted(input.process[id])),
                   finding);
  if (part < 1)
    finding.evidence.push_back(
        {fmt::format("{} of the waiting is for a batch to fill (batching)", percent(part)),
         Basis::log});
}

}  // namespace gemba::inline audit
