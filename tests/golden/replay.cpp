// Real logs held against process documents. The sojourn times are those of an independent script
// that follows the definition of "enabled" event by event; counts are those of the logs' golden
// files.
#include "core/replay/replay.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>

#include "core/toml/read.h"

using namespace gemba;
namespace {

const std::filesystem::path root = GEMBA_ROOT;

Process read_document(const char* name) {
  Sources sources;
  Diagnostics found;
  const SourceId source = sources.load((root / "tests/golden/processes" / name).string());
  const auto process = read_process(sources, source, {}, found);
  REQUIRE(process);
  REQUIRE(found.empty());
  return *process;
}

Profile replay_log(const Process& process, const char* log) {
  const auto path = root / "../shared/logs" / log;
  return replay_log(process, read_log(path.string()), LifecycleMode::events);
}

struct Expected {
  std::int64_t instances;
  std::int64_t judged;
  double mean_sojourn;
};

void compare(const Process& process, const Profile& profile,
             const std::map<std::string, Expected>& expected) {
  CHECK(profile.unknown.empty());
  CHECK(profile.never_seen.empty());
  for (const auto& [id, figures] : expected) {
    INFO(id);
    const auto step = process.find_step(id);
    REQUIRE(step);
    const StepProfile& found = profile.steps[step->index()];
    CHECK(found.instances == figures.instances);
    CHECK(found.sojourn.count == figures.judged);
    CHECK(found.sojourn.mean == doctest::Approx(figures.mean_sojourn).epsilon(1e-5));
  }
}

}  // namespace

TEST_CASE("replay of the textbook's compensation requests") {
  const Process process = read_document("running-example.toml");
  for (const char* log : {"running-example.csv", "running-example.xes"}) {
    INFO(log);
    const Profile profile = replay_log(process, log);
    CHECK(profile.cases == 6);
    CHECK(profile.instances == 42);
    compare(process, profile,
            {{"register", {6, 0, 0}},
             {"check", {9, 9, 155213.3333}},
             {"examine_casually", {6, 6, 101660}},
             {"examine_thoroughly", {3, 3, 85860}},
             {"decide", {9, 9, 213260}},
             {"reinitiate", {3, 3, 66400}},
             {"pay", {3, 3, 514160}},
             {"reject", {3, 3, 154240}}});
  }
}

TEST_CASE("replay of the permit applications") {
  const Process process = read_document("receipt.toml");
  for (const char* log : {"receipt.csv", "receipt.xes.gz"}) {
    INFO(log);
    const Profile profile = replay_log(process, log);
    CHECK(profile.cases == 1434);
    CHECK(profile.instances == 8577);
    compare(process, profile,
            {{"confirm", {1434, 0, 0}},
             {"t02", {1368, 1368, 127831.1211}},
             {"t03", {55, 55, 504992.1055}},
             {"t04", {1307, 1307, 45964.9092}},
             {"t05", {1300, 1300, 79622.2102}},
             {"t06", {1416, 1416, 273470.0816}},
             {"t072", {32, 32, 384249.8937}},
             {"t093", {8, 8, 389320.911}},
             {"t10", {1283, 1283, 50869.6412}},
             {"t11", {44, 44, 339582.3675}},
             {"t12", {41, 41, 22683.2886}},
             {"t17", {26, 26, 90.9399}},
             {"t20", {20, 20, 27.8271}}});
  }
}
