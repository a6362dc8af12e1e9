#include "core/rules/rule.h"

namespace gemba::inline rules {

constinit const Rule syntax_error{
    .about = {.code = "S001",
              .name = "syntax-error",
              .level = Level::error,
              .summary = "the file is not TOML",
              .what = "A text that cannot be read as TOML 1.0, that is not valid UTF-8, or that is "
                      "nested more "
                      "deeply than any procedure needs. Nothing else is checked in such a file.",
              .why = "Nobody, and no program, can tell what the rest of the file means.",
              .example = R"([map]
title = "退款
)",
              .instead = R"([map]
title = "退款"
[[step]]
id = "begin"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
