#include "core/replay/times/waiting_causes.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <string>

#include "core/replay/replay.h"
#include "tests/unit/audit/document.h"

using namespace gemba;
namespace {

// check, and approve after it, are done in office hours; ship has no calendar.
constexpr const char* orders = R"([map]
[roles.office]
calendar = "week"
[roles.depot]
[roles.customer]
external = true
[calendars.week]
hours = { mon-fri = "09:00-18:00" }
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
role = "office"
next = "approve"
[[step]]
id = "approve"
role = "office"
next = "ship"
[[step]]
id = "ship"
role = "depot"
next = "confirm"
[[step]]
id = "confirm"
role = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

/// Causes in minutes: batching, contention, prioritisation, unavailability, extraneous.
struct Minutes {
  double batching, contention, prioritisation, unavailability, extraneous;
};

void check_causes(const WaitingCauses& causes, const Minutes& expected) {
  CHECK(causes.batching == expected.batching * 60);
  CHECK(causes.contention == expected.contention * 60);
  CHECK(causes.prioritisation == expected.prioritisation * 60);
  CHECK(causes.unavailability == expected.unavailability * 60);
  CHECK(causes.extraneous == expected.extraneous * 60);
}

struct Row {
  const char* about;
  const char* step;  ///< whose causes are expected
  const char* log;   ///< rows: case,activity,start,end,resource
  Minutes expected;
};

}  // namespace

