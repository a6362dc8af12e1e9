#include "core/rules/rule.h"

namespace gemba::inline rules {

constinit const Rule dangling_reference{
    .about = {.code = "S006",
              .name = "dangling-reference",
              .level = Level::error,
              .summary = "a step, role, system, datum or calendar that does not exist",
              .what = "An id that nothing in the document or in gemba.toml defines. The nearest "
                      "existing id is "
                      "suggested.",
              .why = "The procedure leads nowhere at this place, or hands the work to nobody.",
              .example = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "aprove"
[[step]]
id = "approve"
name = "组长审批"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "approve"
[[step]]
id = "approve"
name = "组长审批"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
