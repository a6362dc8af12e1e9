#include "core/audit/rule_work.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/things.h"
#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

// Who talks or weighs does what no rule does.
constexpr std::array judgement = {
    "电话"sv,    "沟通"sv,     "协商"sv,      "回访"sv,       "面谈"sv,  "解释"sv,    "说明"sv,
    "安抚"sv,    "例会"sv,     "会议"sv,      "会签"sv,       "讨论"sv,  "评审"sv,    "判断"sv,
    "调查"sv,    "meeting"sv,  "call "sv,     "phone"sv,      "talk"sv,  "explain"sv, "discuss"sv,
    "consult"sv, "negotiat"sv, "interview"sv, "investigat"sv, "judge"sv, "visit"sv,   "explore"sv};

constexpr std::array by_hand = {"人工"sv, "手工"sv, "手动"sv, "by hand"sv, "manual"sv};

/// One kind of work: words of Chinese anywhere in the name, verbs of English.
struct Words {
  NamedWork work;
  std::vector<std::string_view> anywhere;
  std::vector<std::string_view> verbs;
};

const std::vector<Words>& all_words() {
  static const std::vector<Words> words = {
      {NamedWork::look_up,
       {"查询", "查找", "检索", "调取", "调档", "查库存", "查单", "查档", "look up"},
       {"search", "retrieve", "fetch"}},
      {NamedWork::calculate,
       {"计算", "核算", "核定", "计价", "算出", "算价", "测算", "计费", "计税", "算费", "报价"},
       {"calculate", "compute", "price", "score", "recalculate"}},
      {NamedWork::compare,
       {"匹配", "比对", "勾兑", "对账", "核销"},
       {"match", "reconcile", "compare"}},
      {NamedWork::enter,
       {"录入",     "登记",     "填写", "输入", "填报", "上传", "更新状态", "更新系统",
        "更新台账", "更新库存", "补录", "录单", "誊",   "入账", "记账",     "登账",
        "过账",     "归档",     "存档", "建档", "汇总", "抄录", "扫描"},
       {"enter", "key", "type", "rekey", "re-key", "copy", "record", "register", "log", "file",
        "update", "post", "scan", "index", "capture", "transcribe"}},
      {NamedWork::produce,
       {"打印", "生成", "开票", "开具", "出具", "制单", "出单", "制证", "出票", "打单", "开单",
        "缮证"},
       {"print", "generate", "invoice", "bill"}},
      {NamedWork::pay,
       {"打款", "付款", "支付", "转账", "退款", "退押金", "放款", "结算", "拨付", "汇款", "划拨",
        "退费", "收费", "扣款"},
       {"pay", "refund", "reimburse", "disburse", "transfer", "settle", "charge"}},
      {NamedWork::pass_on,
       {"发送", "发给", "通知", "告知", "转发", "抄送", "转交", "移交", "传递", "转办", "送达",
        "推送", "上报", "报送", "下发"},
       {"send", "mail", "forward", "notify", "tell", "inform", "remind", "distribute"}},
      {NamedWork::assign,
       {"分派", "派单", "分配", "分单", "转派", "派发", "分流", "分件", "指派", "派工"},
       {"assign", "route", "dispatch", "allocate"}},
  };
  return words;
}

/// Who a word stands for, or what others do about it: 登记窗口, 登记审核.
constexpr std::array names_of_others = {"窗口"sv, "处"sv,   "机构"sv, "中心"sv, "部门"sv,
                                        "科"sv,   "岗"sv,   "员"sv,   "审核"sv, "受理"sv,
                                        "审查"sv, "初审"sv, "复审"sv, "核对"sv, "复核"sv};
/// What a word only describes, unless the name begins with it: 核对退款金额, 受理登记簿.
constexpr std::array names_of_papers = {"簿"sv,   "表"sv,   "证"sv,   "号"sv,   "册"sv,   "卡"sv,
                                        "书"sv,   "金额"sv, "原因"sv, "方式"sv, "账户"sv, "结果"sv,
                                        "要求"sv, "条件"sv, "规则"sv, "凭证"sv};
/// What is granted by a registration, or done with one: 不动产登记, 受理登记申请.
constexpr std::array registered = {
    "不动产"sv, "房屋"sv, "房产"sv, "产权"sv, "税务"sv, "工商"sv, "注册"sv, "婚姻"sv, "抵押"sv,
    "转移"sv,   "变更"sv, "设立"sv, "注销"sv, "商标"sv, "企业"sv, "公司"sv, "土地"sv, "股权"sv,
    "办理"sv,   "申请"sv, "受理"sv, "审核"sv, "审查"sv, "核准"sv, "核发"sv};

template <std::size_t size>
bool begins_with_one(std::string_view text, const std::array<std::string_view, size>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.starts_with(word); });
}

/// Whether a Chinese word is what is done, where it stands at `at`.
bool is_done(std::string_view name, std::size_t at, std::string_view word) {
  const std::string_view before = name.substr(0, at);
  const std::string_view behind = name.substr(at + word.size());
  if (begins_with_one(behind, names_of_others) && !behind.starts_with("处理")) return false;
  if (!before.empty() && begins_with_one(behind, names_of_papers)) return false;
  return word != "登记" ||
         std::none_of(registered.begin(), registered.end(),
                      [&](std::string_view what) { return before.ends_with(what); });
}

