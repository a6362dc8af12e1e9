#include "core/rules/rule.h"

namespace gemba::inline rules {

constinit const Rule missing_key{
    .about = {.code = "S004",
              .name = "missing-key",
              .level = Level::error,
              .summary = "a required key is absent",
              .what = "A document without `[sop]` or `[map]`, or a step, KPI, path test or "
                      "authority row without a "
                      "key that it cannot do without.",
              .why = "A step without an id cannot be referred to, drawn, or found in a log.",
              .example = R"([map]
[[step]]
name = "接入"
kind = "start"
)",
              .instead = R"([map]
[[step]]
id = "intake"
name = "接入"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
