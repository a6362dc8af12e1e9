#include "core/rules/rule.h"

namespace gemba::inline rules {

// Reported by `apply_suppressions`, which knows what was taken away.
constinit const Rule idle_suppression{
    .about = {.code = "S008",
              .name = "idle-suppression",
              .level = Level::warning,
              .summary = "a suppression that nothing needs, that has run out or gives no reason",
              .what =
                  "A comment `# gemba: ignore[CODE] why` that takes no finding away, whose date "
                  "(`until 2026-12-31`, the last day on which it holds) is over, that gives no "
                  "reason, or that names a rule that there is not. Behind something on its "
                  "line it is about that line, on a line of its own about the next one, and "
                  "above a table header such as `[[step]]` about the whole table.",
              .why = "What is excused should be excused for a reason that the next reader can "
                     "weigh, and no longer than it holds. Idle suppressions hide the faults of "
                     "tomorrow.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"   # gemba: ignore[R201] 岗位待定
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "intake"
kind = "start"
next = "pay"
# gemba: ignore[R201] until 2026-12-31 岗位待定,年底前确定
[[step]]
id = "pay"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
