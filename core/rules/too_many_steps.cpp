#include <fmt/format.h>

#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

constexpr Parameter parameters[] = {{"max", 50, "steps that a document may have"}};

void check(const RuleInput& input, RuleReport& report) {
  const double most = report.parameter("max");
  const std::size_t count = input.process.steps.size();
  if (static_cast<double>(count) <= most) return;
  report.add(input.process.span, "",
             fmt::format("{} steps are more than {:g}: move a part into a document of its own and "
                         "call it",
                         count, most));
}

}  // namespace

constinit const Rule too_many_steps{
    .about = {.code = "F115",
              .name = "too-many-steps",
              .level = Level::warning,
              .summary = "a document that should be several",
              .what = "A document with more than `max` steps.",
              .why = "Nobody can take it in, its chart fits on no screen, and a change of "
                     "one part puts the whole in review. Long procedures are easier to "
                     "follow as several, one of which calls the others.",
              .example = R"(step = [
  { id = "intake", kind = "start", next = "s1" },
  { id = "s1", name = "核对第 1 项", next = "s2" },
  { id = "s2", name = "核对第 2 项", next = "s3" },
  { id = "s3", name = "核对第 3 项", next = "s4" },
  { id = "s4", name = "核对第 4 项", next = "s5" },
  { id = "s5", name = "核对第 5 项", next = "s6" },
  { id = "s6", name = "核对第 6 项", next = "s7" },
  { id = "s7", name = "核对第 7 项", next = "s8" },
  { id = "s8", name = "核对第 8 项", next = "s9" },
  { id = "s9", name = "核对第 9 项", next = "s10" },
  { id = "s10", name = "核对第 10 项", next = "s11" },
  { id = "s11", name = "核对第 11 项", next = "s12" },
  { id = "s12", name = "核对第 12 项", next = "s13" },
  { id = "s13", name = "核对第 13 项", next = "s14" },
  { id = "s14", name = "核对第 14 项", next = "s15" },
  { id = "s15", name = "核对第 15 项", next = "s16" },
  { id = "s16", name = "核对第 16 项", next = "s17" },
  { id = "s17", name = "核对第 17 项", next = "s18" },
  { id = "s18", name = "核对第 18 项", next = "s19" },
  { id = "s19", name = "核对第 19 项", next = "s20" },
  { id = "s20", name = "核对第 20 项", next = "s21" },
  { id = "s21", name = "核对第 21 项", next = "s22" },
  { id = "s22", name = "核对第 22 项", next = "s23" },
  { id = "s23", name = "核对第 23 项", next = "s24" },
  { id = "s24", name = "核对第 24 项", next = "s25" },
  { id = "s25", name = "核对第 25 项", next = "s26" },
  { id = "s26", name = "核对第 26 项", next = "s27" },
  { id = "s27", name = "核对第 27 项", next = "s28" },
  { id = "s28", name = "核对第 28 项", next = "s29" },
  { id = "s29", name = "核对第 29 项", next = "s30" },
  { id = "s30", name = "核对第 30 项", next = "s31" },
  { id = "s31", name = "核对第 31 项", next = "s32" },
  { id = "s32", name = "核对第 32 项", next = "s33" },
  { id = "s33", name = "核对第 33 项", next = "s34" },
  { id = "s34", name = "核对第 34 项", next = "s35" },
  { id = "s35", name = "核对第 35 项", next = "s36" },
  { id = "s36", name = "核对第 36 项", next = "s37" },
  { id = "s37", name = "核对第 37 项", next = "s38" },
  { id = "s38", name = "核对第 38 项", next = "s39" },
  { id = "s39", name = "核对第 39 项", next = "s40" },
  { id = "s40", name = "核对第 40 项", next = "s41" },
  { id = "s41", name = "核对第 41 项", next = "s42" },
  { id = "s42", name = "核对第 42 项", next = "s43" },
  { id = "s43", name = "核对第 43 项", next = "s44" },
  { id = "s44", name = "核对第 44 项", next = "s45" },
  { id = "s45", name = "核对第 45 项", next = "s46" },
  { id = "s46", name = "核对第 46 项", next = "s47" },
  { id = "s47", name = "核对第 47 项", next = "s48" },
  { id = "s48", name = "核对第 48 项", next = "s49" },
  { id = "s49", name = "核对第 49 项", next = "done" },
  { id = "done", kind = "end" },
]

[map]
title = "盘点"
)",
              .instead = R"(step = [
  { id = "intake", kind = "start", next = "s1" },
  { id = "s1", name = "核对第 1 项", next = "s2" },
  { id = "s2", name = "核对第 2 项", next = "s3" },
  { id = "s3", name = "核对第 3 项", next = "s4" },
  { id = "s4", name = "核对第 4 项", next = "s5" },
  { id = "s5", name = "核对第 5 项", next = "s6" },
  { id = "s6", name = "核对第 6 项", next = "done" },
  { id = "done", kind = "end" },
]

[map]
title = "盘点"
)",
              .parameters = parameters},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
