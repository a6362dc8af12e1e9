#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/compare/compare.h"
#include "core/model/authority.h"
#include "core/model/wording.h"

namespace gemba::inline compare {
namespace {

constexpr std::size_t value_columns = 60;

/// A respect in which a step may change: what is compared, and what people read of it.
struct Facet {
  std::string key;
  std::string text;
};

Facet plain(std::string text) { return {text, text}; }

struct Aspect {
  const char* chinese;
  const char* english;
  bool is_long;  ///< that it changed is all there is to say
  Facet (*of)(const Step& step, const Process& process, bool chinese);
};

Facet role_of(const Step& step, const Process& process, bool) {
  if (!step.role) return {};
  const Role& role = process.definitions[*step.role];
  return {role.id, role.name};
}

Facet system_of(const Step& step, const Process& process, bool chinese) {
  std::string ids;
  for (const SystemId system : systems_of(step)) ids += process.definitions[system].id + " ";
  return {ids, system_names(step, process, chinese)};
}

Facet data_of(const std::vector<DataUse>& uses, const Process& process, bool chinese) {
  std::vector<std::string> ids;
  for (const DataUse& use : uses)
    ids.push_back(process.definitions[use.data].id + (use.optional ? "?" : ""));
  std::sort(ids.begin(), ids.end());
  return {fmt::format("{}", fmt::join(ids, " ")), data_names(uses, process, chinese)};
}

Facet time_of(const Step& step, const Process&, bool chinese) {
  if (!step.time) return {};
  const WorkTime& time = *step.time;
  std::string key;
  for (const auto& part : {time.fixed, time.min, time.mode, time.max, time.mean, time.sd}) {
    key += part ? readable_duration(*part, chinese) + "/" : "/";
  }
  std::string text = readable_work_time(time, chinese);
  if (time.mode) text += " (" + readable_duration(*time.mode, chinese) + ")";
  if (time.sd) text += " ± " + readable_duration(*time.sd, chinese);
  return {key, text};
}

Facet duration_of(const std::optional<SpannedDuration>& duration, bool chinese) {
  return duration ? plain(readable_duration(duration->value, chinese)) : Facet{};
}

Facet limit_of_step(const Step& step, const Process& process, bool) {
  const std::optional<double> limit = approval_limit(step, process);
  return limit ? plain("≤ " + readable_number(*limit)) : Facet{};
}

Facet amount_of(const Step& step, const Process& process, bool) {
  if (!step.amount) return {};
  const Data& data = process.definitions[step.amount->data];
  return {data.id, data.name};
}

Facet value_of(const Step& step, const Process&, bool) {
  static constexpr std::array<const char*, 4> words = {"", "customer", "business", "none"};
  return plain(words[static_cast<std::size_t>(step.value)]);
}

Facet automation_of(const Step& step, const Process&, bool) {
  static constexpr std::array<const char*, 3> words = {"manual", "assisted", "automatic"};
  return plain(words[static_cast<std::size_t>(step.automation)]);
}

Facet wait_cause_of(const Step& step, const Process&, bool chinese) {
  static constexpr std::array<std::array<const char*, 2>, 5> words = {{{"", ""},
                                                                       {"batch", "凑批"},
                                                                       {"hours", "上班时间"},
                                                                       {"person", "有空的人"},
                                                                       {"other", "其他"}}};
  const auto& cause = words[static_cast<std::size_t>(step.wait_for)];
  return {cause[0], cause[chinese ? 1 : 0]};
}

Facet figure_of(double value) { return value == 0 ? Facet{} : plain(readable_number(value)); }

constexpr std::array<Aspect, 23> step_aspects = {{
    {"名称", "name", false, [](const Step& s, const Process&, bool) { return plain(s.name); }},
    {"类型", "kind", false,
     [](const Step& s, const Process&, bool) { return plain(std::string(to_string(s.kind))); }},
    {"角色", "role", false, role_of},
    {"系统", "system", false, system_of},
    {"时间", "time", false, time_of},
    {"等待", "wait", false,
     [](const Step& s, const Process&, bool chinese) { return duration_of(s.wait, chinese); }},
    {"等什么", "wait for", false, wait_cause_of},
    {"间隔", "every", false,
     [](const Step& s, const Process&, bool chinese) { return duration_of(s.every, chinese); }},
    {"费用", "fee", false, [](const Step& s, const Process&, bool) { return figure_of(s.fee); }},
    {"跑动次数", "trips", false,
     [](const Step& s, const Process&, bool) { return figure_of(s.trips); }},
    {"放弃率", "abandon", false,
     [](const Step& s, const Process&, bool) {
       return s.abandon == 0 ? Facet{}
                             : Facet{fmt::format("{}", s.abandon), readable_share(s.abandon)};
     }},
    {"SLA", "SLA", false,
     [](const Step& s, const Process&, bool chinese) { return duration_of(s.sla, chinese); }},
    {"需要", "needs", false,
     [](const Step& s, const Process& p, bool chinese) { return data_of(s.needs, p, chinese); }},
    {"产出", "makes", false,
     [](const Step& s, const Process& p, bool chinese) { return data_of(s.makes, p, chinese); }},
    {"批准事项", "approves", false,
     [](const Step& s, const Process&, bool) { return plain(s.approves ? s.approves->text : ""); }},
    {"权限", "limit", false, limit_of_step},
    {"金额", "amount", false, amount_of},
    {"调用", "calls", false,
     [](const Step& s, const Process&, bool) { return plain(s.calls ? s.calls->text : ""); }},
    {"话术", "script", true, [](const Step& s, const Process&, bool) { return plain(s.script); }},
    {"说明", "note", true, [](const Step& s, const Process&, bool) { return plain(s.note); }},
    {"链接", "link", true, [](const Step& s, const Process&, bool) { return plain(s.link); }},
    {"价值", "value", false, value_of},
    {"自动化", "automation", false, automation_of},
}};

void add(ChangeNote& note, const std::string& aspect, const Facet& before, const Facet& now,
         bool is_long, bool chinese) {
  note.change = ChangeKind::changed;
  note.aspects.push_back(aspect);
  if (is_long) {
    note.details.push_back(aspect + (chinese ? "有改动" : " changed"));
    return;
  }
  const auto shown = [](const Facet& facet) {
    const std::string text = clean_text(facet.text);
    return text.empty() ? "—" : truncate_to_width(text, value_columns);
  };
  note.details.push_back(aspect + (chinese ? ":" : ": ") + shown(before) + " → " + shown(now));
}

}  // namespace

ChangeNote compare_steps(const Step& before, const Process& in_before, const Step& now,
                         const Process& in_now, bool chinese) {
  ChangeNote note;
  for (const Aspect& aspect : step_aspects) {
    const Facet old_facet = aspect.of(before, in_before, chinese);
    const Facet new_facet = aspect.of(now, in_now, chinese);
    if (old_facet.key == new_facet.key) continue;
    add(note, chinese ? aspect.chinese : aspect.english, old_facet, new_facet, aspect.is_long,
        chinese);
  }
  return note;
}

ChangeNote compare_flows(const Flow& before, const Flow& now, bool chinese) {
  ChangeNote note;
  const auto compare = [&](const char* in_chinese, const char* in_english, const Facet& old_facet,
                           const Facet& new_facet) {
    if (old_facet.key == new_facet.key) return;
    add(note, chinese ? in_chinese : in_english, old_facet, new_facet, false, chinese);
  };
  const auto condition = [](const Flow& flow) { return plain(flow.when ? flow.when->text : ""); };
  const auto share = [](const Flow& flow) {
    return flow.share ? plain(readable_number(*flow.share * 100) + "%") : Facet{};
  };
  compare("条件", "condition", condition(before), condition(now));
  compare("标签", "label", plain(before.label), plain(now.label));
  compare("占比", "share", share(before), share(now));
  return note;
}

}  // namespace gemba::inline compare
