#include "core/audit/spoken_work.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/rule_work.h"
#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;
using Words = std::span<const std::string_view>;

/// How one thing is said. `parts` are found anywhere in a name, which Chinese needs; `verbs` only
/// where an English name has its verb, for "customer record" records nothing; `words` as a whole
/// word or words.
struct Vocabulary {
  Words parts, verbs, words;
};

constexpr std::array entry_parts = {"录入"sv, "填写"sv, "填报"sv, "填单"sv, "填表"sv,   "抄录"sv,
                                    "抄写"sv, "抄单"sv, "补录"sv, "誊"sv,   "输入"sv,   "转录"sv,
                                    "建档"sv, "录单"sv, "制单"sv, "记账"sv, "入账"sv,   "扫描"sv,
                                    "登账"sv, "手录"sv, "重录"sv, "再录"sv, "录一遍"sv, "复制到"sv};
constexpr std::array entry_verbs = {"enter"sv,        "key"sv,
                                    "rekey"sv,        "re-key"sv,
                                    "reenter"sv,      "re-enter"sv,
                                    "type"sv,         "retype"sv,
                                    "re-type"sv,      "log"sv,
                                    "record"sv,       "register"sv,
                                    "input"sv,        "capture"sv,
                                    "transcribe"sv,   "copy"sv,
                                    "copie"sv,        "scan"sv,
                                    "fill in"sv,      "fill out"sv,
                                    "fill up"sv,      "complete the form"sv,
                                    "write down"sv,   "note down"sv,
                                    "fill the form"sv};
constexpr std::array entry_words = {"data entry"sv, "order entry"sv, "keying"sv, "rekeying"sv,
                                    "re-keying"sv,  "entering"sv,    "typing"sv};

// To grant a registration is no entry: 办理税务登记.
constexpr std::array granting = {"办理"sv, "核发"sv, "审批"sv, "申领"sv, "注册登记"sv, "登记证"sv};

constexpr std::array writing_parts = {"写"sv, "开单"sv, "开具"sv, "手记"sv};
constexpr std::array writing_verbs = {"write"sv, "note"sv, "jot"sv};

constexpr std::array intake_parts = {"受理"sv, "收件"sv, "接件"sv, "收取"sv, "收单"sv, "收表"sv};
constexpr std::array intake_verbs = {"take"sv, "receive"sv, "accept"sv, "collect"sv};
constexpr std::array papers = {"form"sv,    "forms"sv, "application"sv, "applications"sv,
                               "papers"sv,  "paper"sv, "document"sv,    "documents"sv,
                               "request"sv, "claim"sv, "paperwork"sv,   "intake"sv};

constexpr std::array carrying_parts = {
    "传递"sv, "转交"sv, "转送"sv,   "移交"sv, "送交"sv, "送到"sv, "送至"sv, "送往"sv, "复印"sv,
    "拷贝"sv, "抄送"sv, "转发"sv,   "跑单"sv, "报送"sv, "呈送"sv, "送审"sv, "传真"sv, "跑手续"sv,
    "送去"sv, "跑腿"sv, "传单据"sv, "送签"sv, "递送"sv, "拿给"sv, "交给"sv};
constexpr std::array carrying_verbs = {
    "carry"sv,       "copy"sv,      "photocopy"sv,   "forward"sv,     "pass on"sv,
    "hand over"sv,   "hand on"sv,   "walk"sv,        "fax"sv,         "route"sv,
    "send a copy"sv, "send copy"sv, "send copies"sv, "mail a copy"sv, "distribute copies"sv,
    "carries"sv,     "copies"sv};
constexpr std::array sending_verbs = {"send"sv, "deliver"sv, "bring"sv,
                                      "take"sv, "mail"sv,    "post"sv};
constexpr std::array sent = {"file"sv, "files"sv,   "folder"sv,   "dossier"sv,   "copy"sv,
                             "form"sv, "forms"sv,   "papers"sv,   "paperwork"sv, "documents"sv,
                             "slip"sv, "invoice"sv, "invoices"sv, "report"sv};
