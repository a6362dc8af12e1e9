// BPMN that gemba writes means the same when it is read again.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "core/render/bpmn/bpmn.h"
#include "core/render/chart/chart.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/conform/alignment.h"
#include "core/replay/conform/process_net.h"
#include "core/toml/read.h"
#include "tests/unit/interchange/reading.h"

namespace gemba {
namespace {

using Numbers = std::map<std::string, std::uint32_t>;

/// The net of a process whose labels are numbers of names.
LabelledNet net_of(const Process& process, Numbers& numbers) {
  std::vector<bool> visible;
  for (const Step& step : process.steps) {
    visible.push_back(!is_routing(step.kind));
  }
  LabelledNet net = labelled_net(workflow_net(process, FlowGraph(process)), visible);
  for (auto& each : net.transitions) {
    if (each.label == LabelledNet::silent) continue;
    const auto number = static_cast<std::uint32_t>(numbers.size());
    each.label = numbers.emplace(process.steps[each.label].name, number).first->second;
  }
  return net;
}

/// A random run, with some of its events lost, doubled or swapped.
std::vector<std::uint32_t> random_trace(const LabelledNet& net, std::mt19937& random) {
  std::vector<std::uint32_t> tokens = net.initial;
  std::vector<std::uint32_t> trace;
  for (int i = 0; i < 60; ++i) {
    std::vector<const LabelledNet::Transition*> enabled;
    for (const auto& each : net.transitions) {
      if (std::includes(tokens.begin(), tokens.end(), each.pre.begin(), each.pre.end()))
        enabled.push_back(&each);
    }
    if (enabled.empty()) break;
    const auto& next = *enabled[random() % enabled.size()];
    std::vector<std::uint32_t> rest;
    std::set_difference(tokens.begin(), tokens.end(), next.pre.begin(), next.pre.end(),
                        std::back_inserter(rest));
    rest.insert(rest.end(), next.post.begin(), next.post.end());
    std::sort(rest.begin(), rest.end());
    tokens = rest;
    if (next.label == LabelledNet::silent || random() % 6 == 0) continue;
    trace.push_back(next.label);
    if (random() % 8 == 0) trace.push_back(next.label);
    if (trace.size() > 1 && random() % 6 == 0) std::swap(trace.back(), trace[trace.size() - 2]);
  }
  return trace;
}

}  // namespace

TEST_CASE("a document written as BPMN and read again has the same alignments") {
  const std::filesystem::path folder = GEMBA_ROOT "/sops";
  Sources sources;
  Diagnostics found;
  const Config config = read_config(sources, sources.load((folder / "gemba.toml").string()), found);
  std::mt19937 random(5);
  int documents = 0;
  int departing = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".toml" || entry.path().filename() == "gemba.toml") continue;
    INFO(entry.path());
    const auto process = read_process(sources, sources.load(entry.path().string()), config, found);
    REQUIRE(process);
    ++documents;
    const test::ModelRead read = test::read_model_text(to_bpmn(*process, make_chart(*process)));
    REQUIRE_MESSAGE(read.model, test::faults_of(read));
    CHECK(read.model->process.title == process->title);
    Numbers numbers;
    const LabelledNet net = net_of(*process, numbers);
    const std::size_t names = numbers.size();
    Aligner before(net);
    Aligner after(net_of(read.model->process, numbers));
    CHECK(numbers.size() == names);
    for (int i = 0; i < 25; ++i) {
      const auto trace = random_trace(net, random);
      const auto one = before.align(trace);
      const auto other = after.align(trace);
      REQUIRE(one.has_value());
      REQUIRE(other.has_value());
      CHECK(one->cost == other->cost);
      departing += one->cost > 0 ? 1 : 0;
    }
  }
  CHECK(documents > 20);
  CHECK(departing > 100);
}

}  // namespace gemba
