#include "core/rules/rule.h"

namespace gemba::inline rules {

constinit const Rule unknown_key{
    .about = {.code = "S002",
              .name = "unknown-key",
              .level = Level::error,
              .summary = "a key that does not exist here",
              .what = "A key that the format does not know at this place, in a document or in "
                      "gemba.toml. The "
                      "nearest known key is suggested.",
              .why = "A misspelt key says nothing: the step would silently lose its role, its time "
                     "or its limit.",
              .example = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "done"
[[step]]
id = "done"
knid = "end"
)",
              .instead = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
