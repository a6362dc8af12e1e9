// Causes of waiting in random logs, against the definition followed second by second.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <tuple>
#include <vector>

#include "core/replay/times/waiting_causes.h"
#include "tests/unit/audit/document.h"

using namespace gemba;
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
  const Process process = test::read(minutes);
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
  const Process process = test::read(minutes);
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
  const Process process = test::read(minutes);
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
