#include "core/rules/rule.h"

namespace gemba::inline rules {

constinit const Rule bad_value{
    .about = {
        .code = "S003",
        .name = "bad-value",
        .level = Level::error,
        .summary = "a value of the wrong type or form",
        .what = "A value that has the wrong type, a duration, date, share, volume or target that "
                "cannot be "
                "read, a share outside 0 to 1, or a word that is not one of those allowed.",
        .why = "The value would have to be guessed, and every figure that follows from it with it.",
        .example = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
time = "15 minutes"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
        .instead = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
time = "15m"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