constexpr std::array carrying_words = {"photocopying"sv, "internal mail"sv, "carrying"sv};

constexpr std::array filing_parts = {"归档"sv, "存档"sv, "打印"sv, "装订"sv, "留档"sv};
constexpr std::array filing_verbs = {"file"sv, "print"sv, "archive"sv, "staple"sv};
constexpr std::array filing_words = {"filing"sv, "printing"sv, "archiving"sv};

// Goods are carried because somebody is to have them.
constexpr std::array goods = {"货"sv,      "商品"sv,  "包裹"sv,    "样品"sv,
                              "快递"sv,    "goods"sv, "parcel"sv,  "sample"sv,
                              "patient"sv, "stock"sv, "material"sv};

constexpr std::array paper_parts = {"交接单"sv, "流转单"sv, "移交单"sv, "传递单"sv,
                                    "转办单"sv, "派工单"sv, "交办单"sv, "签收簿"sv,
                                    "签收表"sv, "交接本"sv, "流转表"sv, "分派单"sv};
constexpr std::array paper_words = {"paperwork"sv,       "cover sheet"sv,    "cover form"sv,
                                    "cover note"sv,      "routing slip"sv,   "routing sheet"sv,
                                    "handover note"sv,   "handover sheet"sv, "hand-over note"sv,
                                    "transfer slip"sv,   "transfer form"sv,  "transmittal"sv,
                                    "assignment slip"sv, "assignment form"sv};

constexpr std::array comparing_parts = {"对账"sv, "对帐"sv, "比对"sv, "勾对"sv, "匹配"sv, "轧账"sv};
constexpr std::array comparing_verbs = {"match"sv, "reconcile"sv, "compare"sv, "cross-check"sv};
constexpr std::array comparing_words = {"matching"sv, "reconciliation"sv, "comparison"sv,
                                        "three-way"sv, "against"sv};

constexpr std::array differing_parts = {"一致"sv,   "相符"sv, "不符"sv, "差异"sv, "对得上"sv,
                                        "对不上"sv, "调查"sv, "追查"sv, "查明"sv};
constexpr std::array differing_words = {
    "agree"sv,      "agrees"sv, "match"sv,       "matches"sv, "differ"sv,      "mismatch"sv,
    "difference"sv, "tally"sv,  "investigate"sv, "clarify"sv, "discrepancy"sv, "discrepancies"sv};

constexpr std::array completeness_parts = {
    "齐全"sv, "完整"sv, "齐备"sv, "缺项"sv,   "缺件"sv,     "补件"sv,   "补正"sv, "补齐"sv,
    "编码"sv, "代码"sv, "格式"sv, "漏填"sv,   "填写规范"sv, "形式审"sv, "齐吗"sv, "齐不齐"sv,
    "不齐"sv, "不全"sv, "齐了"sv, "是否齐"sv, "资料齐"sv,   "材料齐"sv};
constexpr std::array completeness_words = {"complete?"sv,
                                           "complete and correct"sv,
                                           "complete and accurate"sv,
                                           "complete application"sv,
                                           "complete file"sv,
                                           "all documents"sv,
                                           "all papers"sv,
                                           "all there"sv,
                                           "is complete"sv,
                                           "are complete"sv,
                                           "completeness"sv,
                                           "incomplete"sv,
                                           "missing"sv,
                                           "code"sv,
                                           "codes"sv,
                                           "coding"sv,
                                           "legible"sv,
                                           "legibility"sv,
                                           "filled in"sv,
                                           "properly filled"sv,
                                           "all fields"sv,
                                           "formalities"sv};

constexpr std::array copying_parts = {"转录"sv, "誊"sv, "抄录"sv, "照抄"sv, "复制"sv};
constexpr std::array copying_verbs = {"copy"sv,   "transcribe"sv, "rekey"sv, "re-key"sv,
                                      "retype"sv, "re-enter"sv,   "copie"sv};

