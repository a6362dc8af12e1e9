#include "core/replay/waiting_causes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "core/replay/busy_time.h"
#include "core/replay/replay.h"
#include "core/toml/read.h"

using namespace gemba;
namespace {

Process process_of(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const SourceId source = sources.add("p.toml", text);
  auto process = read_process(sources, source, {}, found);
  REQUIRE(process);
  REQUIRE(found.empty());
  return *process;
}

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
  const Process process = process_of(orders);
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
    const Profile profile = replay(process, log, LifecycleMode::automatic);
    REQUIRE(profile.waiting_causes.size() == process.steps.size());
    check_causes(profile.waiting_causes[process.find_step(row.step)->index()], row.expected);
  }
}

TEST_CASE(
    "causes are known for the way from one step to the next, with the instances they rest on") {
  const Process process = process_of(orders);
  const EventLog log = read_log_text(
      "case,activity,start,end,resource\n"
      "1,check,2026-01-05 09:00,2026-01-05 09:10,a\n"
      "1,approve,2026-01-05 09:30,2026-01-05 09:40,b\n"
      "2,check,2026-01-05 10:00,2026-01-05 10:10,a\n"
      "2,approve,2026-01-05 10:20,2026-01-05 10:40,\n"
      "3,tea,2026-01-05 11:00,2026-01-05 11:10,a\n"
      "3,approve,2026-01-05 11:20,2026-01-05 11:40,b\n",
      "log.csv");
  const Profile profile = replay(process, log, LifecycleMode::automatic);
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
  const Process process = process_of(orders);
  const Profile one = replay(process,
                             read_log_text("case,activity,time,resource\n"
                                           "1,check,2026-01-05 09:00,a\n"
                                           "1,approve,2026-01-05 10:00,b\n",
                                           "log.csv"),
                             LifecycleMode::automatic);
  CHECK(one.waiting_causes.empty());
  CHECK(one.waiting_edges.empty());
  const Profile nobody = replay(process,
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
  const Process process = process_of(orders);
  const Profile profile = replay(process,
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

namespace {

constexpr Micros second = micros_per_second;
constexpr Micros naive_gap = 3 * second;

/// Whether items a and b, in order of start, may stand one after the other in a batch.
bool chained(const WorkItem& a, const WorkItem& b) {
  const bool directly =
      b.start == a.start || (a.end != no_time && b.start >= a.end && b.start <= a.end + naive_gap);
  return a.step != no_step && a.step == b.step && directly;
}

/// The last enabled moment of the batch of an item, over all stretches of its neighbours: batches
/// are read from the front.
Micros naive_ready(const std::vector<WorkItem>& own, std::size_t wanted) {
  for (std::size_t begin = 0; begin < own.size();) {
    std::size_t end = begin + 1;
    const auto fits = [&](const WorkItem& each) {
      return each.enabled != no_time && each.enabled <= own[begin].start;
    };
    while (fits(own[begin]) && end < own.size() && chained(own[end - 1], own[end]) &&
           fits(own[end])) {
      ++end;
    }
    if (wanted < end) {
      Micros ready = own[wanted].enabled;
      for (std::size_t i = begin; i < end; ++i) ready = std::max(ready, own[i].enabled);
      return ready;
    }
    begin = end;
  }
  return 0;
}

/// Second by second, against everything that the resource did: what the definition says.
void add_naively(const std::vector<WorkItem>& own, std::size_t at, bool has_calendar,
                 WaitingCauses& causes) {
  const WorkItem& item = own[at];
  if (item.enabled == no_time) return;
  ++causes.instances;
  const bool known = item.resource != no_resource;
  if (known) ++causes.with_resource;
  const Micros ready = known ? naive_ready(own, at) : item.enabled;
  for (Micros now = item.enabled; now < item.start; now += second) {
    bool earlier = false;
    bool later = false;
    for (std::size_t i = 0; i < own.size() && known; ++i) {
      const WorkItem& other = own[i];
      if (i == at || other.end == no_time || now < other.start || now >= other.end) continue;
      const bool unknown = other.enabled == no_time || other.enabled > other.start;
      ((unknown ? other.start : other.enabled) <= item.enabled ? earlier : later) = true;
    }
    // Open from 00:02 to 00:05 and from 00:07 to 00:08, every day.
    const Micros minute = now % micros_per_day / (60 * second);
    const bool open = (minute >= 2 && minute < 5) || minute == 7;
    double& cause = now < ready             ? causes.batching
                    : earlier               ? causes.contention
                    : later                 ? causes.prioritisation
                    : has_calendar && !open ? causes.unavailability
                                            : causes.extraneous;
    cause += 1;
  }
}

constexpr const char* minutes = R"([map]
[roles.clerk]
calendar = "short"
[calendars.short]
hours = { mon-sun = ["00:02-00:05", "00:07-00:08"] }
[[step]]
id = "a"
kind = "start"
role = "clerk"
next = "b"
[[step]]
id = "b"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

LargeVector<WorkItem> random_items(std::mt19937& random, std::uint32_t count) {
  const auto upto = [&](std::uint32_t most) { return static_cast<Micros>(random() % (most + 1)); };
  LargeVector<WorkItem> items;
  for (std::uint32_t number = 0; number < count; ++number) {
    WorkItem item;
    item.number = number;
    if (upto(9) > 0) item.step = StepId(static_cast<std::size_t>(upto(1)));
    if (upto(3) > 0) item.from = StepId(static_cast<std::size_t>(upto(1)));
    if (upto(9) > 0) item.resource = ResourceId(static_cast<std::size_t>(upto(1)));
    // Coarse, so that starts often meet ends and each other.
    item.start = upto(120) * 5 * second;
    if (upto(9) > 0) item.end = item.start + upto(6) * 5 * second;
    if (upto(9) > 0) item.enabled = item.start - upto(60) * 5 * second + 20 * second;
    items.push_back(item);
  }
  return items;
}

void check_same(const WaitingCauses& found, const WaitingCauses& expected) {
  CHECK(found.instances == expected.instances);
  CHECK(found.with_resource == expected.with_resource);
  CHECK(found.batching == expected.batching);
  CHECK(found.contention == expected.contention);
  CHECK(found.prioritisation == expected.prioritisation);
  CHECK(found.unavailability == expected.unavailability);
  CHECK(found.extraneous == expected.extraneous);
}

}  // namespace

TEST_CASE("causes of random logs are what the definition says, second by second") {
  const Process process = process_of(minutes);
  std::mt19937 random(20260105);
  WaitingCauses seen;
  for (std::uint32_t round = 0; round < 300; ++round) {
    CAPTURE(round);
    const LargeVector<WorkItem> items = random_items(random, 2 + round % 40);
    const WaitingProfile found = waiting_causes(process, items, naive_gap);
    WaitingCauses expected[3], edges[3][3];
    double waited[3] = {};
    for (const ResourceId resource : {ResourceId(0), ResourceId(1), no_resource}) {
      std::vector<WorkItem> own;
      for (const WorkItem& each : items) {
        if (each.resource == resource) own.push_back(each);
      }
      std::sort(own.begin(), own.end(), [](const WorkItem& a, const WorkItem& b) {
        return std::tie(a.start, a.end, a.number) < std::tie(b.start, b.end, b.number);
      });
      for (std::size_t i = 0; i < own.size(); ++i) {
        const StepId step = own[i].step;
        if (step == no_step) continue;
        add_naively(own, i, step == StepId(0), expected[step.index()]);
        if (own[i].enabled != no_time) {
          waited[step.index()] +=
              static_cast<double>(std::max<Micros>(0, own[i].start - own[i].enabled) / second);
        }
        if (own[i].from == no_step) continue;
        add_naively(own, i, step == StepId(0), edges[own[i].from.index()][step.index()]);
      }
    }
    for (std::size_t i = 0; i < 3; ++i) {
      check_same(found.steps[i], expected[i]);
      CHECK(found.steps[i].total() == waited[i]);
      seen.batching += expected[i].batching;
      seen.contention += expected[i].contention;
      seen.prioritisation += expected[i].prioritisation;
      seen.unavailability += expected[i].unavailability;
      seen.extraneous += expected[i].extraneous;
    }
    for (const WaitingEdge& edge : found.edges) {
      check_same(edge.causes, edges[edge.from.index()][edge.to.index()]);
      edges[edge.from.index()][edge.to.index()] = {};
    }
    for (const auto& from : edges) {
      for (const WaitingCauses& left : from) CHECK(left.instances == 0);
    }
  }
  // The random logs have every cause, and often.
  for (const double each : {seen.batching, seen.contention, seen.prioritisation,
                            seen.unavailability, seen.extraneous}) {
    CHECK(each > 0.02 * seen.total());
  }
}

TEST_CASE("the order of the items does not matter") {
  const Process process = process_of(minutes);
  std::mt19937 random(7);
  LargeVector<WorkItem> items = random_items(random, 60);
  const WaitingProfile first = waiting_causes(process, items);
  std::shuffle(items.begin(), items.end(), random);
  const WaitingProfile second_run = waiting_causes(process, items);
  for (std::size_t i = 0; i < first.steps.size(); ++i) {
    check_same(second_run.steps[i], first.steps[i]);
  }
}

TEST_CASE("long queues of one resource take no square of time") {
  const Process process = process_of(minutes);
  // 200,000 items that all wait for all before them: a scan of pairs would take minutes.
  LargeVector<WorkItem> items;
  constexpr std::uint32_t count = 200'000;
  for (std::uint32_t i = 0; i < count; ++i) {
    WorkItem item;
    item.step = StepId(1);
    item.resource = ResourceId(0);
    item.number = i;
    item.enabled = i * second;
    item.start = count * second + i * 10 * second;
    item.end = item.start + 10 * second;
    items.push_back(item);
  }
  // With a gap below none there are no batches.
  const WaitingCauses causes = waiting_causes(process, items, -second).steps[1];
  CHECK(causes.contention == 10.0 * (count - 1.0) * count / 2);
  CHECK(causes.extraneous == (count + 1.0) * count / 2);
  CHECK(causes.prioritisation == 0);
}

TEST_CASE("the time that stretches cover, while they are added and at the end") {
  std::mt19937 random(42);
  for (int round = 0; round < 200; ++round) {
    std::vector<Stretch> stretches;
    std::vector<Micros> borders;
    for (int i = 0; i < 8; ++i) {
      const auto begin = static_cast<Micros>(random() % 40);
      stretches.push_back({begin, begin + 1 + static_cast<Micros>(random() % 10)});
      borders.insert(borders.end(), {stretches.back().begin, stretches.back().end});
    }
    BusyTime busy(borders);
    bool covered[60] = {};
    const auto before = [&](Micros moment) { return std::count(covered, covered + moment, true); };
    for (const Stretch& each : stretches) {
      busy.add(each);
      std::fill(covered + each.begin, covered + each.end, true);
      for (Micros moment = 0; moment < 60; ++moment) REQUIRE(busy.before(moment) == before(moment));
    }
    std::sort(stretches.begin(), stretches.end(),
              [](const Stretch& a, const Stretch& b) { return a.begin < b.begin; });
    const MergedTime merged = merge(stretches);
    for (Micros moment = 0; moment < 60; ++moment) REQUIRE(merged.before(moment) == before(moment));
    for (std::size_t i = 1; i < merged.stretches.size(); ++i) {
      REQUIRE(merged.stretches[i].begin > merged.stretches[i - 1].end);
    }
  }
}
