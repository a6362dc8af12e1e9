#include "core/eventlog/read_log.h"
#include "core/replay/cases/case_attributes.h"

#include <doctest/doctest.h>

#include "core/replay/replay.h"
#include "tests/unit/audit/document.h"

namespace gemba {

TEST_CASE("amounts that an approval judged are read from the log, with how the case went on") {
  const Process process = test::read(R"([map]
[roles.lead]
[data.sum]
name = "金额"
[[step]]
id = "apply"
kind = "start"
next = "approve"
[[step]]
id = "approve"
kind = "approval"
role = "lead"
amount = "sum"
next = [{ to = "pay", when = "approved" }, { to = "refuse", when = "rejected" }]
[[step]]
id = "pay"
next = "done"
[[step]]
id = "refuse"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  const std::vector<std::string> columns = data_columns(process);
  CHECK(columns == std::vector<std::string>{"sum", "case:sum", "金额", "case:金额", "approved",
                                            "case:approved", "rejected", "case:rejected"});
  ReadOptions options;
  options.attributes = columns;
  options.optional_from = 0;
  const EventLog log = read_log_text(
      "case,activity,timestamp,金额\n"
      "a,approve,2026-01-01 10:00:00,\n"
      "a,pay,2026-01-01 11:00:00,120.5\n"
      "b,approve,2026-01-01 10:00:00,30\n"
      "b,refuse,2026-01-01 11:00:00,30\n"
      "c,approve,2026-01-01 10:00:00,未定\n"
      "d,approve,2026-01-01 10:00:00,7\n",
      "log.csv", options);
  const Profile profile = replay_log(process, log, LifecycleMode::automatic);
  const auto& judged = profile.judged[process.find_step("approve")->index()];
  REQUIRE(judged.size() == 3);
  CHECK(judged[0].amount == 120.5);
  REQUIRE(judged[0].exit);
  CHECK(process[process[*judged[0].exit].to].id == "pay");
  CHECK(judged[1].amount == 30);
  REQUIRE(judged[1].exit);
  CHECK(process[process[*judged[1].exit].to].id == "refuse");
  CHECK(judged[2].amount == 7);
  CHECK_FALSE(judged[2].exit);
  CHECK(profile.judged[process.find_step("pay")->index()].empty());
}

}  // namespace gemba
