#include "core/rules/rule.h"

namespace gemba::inline rules {

constinit const Rule duplicate_id{
    .about = {.code = "S005",
              .name = "duplicate-id",
              .level = Level::error,
              .summary = "two steps, roles, … with one id",
              .what = "An id that is given twice in a document, or a definition of gemba.toml that "
                      "a document "
                      "defines again in another way. Both places are shown.",
              .why = "A reference to the id could mean either.",
              .example = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
name = "核对订单"
next = "done"
[[step]]
id = "check"
name = "核对物流"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "check_order"
[[step]]
id = "check_order"
name = "核对订单"
next = "check_parcel"
[[step]]
id = "check_parcel"
name = "核对物流"
next = "done"
[[step]]
id = "done"
kind = "end"
)"}};

}  // namespace gemba::inline rules
