#include <doctest/doctest.h>

#include "core/render/chart/deviation_marks.h"
#include "core/render/lanes/layout.h"
#include "quality.h"
#include "samples.h"

using namespace gemba;

namespace {

ChartOptions in_english() {
  ChartOptions options;
  options.language = "en";
  return options;
}

/// A log of 1,000 cases that knows every step.
Profile full_profile(const Process& process) {
  Profile profile;
  profile.cases = 1000;
  profile.steps.resize(process.steps.size());
  for (StepProfile& step : profile.steps) {
    step.cases = 1000;
    step.sojourn.count = 1000;
    step.sojourn.median = 60;
  }
  profile.flow_shares.assign(process.flows.size(), -1);
  return profile;
}

/// Lets so many of 1,000 cases skip a step.
void skip(Profile& profile, std::size_t step, std::int64_t cases) {
  if (!profile.conformance) profile.conformance.emplace().cases = 1000;
  Deviation& skipped = profile.conformance->deviations.emplace_back();
  skipped.step = StepId(step);
  skipped.cases = cases;
  skipped.share = static_cast<double>(cases) / 1000;
}

std::vector<std::string> words_of(const Chart& chart) {
  std::vector<std::string> words;
  for (std::size_t i = chart.legends.size() - 2; i < chart.legends.size(); ++i) {
    words.push_back(chart.legends[i].title);
    for (const LegendEntry& entry : chart.legends[i].entries) words.push_back(entry.text);
  }
  return words;
}

Chart deviating(const Process& process, const Profile& profile, const ChartOptions& options) {
  Chart chart = make_chart(process, options, &profile);
  show_deviations(chart, profile, options);
  return chart;
}

}  // namespace

TEST_CASE("steps that are skipped or never seen say so") {
  const Process process = samples::small_refund();
  Profile profile = full_profile(process);
  const std::size_t pay = process.find_step("pay")->index();
  skip(profile, pay, 3);
  const std::size_t refuse = process.find_step("refuse")->index();
  profile.steps[refuse] = {};
  profile.never_seen = {StepId(refuse)};
  const Chart chart = deviating(process, profile, in_english());
  CHECK(chart.nodes[pay].sub_lines.back() == "skipped 0.3%");
  CHECK(chart.nodes[pay].alerts == 1);
  CHECK_FALSE(chart.nodes[pay].unseen);
  CHECK(chart.nodes[pay].tooltip.ends_with("\nskipped in 3 of 1,000 cases"));
  CHECK(chart.nodes[refuse].sub_lines == std::vector<std::string>{"never seen"});
  CHECK(chart.nodes[refuse].unseen);
  for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
    if (i != pay && i != refuse) CHECK(chart.nodes[i].alerts == 0);
  }
}

TEST_CASE("the most frequent activities that no step claims are told, and how many more") {
  const Process process = samples::small_refund();
  Profile profile = full_profile(process);
  profile.conformance.emplace();
  using Words = std::vector<std::string>;
  CHECK(words_of(deviating(process, profile, in_english())) ==
        Words{"Deviations", "no step was skipped, none never seen",
              "Activities not in the document", "none"});
  for (const char* name : {"打电话", "b\n<b>", "c", "d", "e", "f"}) {
    profile.unknown.push_back({name, 9, profile.unknown.empty() ? 1 : 250, {}});
  }
  CHECK(words_of(deviating(process, profile, {})) ==
        Words{"与文档不符", "没有步骤被跳过或从未出现", "文档里没有的活动", "打电话 1 件 (0.1%)",
              "b <b> 250 件 (25%)", "c 250 件 (25%)", "d 250 件 (25%)", "另有 2 种"});
}

TEST_CASE("charts of deviations are as tidy as others") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    const Process process = samples::random_process(seed, 10 + seed);
    Profile profile = full_profile(process);
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      if (i % 3 == 0) skip(profile, i, 100);
      if (i % 5 == 1) profile.never_seen.push_back(StepId(i));
    }
    for (const Direction direction : {Direction::down, Direction::right}) {
      ChartOptions options;
      options.direction = direction;
      const Chart chart = deviating(process, profile, options);
      CAPTURE(seed);
      CHECK(measure(chart, lay_out(chart, node_sizes(chart))).blemishes() == 0);
    }
  }
}