constexpr std::array again_parts = {"再次"sv, "重新"sv, "重复"sv, "再来"sv, "二次"sv, "重录"sv,
                                    "补录"sv, "再跑"sv, "再到"sv, "再录"sv, "再填"sv};
constexpr std::array again_words = {"again"sv,    "once more"sv, "rekey"sv,       "re-key"sv,
                                    "rekeying"sv, "re-keying"sv, "reenter"sv,     "re-enter"sv,
                                    "retype"sv,   "re-type"sv,   "second time"sv, "a second"sv,
                                    "repeat"sv,   "resubmit"sv,  "come back"sv};

constexpr std::array asking_parts = {"问诊"sv, "病史"sv, "询问"sv, "问清"sv, "了解"sv,
                                     "需求"sv, "体征"sv, "访谈"sv, "面谈"sv, "采集"sv};
constexpr std::array asking_verbs = {"ask"sv, "interview"sv, "question"sv};
constexpr std::array asking_words = {
    "history"sv,   "anamnesis"sv, "vital signs"sv,  "vitals"sv,   "needs"sv,
    "interview"sv, "intake"sv,    "requirements"sv, "symptoms"sv, "questionnaire"sv};

constexpr std::array telling_parts = {"说明"sv, "提交"sv,   "递交"sv,   "提供"sv, "填"sv,  "陈述"sv,
                                      "讲"sv,   "说一遍"sv, "交材料"sv, "申请"sv, "描述"sv};
constexpr std::array telling_words = {"explain"sv, "tell"sv,     "submit"sv,   "resubmit"sv,
                                      "hand in"sv, "provide"sv,  "send"sv,     "fill in"sv,
                                      "apply"sv,   "describe"sv, "explains"sv, "tells"sv,
                                      "submits"sv, "repeat"sv,   "state"sv};

constexpr std::array drafting_parts = {"写"sv,   "起草"sv, "草拟"sv, "拟定"sv, "拟写"sv,
                                       "编写"sv, "编制"sv, "制作"sv, "撰"sv,   "出具"sv};
constexpr std::array drafting_verbs = {"write"sv, "draft"sv,   "prepare"sv,
                                       "type"sv,  "compose"sv, "draw up"sv};

constexpr std::array giving_parts = {"发放"sv, "颁发"sv, "签发"sv, "配发"sv, "发证"sv, "发卡"sv,
                                     "开通"sv, "办理"sv, "安装"sv, "预约"sv, "交付"sv, "开户"sv,
                                     "申领"sv, "领取"sv, "配备"sv, "制卡"sv, "制证"sv, "交钥匙"sv};
constexpr std::array giving_verbs = {
    "issue"sv,           "hand out"sv,         "give out"sv,     "set up"sv,
    "open an account"sv, "open the account"sv, "open account"sv, "book"sv,
    "install"sv,         "apply for"sv,        "register for"sv, "enrol"sv,
    "enroll"sv,          "sign up"sv,          "reserve"sv,      "deliver"sv,
    "grant"sv,           "provide"sv,          "equip"sv,        "activate"sv};

Vocabulary vocabulary(Saying what) {
  switch (what) {
    case Saying::entry:
      return {entry_parts, entry_verbs, entry_words};
    case Saying::writing:
      return {writing_parts, writing_verbs, {}};
    case Saying::intake:
      return {intake_parts, {}, {}};
    case Saying::carrying:
      return {carrying_parts, carrying_verbs, carrying_words};
    case Saying::filing:
      return {filing_parts, filing_verbs, filing_words};
    case Saying::paper:
      return {paper_parts, {}, paper_words};
    case Saying::comparing:
      return {comparing_parts, comparing_verbs, comparing_words};
    case Saying::differing:
      return {differing_parts, {}, differing_words};
    case Saying::completeness:
      return {completeness_parts, {}, completeness_words};
    case Saying::copying:
      return {copying_parts, copying_verbs, {}};
    case Saying::again:
      return {again_parts, {}, again_words};
    case Saying::asking:
      return {asking_parts, asking_verbs, asking_words};
    case Saying::drafting:
      return {drafting_parts, drafting_verbs, {}};
    case Saying::giving:
      return {giving_parts, giving_verbs, {}};
    case Saying::telling:
      return {telling_parts, {}, telling_words};
  }
  return {};
}

