#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

// Characters that make a Chinese step name an action: verbs of office work, as they stand in
// names such as 核对订单, 组长审批, 给顾客回电.
constexpr std::u32string_view chinese_verbs =
    U"核对查询审批退款发送通知告告登记录填写判断定确认处理转升级回复访致歉安抚联系问收取看提交传下"
    U"补换算分配派"
    U"指关闭结归档检验打寄签入出赔赠偿汇总析讨论制修改更新布培训排跟进催支付接受解释说明提醒等待拒"
    U"绝取消撤销恢复生"
    U"成导抽评估调追踪领交办请示批准开建设选购买卖送运装拆洗修维护备份合并拍照扫描计点比较约报学教"
    U"写读听听答应抢推荐"
    U"引导移整理清除删加减注审核预测跑做用找让给完善封锁解冻举报投诉受理介绍催收代垫核销协商谈劝拦"
    U"截组织考";

// Endings of nouns that are no verbs; a first word with one names a thing or a state.
constexpr std::array<std::string_view, 8> noun_endings = {"tion", "sion", "ment", "ness",
                                                          "ance", "ence", "ity",  "ing"};

bool is_cjk(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }

bool is_chinese_action(const std::u32string& name) {
  const auto count = std::count_if(name.begin(), name.end(), is_cjk);
  const bool has_verb = std::any_of(name.begin(), name.end(), [](char32_t c) {
    return chinese_verbs.find(c) != std::u32string_view::npos;
  });
  return count >= 2 && has_verb;
}

/// Verb and object: two words or more, of which the first is not formed as a noun.
bool is_english_action(std::string_view name) {
  const std::string lower = ascii_lower(name);
  const std::size_t space = lower.find(' ');
  if (space == std::string::npos) return false;
  const std::string_view first = std::string_view(lower).substr(0, space);
  if (first == "the" || first == "a" || first == "an") return false;
  return std::none_of(noun_endings.begin(), noun_endings.end(), [&](std::string_view ending) {
    return first.size() > ending.size() + 2 && first.ends_with(ending);
  });
}

bool is_action(const std::string& name) {
  const std::u32string characters = decode_utf8(name);
  if (std::any_of(characters.begin(), characters.end(), is_cjk))
    return is_chinese_action(characters);
  // Of other scripts nothing is known.
  const bool ascii = std::all_of(name.begin(), name.end(), [](char c) { return c > 0; });
  return !ascii || is_english_action(trimmed(name));
}

void check(const RuleInput& input, RuleReport& report) {
  for (const Step& step : input.process.steps) {
    // A step without a name of its own is called by its id.
    if (!is_work(step.kind) || step.name == step.id || is_action(step.name)) continue;
    report.add(
        step.name_span, step.id,
        fmt::format("'{}' does not say what is done: name the action and its object", step.name));
  }
}

}  // namespace

constinit const Rule not_an_action{
    .about = {.code = "W602",
              .name = "not-an-action",
              .level = Level::info,
              .on = false,
              .summary = "a step name that is not verb and object (动词 + 宾语)",
              .what = "The name of a task, approval or notice without a verb: in Chinese one "
                      "without any character of the usual verbs of office work, in English a "
                      "single word, or one whose first word is formed as a noun (-tion, -ment, "
                      "-ing …). Other scripts are not judged.",
              .why =
                  "A noun names a place in the process, not what to do there: \"订单\" leaves it "
                  "to the reader whether to open, check or cancel the order.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "order"
[[step]]
id = "order"
name = "订单"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "order"
[[step]]
id = "order"
name = "核对订单"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .check = check};

}  // namespace gemba::inline rules