bool does_one(std::string_view name, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    for (std::size_t at = name.find(word); at != std::string_view::npos;
         at = name.find(word, at + 1)) {
      if (is_done(name, at, word)) return true;
    }
    return false;
  });
}

bool has_one(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// "Clerk prices the order": a verb behind who does it, known by its object.
bool has_object(std::string_view behind) {
  constexpr std::array objects = {"the "sv, "a "sv,    "an "sv,    "it"sv,
                                  "all "sv, "each "sv, "every "sv, "them"sv};
  return begins_with_one(behind, objects);
}

/// What the sentence does: its first word, the words behind "and", and those with an object.
std::vector<std::string_view> verbs_of(std::string_view name) {
  std::vector<std::string_view> verbs;
  bool verb = true;
  while (!name.empty()) {
    const std::size_t end = std::min(name.find(' '), name.size());
    std::string_view word = name.substr(0, end);
    name.remove_prefix(std::min(end + 1, name.size()));
    while (!word.empty() && std::string_view(",.;:?!").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    if (verb && !word.empty()) verbs.push_back(word);
    const bool third_person = !verb && word.size() > 3 && word.ends_with('s') && has_object(name);
    if (third_person) verbs.push_back(word.substr(0, word.size() - 1));
    verb = word == "and" || word == "then";
  }
  return verbs;
}

/// Papers that a template fills: it takes their kind and a verb to know them.
bool writes_a_form(std::string_view name, std::span<const std::string_view> verbs) {
  constexpr std::array write = {"write"sv, "draft"sv, "prepare"sv, "issue"sv, "make"sv};
  constexpr std::array forms = {"letter"sv,  "notice"sv,   "confirmation"sv, "certificate"sv,
                                "invoice"sv, "receipt"sv,  "reminder"sv,     "label"sv,
                                "cheque"sv,  "statement"sv};
  return !verbs.empty() && has_one(verbs.front(), write) && has_one(name, forms);
}

bool sets_a_figure(std::string_view name, std::span<const std::string_view> verbs) {
  constexpr std::array set = {"determine"sv, "set"sv, "work"sv, "fix"sv};
  constexpr std::array figures = {"rate"sv,   "price"sv,   "fee"sv,   "amount"sv,
                                  "charge"sv, "premium"sv, "total"sv, "discount"sv};
  return !verbs.empty() && std::find(set.begin(), set.end(), verbs.front()) != set.end() &&
         has_one(name, figures);
}

bool looks_as_well(std::string_view name, std::span<const std::string_view> verbs, NamedWork work) {
  constexpr std::array looking = {"审核"sv, "核对"sv, "核实"sv, "核验"sv, "核查"sv,
                                  "复核"sv, "复审"sv, "检查"sv, "审查"sv};
  constexpr std::array look = {"check"sv,   "verify"sv,  "review"sv, "inspect"sv,  "examine"sv,
                               "analyse"sv, "analyze"sv, "assess"sv, "evaluate"sv, "decide"sv};
  if (work == NamedWork::compare || work == NamedWork::calculate) return false;
  return has_one(name, looking) || std::any_of(verbs.begin(), verbs.end(), [&](auto verb) {
           return std::find(look.begin(), look.end(), verb) != look.end();
         });
}

bool hands_over(const Step& step) {
  constexpr std::array originals = {"原件"sv,        "证书"sv,     "纸质"sv,
                                    "证件"sv,        "original"sv, "originals"sv,
                                    "certificate"sv, "cheque"sv,   "paper"sv};
  return says_things(step.name) || says_any(step.name, originals);
}

}  // namespace

bool says_registering(std::string_view name) {
  constexpr std::array registering = {"登记"sv};
  return does_one(name, registering);
}

NamedWork named_work(const Step& step) {
  const std::string name = ascii_lower(step.name);
  if (has_one(name, judgement)) return NamedWork::none;
  const std::vector<std::string_view> verbs = verbs_of(name);
  for (const Words& words : all_words()) {
    const bool named = std::any_of(verbs.begin(), verbs.end(), [&](std::string_view verb) {
      return std::find(words.verbs.begin(), words.verbs.end(), verb) != words.verbs.end();
    });
    if (!named && !does_one(name, words.anywhere)) continue;
    // Whoever looks at something as well may find what no rule does: 核对并打款.
    if (looks_as_well(name, verbs, words.work)) return NamedWork::check;
    // Things and originals are handed over by people.
    if (words.work == NamedWork::pass_on && hands_over(step)) return NamedWork::none;
    return words.work;
  }
  if (writes_a_form(name, verbs)) return NamedWork::produce;
  if (sets_a_figure(name, verbs)) return NamedWork::calculate;
  const bool validates = !verbs.empty() && verbs.front().starts_with("valid");
  if (validates || name.find("校验") != std::string::npos) return NamedWork::validate;
  return says_check(step) ? NamedWork::check : NamedWork::none;
}

bool says_by_hand(const Step& step) { return has_one(ascii_lower(step.name), by_hand); }

}  // namespace gemba::inline audit
