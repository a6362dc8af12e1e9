#include "core/audit/own_work.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array checks = {"复核"sv,    "核对"sv,    "核实"sv,   "核验"sv,  "核查"sv,
                               "复查"sv,    "审核"sv,    "检查"sv,   "校验"sv,  "验证"sv,
                               "复审"sv,    "check"sv,   "verify"sv, "verif"sv, "review"sv,
                               "inspect"sv, "validat"sv, "audit"sv};

constexpr std::array completeness = {"齐全"sv,   "完整"sv,   "齐备"sv,     "缺件"sv,   "缺失"sv,
                                     "齐不齐"sv, "齐吗"sv,   "不齐"sv,     "不全"sv,   "是否齐"sv,
                                     "材料齐"sv, "资料齐"sv, "complete"sv, "missing"sv};
constexpr std::array truth = {"真伪"sv, "真实"sv, "核实"sv,  "核验"sv,
                              "验真"sv, "身份"sv, "verif"sv, "authentic"sv};
constexpr std::array amount = {"金额"sv, "数额"sv,   "价格"sv,  "费用"sv,
                               "账款"sv, "amount"sv, "price"sv, "sum"sv};

template <std::size_t size>
bool says_one_of(const Step& step, const std::array<std::string_view, size>& words) {
  const std::string name = ascii_lower(step.name);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace

bool is_own_work(const Process& process, StepId id) {
  const Step& step = process[id];
  return is_work(step.kind) && step.role && !process.is_external(step);
}

bool says_check(const Step& step) { return says_one_of(step, checks); }

CheckSubject check_subject(const Step& step) {
  if (says_one_of(step, completeness)) return CheckSubject::completeness;
  if (says_one_of(step, amount)) return CheckSubject::amount;
  return says_one_of(step, truth) ? CheckSubject::truth : CheckSubject::any;
}

}  // namespace gemba::inline audit
