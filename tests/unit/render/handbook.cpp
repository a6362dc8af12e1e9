// The charts of the sample handbook and of generated processes: what they look like on the whole.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "core/render/lanes/layout.h"
#include "core/toml/read.h"
#include "quality.h"
#include "samples.h"

using namespace gemba;

namespace {

struct Picture {
  Chart chart;
  Layout layout;
};

Picture picture_of(const Process& process, Direction direction) {
  ChartOptions options;
  options.direction = direction;
  Picture picture{make_chart(process, options), {}};
  picture.layout = lay_out(picture.chart, node_sizes(picture.chart));
  return picture;
}

std::vector<Process> handbook() {
  const std::filesystem::path folder = GEMBA_ROOT "/sops";
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".toml" && entry.path().filename() != "gemba.toml")
      paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  Sources sources;
  Diagnostics found;
  const Config config = read_config(sources, sources.load((folder / "gemba.toml").string()), found);
  std::vector<Process> processes;
  for (const std::string& path : paths) {
    if (auto process = read_process(sources, sources.load(path), config, found))
      processes.push_back(*std::move(process));
  }
  return processes;
}

/// What many pictures have on the whole.
struct Sum {
  int blemishes = 0;
  int crossings = 0;
  int bends = 0;

  void add(const Picture& picture) {
    const Quality quality = measure(picture.chart, picture.layout);
    blemishes += quality.blemishes();
    crossings += quality.crossings;
    bends += quality.bends;
  }
};

/// The process with one more step behind `after`, which has one flow.
Process with_step_after(Process process, StepId after) {
  Step added;
  added.id = "added";
  added.name = "新增一步";
  added.role = process[after].role;
  const StepId id(process.steps.size());
  process.steps.push_back(added);
  const auto flow = std::find_if(process.flows.begin(), process.flows.end(),
                                 [&](const Flow& each) { return each.from == after; });
  Flow behind;
  behind.from = id;
  behind.to = flow->to;
  flow->to = id;
  process.flows.push_back(behind);
  return process;
}

/// How a picture changes when a step is added.
struct Change {
  int steps = 0;
  int moved = 0;     ///< steps that stand elsewhere across the lane
  int reversed = 0;  ///< pairs of steps that changed their order along the flow

  void add(const Picture& before, const Picture& after) {
    const std::size_t count = before.chart.nodes.size();
    const auto across = [](const Picture& picture, std::size_t node) {
      const Rect& lane = picture.layout.lanes[picture.chart.nodes[node].lane];
      const Rect& at = picture.layout.nodes[node];
      return (at.left + at.right) / 2 - (lane.left + lane.right) / 2;
    };
    const auto along = [](const Picture& picture, std::size_t node) {
      return picture.layout.nodes[node].top + picture.layout.nodes[node].bottom;
    };
    for (std::size_t i = 0; i < count; ++i) {
      ++steps;
      moved += std::abs(across(before, i) - across(after, i)) > 1 ? 1 : 0;
      for (std::size_t j = 0; j < count; ++j) {
        const bool above = along(before, i) + 2 < along(before, j);
        reversed += above && along(after, i) > along(after, j) + 2 ? 1 : 0;
      }
    }
  }
};

}  // namespace

TEST_CASE("the charts of the handbook are as good as they were") {
  const std::vector<Process> processes = handbook();
  REQUIRE(processes.size() > 15);
  Sum down;
  Sum right;
  for (const Process& process : processes) {
    down.add(picture_of(process, Direction::down));
    right.add(picture_of(process, Direction::right));
  }
  CHECK(down.blemishes == 0);
  CHECK(right.blemishes == 0);
  // Whoever lowers these numbers writes the lower ones down.
  CHECK(down.crossings <= 119);
  CHECK(right.crossings <= 119);
  CHECK(down.bends <= 420);
  CHECK(right.bends <= 442);
}

TEST_CASE("a hundred generated charts are as good as they were") {
  Sum sum;
  for (std::uint32_t seed = 1; seed <= 100; ++seed)
    sum.add(picture_of(samples::random_process(seed, 5 + seed % 30), Direction::down));
  CHECK(sum.blemishes == 0);
  CHECK(sum.crossings <= 567);
  CHECK(sum.bends <= 2851);
}

TEST_CASE("adding a step moves its neighbours, not the page") {
  Change change;
  for (const Process& process : handbook()) {
    const Picture before = picture_of(process, Direction::down);
    for (std::size_t step = 1; step < process.steps.size(); step += 3) {
      const auto flows = std::count_if(process.flows.begin(), process.flows.end(),
                                       [&](const Flow& each) { return each.from == StepId(step); });
      if (process.steps[step].kind != StepKind::task || flows != 1) continue;
      change.add(before, picture_of(with_step_after(process, StepId(step)), Direction::down));
    }
  }
  REQUIRE(change.steps > 1000);
  CHECK(change.moved <= 124);
  CHECK(change.reversed <= 1);
}
