#include "cmd/bind/rule_options.h"

#include <fmt/format.h>

#include <ctime>

#include "core/base/error.h"

namespace gemba::inline cmd {
namespace {

Date date_of(const std::string& given) {
  if (!given.empty()) {
    if (const auto date = parse_date(given)) return *date;
    throw UsageError(fmt::format("--today '{}' is not a date; write it like 2026-01-31", given));
  }
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

}  // namespace

std::vector<Argument> bind_rules(Arguments& arguments, RuleFlags& flags) {
  const auto add_list = [&](const char* name, std::vector<std::string>& rules, const char* help) {
    return arguments.add(name, rules, help).by_commas().value_name("RULE");
  };
  const Argument select =
      add_list("--select", flags.select, "Only these rules: codes, names, or beginnings of codes");
  const Argument ignore = add_list("--ignore", flags.ignore, "Not these rules");
  arguments.add("--today", flags.today, "The date that reviews are measured against")
      .value_name("DATE")
      .environment("GEMBA_TODAY");
  return {select, ignore};
}

LintOptions lint_options(const RuleFlags& flags) {
  for (const auto* list : {&flags.select, &flags.ignore}) {
    const std::string message = unknown_rule_message(*list);
    if (!message.empty()) throw UsageError(message);
  }
  return {date_of(flags.today), flags.select, flags.ignore};
}

}  // namespace gemba::inline cmd
