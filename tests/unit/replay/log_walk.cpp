#include "core/replay/log_walk.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "core/replay/kpi/kpi.h"
#include "core/replay/replay.h"
#include "core/report/building/replay_report.h"
#include "core/report/cells.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

Process refunds() {
  return test::read(R"([map]
[roles.agent]
calendar = "shop"
cost_per_hour = 30
[roles.lead]
calendar = "shop"
[calendars.shop]
timezone = "Asia/Shanghai"
hours = { mon-sat = "09:00-18:00" }
[data.amount]
[[authority]]
role = "lead"
action = "refund"
up_to = 300
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
role = "agent"
sla = "20m"
makes = ["amount"]
next = [{ to = "pay", when = "amount <= 50" }, { to = "sign", when = "amount > 50" }]
[[step]]
id = "sign"
kind = "approval"
role = "lead"
approves = "refund"
amount = "amount"
sla = "2bh"
next = [{ to = "pay" }, { to = "check" }]
[[step]]
id = "pay"
role = "agent"
next = "done"
[[step]]
id = "done"
kind = "end"
[[kpi]]
id = "paid"
from = "check"
to = "pay"
target = "<= 4bh"
[[kpi]]
id = "straight"
share = { without = ["sign"] }
[[kpi]]
id = "sum"
mean = "amount"
)");
}

/// Cases that mostly go as the process says, in fractions of a second and cents.
std::string random_rows(int cases) {
  std::mt19937 random(11);
  const char* steps[] = {"check", "sign", "pay", "other"};
  std::string rows = "case,activity,start,timestamp,resource,amount\n";
  for (int i = 0; i < cases; ++i) {
    std::int64_t second = 1'767'600'000 + random() % 2'000'000;
    const int amount = static_cast<int>(random() % 50'000);
    const int count = 1 + static_cast<int>(random() % 5);
    for (int at = 0; at < count; ++at) {
      const int step = random() % 8 == 0 ? static_cast<int>(random() % 4) : std::min(at, 2);
      const std::int64_t start = second + random() % 4000;
      second = start + random() % 900;
      rows += fmt::format("c{},{},{},{}.{:03},p{},{}.{:02}\n", i, steps[step], start, second,
                          random() % 1000, random() % 20, amount / 100, amount % 100);
    }
  }
  return rows;
}

std::string report_with(const Process& process, const EventLog& log, std::size_t threads) {
  const Profile profile =
      replay_log(process, log, LifecycleMode::automatic,
                 {.conformance = ConformanceOptions{}, .week_hours = true, .threads = threads});
  return dump_json(replay_report(process, log, profile, true).data, true);
}

}  // namespace

TEST_CASE("the report is the same to the byte, whatever the number of threads") {
  const Process process = refunds();
  ReadOptions how;
  how.attributes = {"amount"};
  const EventLog log = read_log_text(random_rows(24'000), "log.csv", how);
  REQUIRE(log.size() > 50'000);  // below, one thread does it all
  const std::string alone = report_with(process, log, 1);
  CHECK(alone.find("\"forbidden path\"") != std::string::npos);
  CHECK(alone.find("\"over authority\"") != std::string::npos);
  CHECK(alone.find("\"same person\"") != std::string::npos);
  CHECK(alone.find("\"breached\": 0") == std::string::npos);
  for (const std::size_t threads : {2U, 3U, 7U}) {
    CAPTURE(threads);
    CHECK((report_with(process, log, threads) == alone));
  }
}

}  // namespace gemba