TEST_CASE("each cause of waiting, alone and together") {
  const Process process = test::read(orders);
  // 2026-01-05 is a Monday.
  const Row rows[] = {
      {"nothing says why",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,ship,2026-01-05 09:40,2026-01-05 09:50,b\n",
       {0, 0, 0, 0, 30}},
      {"enabled earlier, hence first",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,ship,2026-01-05 09:20,2026-01-05 10:00,b\n"
       "2,approve,2026-01-05 09:00,2026-01-05 09:15,a\n"
       "2,ship,2026-01-05 10:05,2026-01-05 10:10,b\n",
       {0, 40, 0, 0, 10 + 5 + 5}},
      {"enabled at the same moment: no rule was broken",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,ship,2026-01-05 09:10,2026-01-05 09:30,b\n"
       "2,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "2,check,2026-01-05 09:30,2026-01-05 09:31,b\n"
       "2,ship,2026-01-05 09:40,2026-01-05 09:50,b\n",
       {0, 20 + 1, 0, 0, 9}},
      {"enabled later and done before",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,ship,2026-01-05 10:05,2026-01-05 10:10,b\n"
       "2,approve,2026-01-05 09:00,2026-01-05 09:15,a\n"
       "2,ship,2026-01-05 09:20,2026-01-05 10:00,b\n",
       {0, 0, 40, 0, 15 + 5}},
      {"work of an activity that no step claims is work",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,tea,2026-01-05 09:20,2026-01-05 09:40,b\n",
       {0, 0, 20, 0, 30}},
      {"a weekend, and the evening before and the morning after",
       "approve",
       "1,check,2026-01-09 17:00,2026-01-09 17:30,a\n"
       "1,approve,2026-01-12 09:20,2026-01-12 09:30,b\n",
       {0, 0, 0, 63 * 60, 30 + 20}},
      {"a weekend at a step without calendar",
       "ship",
       "1,approve,2026-01-09 17:00,2026-01-09 17:30,a\n"
       "1,ship,2026-01-12 09:20,2026-01-12 09:30,b\n",
       {0, 0, 0, 0, 63 * 60 + 50}},
      {"who works in a closed hour is not away",
       "approve",
       "1,check,2026-01-09 17:00,2026-01-09 17:30,a\n"
       "1,approve,2026-01-09 21:00,2026-01-09 21:10,b\n"
       "2,ship,2026-01-09 17:50,2026-01-09 18:20,b\n"
       "3,ship,2026-01-09 19:00,2026-01-09 19:30,b\n",
       {0, 0, 60, 40 + 90, 20}},
      {"a batch of three, one after the other",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:00,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,approve,2026-01-05 09:20,2026-01-05 09:20,a\n"
       "2,ship,2026-01-05 10:10,2026-01-05 10:20,b\n"
       "3,approve,2026-01-05 09:50,2026-01-05 09:50,a\n"
       "3,ship,2026-01-05 10:20:30,2026-01-05 10:30,b\n",
       // Up to 9:50; then 10 minutes of nothing each; then the ones before: 0, 10, 20; a rest of
       // 0.5.
       {50 + 30, 10 + 20, 0, 0, 10 + 10 + 10.5}},
      {"a batch of two at once, the last in first",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:00,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,approve,2026-01-05 09:30,2026-01-05 09:30,a\n"
       "2,ship,2026-01-05 10:00,2026-01-05 10:05,b\n",
       {30, 0, 0, 0, 60}},
      {"two that did not wait for each other are no batch",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:00,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,approve,2026-01-05 10:01,2026-01-05 10:01,a\n"
       "2,ship,2026-01-05 10:10,2026-01-05 10:20,b\n",
       {0, 9, 0, 0, 60}},
      {"nor are two with a rest between",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:00,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,approve,2026-01-05 09:30,2026-01-05 09:30,a\n"
       "2,ship,2026-01-05 10:11:30,2026-01-05 10:20,b\n",
       {0, 10, 0, 0, 60 + 31.5}},
      {"nor with other work between",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:00,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,approve,2026-01-05 09:30,2026-01-05 09:30,a\n"
       "2,ship,2026-01-05 10:10:30,2026-01-05 10:20,b\n"
       "3,tea,2026-01-05 10:10,2026-01-05 10:10:30,b\n",
       {0, 10, 0.5, 0, 60 + 30}},
      {"a batch over a weekend: batching goes first, closed hours after it",
       "approve",
       "1,check,2026-01-09 17:00,2026-01-09 17:30,a\n"
       "1,approve,2026-01-12 09:30,2026-01-12 09:40,b\n"
       "2,check,2026-01-09 19:00,2026-01-09 20:00,a\n"
       "2,approve,2026-01-12 09:40,2026-01-12 09:50,b\n",
       {150, 10, 0, 2 * 61 * 60, 30 + 30}},
      {"contention goes before prioritisation where somebody does two things at once",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,ship,2026-01-05 10:00,2026-01-05 10:10,b\n"
       "2,check,2026-01-05 08:00,2026-01-05 08:50,a\n"
       "2,tea,2026-01-05 09:20,2026-01-05 09:40,b\n"
       "3,tea,2026-01-05 09:30,2026-01-05 09:50,b\n",
       {0, 20, 10, 0, 20}},
      {"an instance that began before it was enabled waits for nothing",
       "ship",
       "1,approve,2026-01-05 09:00,2026-01-05 09:30,a\n"
       "1,ship,2026-01-05 09:10,2026-01-05 09:40,b\n",
       {0, 0, 0, 0, 0}},
      {"one name for many customers says nothing",
       "confirm",
       "1,ship,2026-01-05 09:00,2026-01-05 09:10,a\n"
       "1,confirm,2026-01-05 10:10,2026-01-05 10:20,customer\n"
       "2,ship,2026-01-05 09:00,2026-01-05 09:00,a\n"
       "2,confirm,2026-01-05 09:10,2026-01-05 10:10,customer\n",
       {0, 0, 0, 0, 60 + 10}},
      {"nobody is known to have done it",
       "approve",
       "1,check,2026-01-05 17:00,2026-01-05 17:30,a\n"
       "1,approve,2026-01-05 18:10,2026-01-05 18:20,\n"
       "2,ship,2026-01-05 17:30,2026-01-05 18:20,\n",
       {0, 0, 0, 10, 30}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.about);
    const EventLog log =
        read_log_text("case,activity,start,end,resource\n" + std::string(row.log), "log.csv");
    const Profile profile = replay_log(process, log, LifecycleMode::automatic);
    REQUIRE(profile.waiting_causes.size() == process.steps.size());
    check_causes(profile.waiting_causes[process.find_step(row.step)->index()], row.expected);
  }
}

