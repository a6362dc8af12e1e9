#include "core/replay/cases/case_shape.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <random>

#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

/// `a` forks to `b` and `c`, which join before `d`; from `d` back to `a` or to the end.
Process fork() {
  return test::read(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "a"
[[step]]
id = "a"
next = "split"
[[step]]
id = "split"
kind = "fork"
next = ["b", "c"]
[[step]]
id = "b"
next = "meet"
[[step]]
id = "c"
next = "meet"
[[step]]
id = "meet"
kind = "join"
next = "d"
[[step]]
id = "d"
next = "again"
[[step]]
id = "again"
kind = "decision"
next = [ { to = "a", when = 'again = "yes"' }, { to = "done", when = 'again = "no"' } ]
[[step]]
id = "done"
kind = "end"
)");
}

struct Fixture {
  Process process = fork();
  EventLog log = read_log_text("case,activity\n1,a\n1,b\n1,c\n1,d\n1,other\n", "log");
  ActivityMap map = map_activities(process, log);
  std::vector<bool> shown = [&] {
    const auto most = instances_by_step(process, map, log, LifecycleMode::events);
    return std::vector<bool>(most.begin(), most.end());
  }();
};

/// Instances of `abcd`; `o` is an activity of no step, a capital is one that never ended.
std::vector<Instance> instances_of_text(std::string_view text) {
  std::vector<Instance> instances;
  for (const char letter : text) {
    Instance& each = instances.emplace_back();
    const bool open = letter >= 'A' && letter <= 'Z';
    const char small = open ? static_cast<char>(letter - 'A' + 'a') : letter;
    each.activity = ActivityId(small == 'o' ? 4U : static_cast<std::size_t>(small - 'a'));
    each.open = open;
  }
  return instances;
}

/// Per position: what it counts from, its repeats, and what it led to: `-0>12`.
std::string text_of(const CaseShape& shape) {
  std::string text;
  for (std::size_t at = 0; at < shape.places.size(); ++at) {
    const CaseShape::Place& place = shape.places[at];
    text += (text.empty() ? "" : " ") +
            (place.before == CaseShape::none ? "-" : std::to_string(place.before)) +
            std::to_string(place.occurrence);
    for (const std::uint32_t next : shape.enabled_from(at)) text += ">" + std::to_string(next);
  }
  return text;
}

}  // namespace

TEST_CASE("the shape of a case tells what enabled what") {
  const Fixture fixture;
  CaseShapes shapes(fixture.process, fixture.map, fixture.shown);
  const auto shape = [&](std::string_view text) {
    return text_of(shapes.of(instances_of_text(text)));
  };
  CHECK(shape("abcd") == "-0>1>2 00 00>3 20");
  CHECK(shape("acbd") == "-0>1>2 00 00>3 20");
  CHECK(shape("abcdabcd") == "-0>1>2 00 00>3 20>4 31>5>6 41 41>7 61");
  CHECK(shape("aocb") == "-0>2>3 00 00 00");
  // What never ended leads on, but nothing counts from it.
  CHECK(shape("Abc") == "-0>1>2 00 10");
  CHECK(shape("") == "");
}

TEST_CASE("cases in one order share a shape, unless one of them is not finished") {
  const Fixture fixture;
  CaseShapes shapes(fixture.process, fixture.map, fixture.shown);
  const std::uint32_t first = shapes.of(instances_of_text("abcd")).number;
  CHECK(shapes.of(instances_of_text("acbd")).number != first);
  CHECK(shapes.of(instances_of_text("abcD")).number != first);
  CHECK(shapes.of(instances_of_text("abcd")).number == first);
}

TEST_CASE("with too many different cases to keep, shapes are as right as before") {
  const Fixture fixture;
  CaseShapes full(fixture.process, fixture.map, fixture.shown);
  std::mt19937 random(7);
  std::uint32_t kept = 0;
  std::uint32_t forgotten = 0;
  for (int i = 0; i < 3000; ++i) {
    std::string text;
    for (int length = 0; length < 100; ++length) text += "abcdoA"[random() % 6];
    const auto instances = instances_of_text(text);
    const CaseShape& shape = full.of(instances);
    ++(shape.number == CaseShape::none ? forgotten : kept);
    if (i % 100 != 99) continue;
    CaseShapes fresh(fixture.process, fixture.map, fixture.shown);
    const CaseShape& right = fresh.of(instances);
    CHECK(text_of(shape) == text_of(right));
    CHECK((shape.passes == right.passes));
    CHECK((shape.steps == right.steps));
  }
  CHECK(kept > 2000);
  CHECK(forgotten > 300);
}

}  // namespace gemba
