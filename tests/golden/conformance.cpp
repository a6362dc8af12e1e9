// Real logs aligned with nets that an inductive miner found in their most frequent variants. The
// costs are those of an independent search for a shortest path, variant by variant.
#include "core/replay/conform/conformance.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <string>

#include "core/interchange/read_model.h"
#include "tests/unit/replay/cost_by_force.h"

using namespace gemba;
namespace {

const std::filesystem::path root = GEMBA_ROOT;

struct Sample {
  const char* log;
  const char* net;
  LifecycleMode mode;
  std::int64_t cases;
};

/// By name, as far as a transition has it.
std::map<std::string, std::uint32_t> labels_of(const ImportedModel& model) {
  std::map<std::string, std::uint32_t> labels;
  for (const LabelledNet::Transition& each : model.net->transitions) {
    if (each.label == LabelledNet::silent) continue;
    labels.emplace(model.process.steps[each.label].name, each.label);
  }
  return labels;
}

}  // namespace

TEST_CASE("costs on real logs are those of a search for a shortest path") {
  const Sample samples[] = {
      {"running-example.csv", "running-example-mined.pnml", LifecycleMode::events, 6},
      {"receipt.csv", "receipt-mined.pnml", LifecycleMode::events, 1434},
      {"roadtraffic100traces.xes", "roadtraffic-mined.pnml", LifecycleMode::events, 100},
      {"reviewing.xes", "reviewing-mined.pnml", LifecycleMode::events, 100},
      {"interval_event_log.csv", "interval-mined.pnml", LifecycleMode::events, 1266},
  };
  for (const Sample& sample : samples) {
    CAPTURE(sample.log);
    Sources sources;
    Diagnostics found;
    const auto path = root / "tests/golden/processes" / sample.net;
    const auto model = read_model(sources, sources.load(path.string()), found);
    REQUIRE(model);
    REQUIRE(model->net);
    const EventLog log = read_log((root / "../shared/logs" / sample.log).string());
    const auto conformance =
        check_conformance(model->process, log, sample.mode, {.net = &*model->net});
    REQUIRE(conformance);
    CHECK(conformance->cases == sample.cases);
    CHECK(conformance->bounded_cases == 0);
    const auto labels = labels_of(*model);
    std::int64_t total = 0;
    for (const VariantConformance& variant : conformance->variants) {
      std::vector<std::uint32_t> trace;
      for (const ActivityId activity : variant.activities) {
        const auto label = labels.find(std::string(log.name(activity)));
        trace.push_back(label == labels.end() ? LabelledNet::silent : label->second);
      }
      CHECK(test::cost_by_force(*model->net, trace, 5'000'000) == variant.cost);
      total += variant.cost * variant.cases;
    }
    CHECK(total > 0);  // the nets do not know all variants
  }
}
