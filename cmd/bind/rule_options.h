#pragma once
#include <string>
#include <vector>

#include "cmd/bind/arguments.h"
#include "core/rules/lint.h"

namespace gemba::inline cmd {

/// What the command line says about the rules that hold.
struct RuleFlags {
  std::vector<std::string> select, ignore;
  std::string today;
};

/// Adds `--select`, `--ignore` and `--today` to a command; returns the first two.
std::vector<Argument> bind_rules(Arguments& arguments, RuleFlags& flags);

/// Throws `UsageError` for a rule that does not exist, and for a date that is none.
LintOptions lint_options(const RuleFlags& flags);

}  // namespace gemba::inline cmd
