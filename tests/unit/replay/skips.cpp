#include <doctest/doctest.h>

#include <map>
#include <string>

#include "core/base/text.h"
#include "core/eventlog/read_log.h"
#include "core/replay/conform/conformance.h"
#include "core/toml/read.h"

using namespace gemba;
namespace {

Process process_of(const std::string& text) {
  Sources sources;
  Diagnostics found;
  const SourceId source = sources.add("p.toml", "[map]\n" + text);
  auto process = read_process(sources, source, {}, found);
  REQUIRE(process);
  REQUIRE(found.empty());
  return *process;
}

std::string step(const std::string& id, const std::string& next, const std::string& kind = "task") {
  return "[[step]]\nid = \"" + id + "\"\nkind = \"" + kind + "\"\n" +
         (next.empty() ? "" : "next = " + next + "\n");
}

/// A log of cases, given as the ids of their steps: `a b c, a c`.
std::string log_of(const std::string& cases) {
  std::string csv = "case,activity,time\n";
  int number = 1;
  int minute = 0;
  std::string name;
  const auto flush = [&] {
    if (name.empty()) return;
    csv += std::to_string(number) + "," + name + ",2026-01-05 09:" + (minute < 10 ? "0" : "") +
           std::to_string(minute) + "\n";
    ++minute;
    name.clear();
  };
  for (const char c : cases) {
    if (c != ' ' && c != ',') {
      name += c;
      continue;
    }
    flush();
    if (c != ',') continue;
    ++number;
    minute = 0;
  }
  flush();
  return csv;
}

/// `id cases` of every step that is skipped.
std::string skips(const Process& process, const std::string& cases) {
  const auto conformance =
      check_conformance(process, read_log_text(log_of(cases), "log.csv"), LifecycleMode::automatic);
  REQUIRE(conformance);
  std::map<StepId, std::int64_t> skipped;
  for (const Deviation& each : conformance->deviations) {
    if (each.kind == DeviationKind::skipped) skipped[*each.step] = each.cases;
  }
  std::string found;
  for (const auto& [step, count] : skipped) {
    add_item(found, process[step].id + " " + std::to_string(count));
  }
  return found;
}

struct Sample {
  const char* cases;
  const char* skips;
};

void check_all(const Process& process, std::initializer_list<Sample> samples) {
  for (const Sample& sample : samples) {
    CAPTURE(sample.cases);
    CHECK(skips(process, sample.cases) == sample.skips);
  }
}

}  // namespace

TEST_CASE("a step is skipped by cases that go from before it to behind it") {
  const Process process =
      process_of(step("begin", "\"a\"", "start") + step("a", "\"b\"") + step("b", "\"c\"") +
                 step("c", "\"d\"") + step("d", "\"done\"") + step("done", "", "end"));
  check_all(process, {{"a b c d, a b c d", ""},
                      {"a b c d, a c d", "b 1"},
                      {"a b c d, a d, b d", "a 1, b 1, c 2"},
                      {"a b c d, a c, a, a c d", "b 2"},  // stopped early or not
                      {"a b c d, c d", "a 1, b 1"},       // begins late
                      {"a c d", "b 1"},                   // the log never shows b
                      {"a b c d, a x c d", "b 1"},        // what no step claims is no excuse
                      {"a b c d, b a c d", ""},           // in another order
                      {"a b c d, a c b d", ""},
                      {"a b c d, a d b c", ""},
                      {"a b c d, a d c", "b 1"},
                      {"a b b c d, a b c d d", ""},
                      {"a b c d, d c b a", ""}});
}

TEST_CASE("a branch that a case did not take is not skipped") {
  const Process process =
      process_of(step("begin", "\"a\"", "start") +
                 step("a", "[{ to = \"b\", when = \"x\" }, { to = \"c\" }]") + step("b", "\"b2\"") +
                 step("b2", "\"d\"") + step("c", "\"d\"") + step("d", "\"e\"") +
                 step("e", "\"done\"") + step("done", "", "end"));
  check_all(process, {{"a b b2 d e, a c d e", ""},
                      {"a b b2 d e, a c d e, a d e", "c 1"},  // the shorter way explains it
                      {"a b b2 d e, a c d e, a b d e", "b2 1"},
                      {"a b b2 d e, a c d e, a b2 d e, a e", "b 1, c 1, d 1"},
                      {"a b b2 d e, a c e", "d 1"}});
}

TEST_CASE("branches that meet in a join are all to be done, in any order") {
  const Process process = process_of(
      step("begin", "\"a\"", "start") + step("a", "\"split\"") +
      step("split", "[\"b\", \"c\"]", "fork") + step("b", "\"b2\"") + step("b2", "\"meet\"") +
      step("c", "[{ to = \"ready\", when = \"x\" }, { to = \"c2\" }]") + step("c2", "\"ready\"") +
      step("ready", "\"meet\"", "decision") + step("meet", "\"again\"", "join") +
      step("again", "[{ to = \"a\", when = \"y\" }, { to = \"d\" }]", "decision") +
      step("d", "\"done\"") + step("done", "", "end"));
  check_all(process, {{"a b b2 c c2 d, a c b b2 d, a b c b2 d", ""},
                      {"a b b2 c c2 d, a b b2 d", "c 1"},
                      {"a b b2 c c2 d, a c d", "b 1, b2 1"},
                      {"a b b2 c c2 d, a d", "b 1, b2 1, c 1"},
                      {"a b b2 c c2 d, a c b2 d", "b 1"},     // not the way round by c
                      {"a b b2 c c2 d, c b2 d", "a 1, b 1"},  // begins late
                      {"a b b2 c c2 d, a b b2 d c", ""},      // late
                      {"a b b2 c c2 a b b2 c d", ""},
                      {"a b b2 c c2 a b b2 d", "c 1"},    // in the second round
                      {"a b b2 a b b2 c c2 d", "c 1"}});  // in the first
}

TEST_CASE("a detour leads back by its last step, and rounds are counted apart") {
  const Process process = process_of(
      step("begin", "\"check\"", "start") + step("check", "\"good\"") +
      step("good", "[{ to = \"pay\", when = \"ok\" }, { to = \"ask\" }]", "decision") +
      step("ask", "\"supply\"") + step("supply", "\"sort\"") + step("sort", "\"check\"") +
      step("pay", "\"tell\"") + step("tell", "\"done\"") + step("done", "", "end"));
  check_all(process,
            {{"check ask supply sort check pay tell", ""},
             {"check ask supply sort check pay tell, check ask check pay tell", "supply 1, sort 1"},
             {"check ask supply sort check ask sort check pay tell", "supply 1"},
             {"check ask supply sort check pay tell, check check pay tell", ""},
             {"check ask supply sort check pay tell, check pay check tell", ""}});
}
