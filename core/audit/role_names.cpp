#include "core/audit/role_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "core/audit/name_words.h"
#include "core/model/authority.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array leaders = {"经理"sv,
                                "主管"sv,
                                "总监"sv,
                                "主任"sv,
                                "局长"sv,
                                "科长"sv,
                                "处长"sv,
                                "部长"sv,
                                "院长"sv,
                                "厂长"sv,
                                "组长"sv,
                                "队长"sv,
                                "总裁"sv,
                                "副总"sv,
                                "领导"sv,
                                "董事"sv,
                                "负责人"sv,
                                "manager"sv,
                                "chief"sv,
                                "supervisor"sv,
                                "president"sv,
                                "head of"sv,
                                "department head"sv,
                                "director"sv,
                                "executive"sv,
                                "team lead"sv,
                                "team leader"sv};

// Their title names what they look after, nobody whom they lead.
constexpr std::array of_cases = {
    "客户经理"sv,        "项目经理"sv,        "产品经理"sv,
    "个案经理"sv,        "account manager"sv, "case manager"sv,
    "project manager"sv, "product manager"sv, "relationship manager"sv};

constexpr std::array general_heads = {"总经理"sv,
                                      "副总"sv,
                                      "总裁"sv,
                                      "董事"sv,
                                      "厂长"sv,
                                      "院长"sv,
                                      "局长"sv,
                                      "分管"sv,
                                      "负责人"sv,
                                      "ceo"sv,
                                      "general manager"sv,
                                      "plant manager"sv,
                                      "president"sv,
                                      "board"sv,
                                      "chief executive"sv};

/// Fields of their own, each with its names.
constexpr std::array<std::array<std::string_view, 4>, 12> fields = {{
    {"财务", "会计", "finance", "accounting"},
    {"采购", "供应", "purchasing", "procurement"},
    {"法务", "法律", "legal", "lawyer"},
    {"质量", "品质", "quality", "qa"},
    {"安全", "消防", "safety", "security"},
    {"设备", "工程", "equipment", "engineering"},
    {"人事", "人力", "hr", "personnel"},
    {"信息部", "信息科", "it", "data protection"},
    {"销售", "市场", "sales", "marketing"},
    {"环保", "环境", "environment", "environmental"},
    {"规划", "用地", "planning", "zoning"},
    {"税务", "审计", "tax", "audit"},
}};

std::string text_of(const Process& process, const Step& step) {
  return step.name + " " + process.definitions[*step.role].name;
}

/// The field that the approval is of; none where it names none, or stands above them all.
std::optional<std::size_t> field_of(const Process& process, const Step& step) {
  const std::string text = text_of(process, step);
  if (says_any(text, general_heads)) return std::nullopt;
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& words) { return says_any(text, words); });
  if (found == fields.end()) return std::nullopt;
  return static_cast<std::size_t>(found - fields.begin());
}

bool needs(const Step& step, DataId data) {
  return std::any_of(step.needs.begin(), step.needs.end(),
                     [&](const DataUse& use) { return use.data == data; });
}

/// Whether the first looks at something that the second does not.
bool looks_beyond(const Step& first, const Step& second) {
  return std::any_of(first.needs.begin(), first.needs.end(),
                     [&](const DataUse& use) { return !needs(second, use.data); });
}

bool have_fields_of_their_own(const Process& process, const Step& first, const Step& second) {
  const bool above = says_any(text_of(process, first), general_heads) ||
                     says_any(text_of(process, second), general_heads);
  return !above && field_of(process, first) != field_of(process, second);
}

}  // namespace

bool is_leader(const Definitions& definitions, RoleId role) {
  const auto reports = [&](const Role& other) { return other.reports_to == role; };
  if (std::any_of(definitions.roles.begin(), definitions.roles.end(), reports)) return true;
  const std::string& name = definitions[role].name;
  return says_any(name, leaders) && !says_any(name, of_cases);
}

bool are_levels(const Process& process, const Step& first, const Step& second) {
  if (!first.role || !second.role || *first.role == *second.role) return true;
  const Definitions& known = process.definitions;
  if (reports_to(known, *first.role, *second.role) || reports_to(known, *second.role, *first.role))
    return true;
  if (first.approves && second.approves && first.approves->text == second.approves->text) {
    const auto low = limit_of(known, *first.role, first.approves->text);
    const auto high = limit_of(known, *second.role, second.approves->text);
    if (low && high && *low != *high) return true;
  }
  if (looks_beyond(first, second) && looks_beyond(second, first)) return false;
  return !have_fields_of_their_own(process, first, second);
}

}  // namespace gemba::inline audit