TEST_CASE(
    "causes are known for the way from one step to the next, with the instances they rest on") {
  const Process process = test::read(orders);
  const EventLog log = read_log_text(
      "case,activity,start,end,resource\n"
      "1,check,2026-01-05 09:00,2026-01-05 09:10,a\n"
      "1,approve,2026-01-05 09:30,2026-01-05 09:40,b\n"
      "2,check,2026-01-05 10:00,2026-01-05 10:10,a\n"
      "2,approve,2026-01-05 10:20,2026-01-05 10:40,\n"
      "3,tea,2026-01-05 11:00,2026-01-05 11:10,a\n"
      "3,approve,2026-01-05 11:20,2026-01-05 11:40,b\n",
      "log.csv");
  const Profile profile = replay_log(process, log, LifecycleMode::automatic);
  const StepId check = *process.find_step("check");
  const StepId approve = *process.find_step("approve");
  const WaitingCauses& causes = profile.waiting_causes[approve.index()];
  CHECK(causes.instances == 3);
  CHECK(causes.with_resource == 2);
  CHECK(causes.total() == 40 * 60);
  CHECK(profile.waiting_causes[check.index()].instances == 0);
  // What came after tea has no step that enabled it.
  REQUIRE(profile.waiting_edges.size() == 1);
  CHECK(profile.waiting_edges[0].from == check);
  CHECK(profile.waiting_edges[0].to == approve);
  CHECK(profile.waiting_edges[0].causes.instances == 2);
  CHECK(profile.waiting_edges[0].causes.with_resource == 1);
  CHECK(profile.waiting_edges[0].causes.extraneous == 30 * 60);
}

TEST_CASE("a log with one time per event, or without resources") {
  const Process process = test::read(orders);
  const Profile one = replay_log(process,
                                 read_log_text("case,activity,time,resource\n"
                                               "1,check,2026-01-05 09:00,a\n"
                                               "1,approve,2026-01-05 10:00,b\n",
                                               "log.csv"),
                                 LifecycleMode::automatic);
  CHECK(one.waiting_causes.empty());
  CHECK(one.waiting_edges.empty());
  const Profile nobody = replay_log(process,
                                    read_log_text("case,activity,start,end\n"
                                                  "1,check,2026-01-05 16:00,2026-01-05 17:00\n"
                                                  "1,approve,2026-01-05 19:00,2026-01-05 19:10\n"
                                                  "2,check,2026-01-05 17:00,2026-01-05 17:30\n",
                                                  "log.csv"),
                                    LifecycleMode::automatic);
  const WaitingCauses& causes = nobody.waiting_causes[process.find_step("approve")->index()];
  check_causes(causes, {0, 0, 0, 60, 60});
  CHECK(causes.with_resource == 0);
}

TEST_CASE("started work that has not ended waited, and keeps nobody busy") {
  const Process process = test::read(orders);
  const Profile profile = replay_log(process,
                                     read_log_text("case,activity,time,lifecycle,resource\n"
                                                   "1,approve,2026-01-05 09:00,start,a\n"
                                                   "1,approve,2026-01-05 09:10,complete,a\n"
                                                   "1,ship,2026-01-05 09:20,start,b\n"
                                                   "2,approve,2026-01-05 09:00,start,a\n"
                                                   "2,approve,2026-01-05 09:10,complete,a\n"
                                                   "2,ship,2026-01-05 09:40,start,b\n"
                                                   "2,ship,2026-01-05 09:50,complete,b\n",
                                                   "log.csv"),
                                     LifecycleMode::automatic);
  check_causes(profile.waiting_causes[process.find_step("ship")->index()], {0, 0, 0, 0, 10 + 30});
}
