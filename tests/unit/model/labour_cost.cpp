#include "core/model/labour_cost.h"

#include "tests/unit/audit/document.h"

namespace gemba {

TEST_CASE("work costs what the hour of its role costs") {
  const Process process = test::read(R"([map]
[roles.clerk]
cost_per_hour = 60.0
[roles.guest]
[[step]]
id = "begin"
kind = "start"
next = "ask"
[[step]]
id = "ask"
role = "clerk"
next = "answer"
[[step]]
id = "answer"
role = "guest"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  CHECK(labour_cost(process, *process.find_step("ask"), 90) == 1.5);
  CHECK_FALSE(labour_cost(process, *process.find_step("answer"), 90));
  CHECK_FALSE(labour_cost(process, *process.find_step("done"), 90));
}

}  // namespace gemba
