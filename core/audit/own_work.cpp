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

}  // namespace

bool is_own_work(const Process& process, StepId id) {
  const Step& step = process[id];
  return is_work(step.kind) && step.role && !process.is_external(step);
}

bool says_check(const Step& step) {
  const std::string name = ascii_lower(step.name);
  return std::any_of(checks.begin(), checks.end(),
                     [&](std::string_view word) { return name.find(word) != std::string::npos; });
}

}  // namespace gemba::inline audit
