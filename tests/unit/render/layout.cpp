#include <doctest/doctest.h>

#include "core/render/lanes/layout.h"
#include "quality.h"
#include "samples.h"

using namespace gemba;

namespace {

/// No blemish, and at most so many crossings; as many as edges where no number is given.
void check_picture(const Process& process, const ChartOptions& options,
                   std::optional<int> crossings = {}) {
  const Chart chart = make_chart(process, options);
  const Quality quality = measure(chart, lay_out(chart, node_sizes(chart)));
  CAPTURE(process.id);
  CHECK(quality.node_overlaps == 0);
  CHECK(quality.edges_through_nodes == 0);
  CHECK(quality.labels_on_nodes == 0);
  CHECK(quality.labels_on_labels == 0);
  CHECK(quality.labels_on_lines == 0);
  CHECK(quality.shared_lines == 0);
  CHECK(quality.outside == 0);
  CHECK(quality.slanted == 0);
  CHECK(quality.crossings <= crossings.value_or(static_cast<int>(chart.edges.size())));
}

}  // namespace

TEST_CASE("everyday processes are drawn without a blemish") {
  for (const Direction direction : {Direction::down, Direction::right}) {
    for (const LaneKey lanes : {LaneKey::role, LaneKey::none}) {
      ChartOptions options;
      options.direction = direction;
      options.lanes = lanes;
      check_picture(samples::tiny(), options, 0);
      check_picture(samples::small_refund(), options, 3);
      check_picture(samples::rarities(), options, 3);
      check_picture(samples::classification(), options, 6);
      check_picture(samples::purchasing(), options, 14);
    }
  }
}

TEST_CASE("random processes of any size are drawn without a blemish") {
  for (std::uint32_t seed = 1; seed <= 60; ++seed) {
    ChartOptions options;
    options.direction = seed % 3 == 0 ? Direction::right : Direction::down;
    check_picture(samples::random_process(seed, 5 + seed % 30), options);
  }
  check_picture(samples::random_process(7, 150), {});
}

TEST_CASE("a process without steps or flows is drawn all the same") {
  samples::Builder empty("empty");
  check_picture(empty.done(), {}, 0);
  samples::Builder single("single");
  single.step("only", "只有一步");
  check_picture(single.done(), {}, 0);
}