bool is_word_part(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }

/// Where the words stand whole in the name.
template <class Accept>
bool stands_in(std::string_view name, std::string_view words, Accept accept) {
  for (std::size_t at = name.find(words); at != std::string_view::npos;
       at = name.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    const bool begins = at == 0 || !is_word_part(name[at - 1]);
    if (begins && accept(at, end)) return true;
  }
  return false;
}

bool ends_word(std::string_view name, std::size_t end) {
  return end == name.size() || !is_word_part(name[end]);
}

/// Whether a verb may stand at `at`: in front, behind a comma, or behind "and", "then" or "to".
bool may_be_verb(std::string_view name, std::size_t at) {
  const std::string_view before = trimmed(name.substr(0, at));
  if (before.empty() || before.ends_with(',') || before.ends_with(':')) return true;
  return before.ends_with(" and") || before.ends_with(" then") || before.ends_with(" to");
}

/// "keys the order": a verb whatever stands before it.
bool has_object(std::string_view name, std::size_t end) {
  constexpr std::array objects = {"the "sv, "a "sv, "an "sv, "it "sv, "all "sv, "in "sv, "into "sv};
  if (end >= name.size() || name[end] != 's') return false;
  const std::string_view behind = trimmed(name.substr(end + 1));
  return name.substr(end + 1).starts_with(' ') &&
         std::any_of(objects.begin(), objects.end(),
                     [&](std::string_view object) { return behind.starts_with(object); });
}

bool is_log_in(std::string_view name, std::size_t end) {
  const std::string_view behind = name.substr(end);
  return behind.starts_with(" in ") || behind.starts_with(" on ") || behind == " in" ||
         behind == " on";
}

/// 填订单表, 填审批单: whatever the form is called.
bool fills_a_form(std::string_view name) {
  constexpr std::array forms = {"表"sv, "单"sv, "卡"sv, "书"sv};
  const std::size_t at = name.find("填");
  if (at == std::string_view::npos) return false;
  return std::any_of(forms.begin(), forms.end(), [&](std::string_view form) {
    return name.find(form, at) != std::string_view::npos;
  });
}

bool says_verb(std::string_view name, std::string_view verb) {
  return stands_in(name, verb, [&](std::size_t at, std::size_t end) {
    if (has_object(name, end)) return true;
    if (!ends_word(name, end) || !may_be_verb(name, at)) return false;
    return verb != "log" || !is_log_in(name, end);
  });
}

}  // namespace

bool says(const Step& step, Saying what) {
  const std::string name = ascii_lower(step.name);
  const Vocabulary said = vocabulary(what);
  const auto any = [&](Words words, auto matches) {
    return std::any_of(words.begin(), words.end(), matches);
  };
  const auto stands_whole = [&](std::string_view word) {
    return stands_in(name, word,
                     [&](std::size_t, std::size_t end) { return ends_word(name, end); });
  };
  const auto part_stands = [&](std::string_view part) {
    return name.find(part) != std::string::npos;
  };
  if (what == Saying::carrying && any(goods, part_stands)) return false;
  if (what == Saying::entry && any(granting, part_stands)) return false;
  if (what == Saying::entry && (says_registering(name) || fills_a_form(name))) return true;
  if (what == Saying::carrying && any(sent, stands_whole) &&
      any(sending_verbs, [&](std::string_view verb) { return says_verb(name, verb); })) {
    return true;
  }
  // "Take the student's forms": the verb alone takes anything.
  if (what == Saying::intake && any(papers, stands_whole) &&
      any(intake_verbs, [&](std::string_view verb) { return says_verb(name, verb); })) {
    return true;
  }
  return any(said.parts, part_stands) ||
         any(said.verbs, [&](std::string_view verb) { return says_verb(name, verb); }) ||
         any(said.words, stands_whole);
}

}  // namespace gemba::inline audit
