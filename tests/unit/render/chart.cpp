#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/heat.h"
#include "samples.h"

using namespace gemba;

namespace {

std::vector<std::string> lane_names(const Chart& chart) {
  std::vector<std::string> names;
  for (const ChartLane& lane : chart.lanes) names.push_back(lane.name);
  return names;
}

const ChartNode& node(const Chart& chart, std::string_view id) {
  for (const ChartNode& each : chart.nodes) {
    if (each.id == id) return each;
  }
  FAIL("no such node");
  return chart.nodes.front();
}

}  // namespace

TEST_CASE("lanes follow the main path, the others stand near their neighbours") {
  CHECK(lane_names(make_chart(samples::purchasing())) ==
        std::vector<std::string>{"Applicant 申请人", "Procurement 采购部", "Line manager",
                                 "Finance 财务部", "Legal & Risk 法务", "Supplier 供应商"});
  ChartOptions options;
  options.lane_order = {"finance", "customer"};
  const Chart chart = make_chart(samples::small_refund(), options);
  CHECK(lane_names(chart).at(0) == "财务");
  CHECK(lane_names(chart).at(1) == "顾客");
  CHECK(chart.lanes.size() == 4);
}

TEST_CASE("an unknown lane is refused with the nearest name") {
  ChartOptions options;
  options.lane_order = {"finnance"};
  CHECK_THROWS_WITH_AS(make_chart(samples::small_refund(), options),
                       "no lane 'finnance' in 'small-refund'; did you mean 'finance'?", UsageError);
}

TEST_CASE("steps without role have a lane of their own, save those where nobody works") {
  const Chart chart = make_chart(samples::rarities());
  CHECK(chart.lanes.at(node(chart, "report").lane).name == "未指定角色");
  CHECK(chart.lanes.at(node(chart, "split").lane).name == "客服");
  CHECK(chart.lanes.at(node(chart, "done").lane).name == "客服");
  ChartOptions options;
  options.language = "en";
  CHECK(lane_names(make_chart(samples::rarities(), options)).back() == "no role");
  options.lanes = LaneKey::none;
  CHECK(make_chart(samples::rarities(), options).lanes.size() == 1);
}

TEST_CASE("what no start reaches is faded") {
  const Chart chart = make_chart(samples::rarities());
  CHECK(node(chart, "orphan").faded);
  CHECK(node(chart, "orphan_too").faded);
  CHECK(node(chart, "alone").faded);
  CHECK_FALSE(node(chart, "notice").faded);
  samples::Builder draft("draft");
  draft.step("only", "没有开始");
  CHECK_FALSE(make_chart(draft.done()).nodes.front().faded);
}

TEST_CASE("kinds of steps have their shapes and marks") {
  const Chart chart = make_chart(samples::rarities());
  CHECK(node(chart, "phone").shape == NodeShape::start);
  CHECK(node(chart, "split").shape == NodeShape::bar);
  CHECK(node(chart, "exchange").shape == NodeShape::subprocess);
  CHECK(node(chart, "notice").shape == NodeShape::note);
  CHECK(node(chart, "cool").mark == NodeMark::hourglass);
  CHECK(node(chart, "kind").shape == NodeShape::diamond);
  CHECK(node(chart, "done").lines.empty());
  CHECK(node(chart, "phone").lines == std::vector<std::string>{"电话进线"});
  CHECK(node(make_chart(samples::small_refund()), "approve").mark == NodeMark::stamp);
}

TEST_CASE("edges know the main path, rework, shares and conditions") {
  const Chart chart = make_chart(samples::small_refund());
  const ChartEdge& within = chart.edges[2];
  CHECK(within.main);
  CHECK(within.label == std::vector<std::string>{"退款金额 ≤ 50", "82%"});
  CHECK(within.weight == doctest::Approx(0.82));
  CHECK_FALSE(chart.edges[3].main);
  const ChartEdge& again = chart.edges[7];
  CHECK(chart.nodes[again.from].id == "ask");
  CHECK(again.rework);
  CHECK(node(chart, "identify").sub_lines == std::vector<std::string>{"2m · SLA ≤30s"});
  CHECK(node(chart, "approve").sub_lines == std::vector<std::string>{"3m · 等待 4h"});
}

TEST_CASE("conditions are written for readers") {
  const Process process = samples::small_refund();
  struct Case {
    const char* text;
    const char* chinese;
    const char* english;
  };
  const Case cases[] = {
      {"refund_amount <= 50", "退款金额 ≤ 50", "退款金额 ≤ 50"},
      {"approved", "通过", "approved"},
      {"not approved", "未通过", "not approved"},
      {"level = \"vip\" and refund_amount != 3", "level = vip 且 退款金额 ≠ 3",
       "level = vip and 退款金额 ≠ 3"},
      {"not (refund_amount >= 1 or x > 2)", "非 (退款金额 ≥ 1 或 x > 2)",
       "not (退款金额 ≥ 1 or x > 2)"},
  };
  for (const Case& each : cases) {
    const Condition condition{each.text, std::get<Expr>(parse_expression(each.text)), {}};
    CHECK(readable_condition(condition, process, true) == each.chinese);
    CHECK(readable_condition(condition, process, false) == each.english);
  }
  CHECK(readable_condition({"顾客 不 同意", std::nullopt, {}}, process, true) == "顾客 不 同意");
}

TEST_CASE("shares are rounded but never to none or all") {
  Process process = samples::small_refund();
  const std::pair<double, const char*> cases[] = {
      {0.82, "82%"}, {0.005, "0.5%"}, {0.996, "99.6%"}, {1, "100%"}, {0, "0%"}};
  for (const auto& [share, text] : cases) {
    CHECK(flow_label({}, process, share, true) == std::vector<std::string>{text});
  }
}

TEST_CASE("only harmless addresses become links") {
  const std::pair<const char*, const char*> addresses[] = {
      {"https://example.com/a?b=1&c=2", "https://example.com/a?b=1%26c=2"},
      {"http://例.cn/\"><script>", "http://%E4%BE%8B.cn/%22%3E%3Cscript%3E"},
      {"javascript:alert(1)", ""},
      {"HTTPS://example.com", ""},
      {"wiki/refund", ""},
      {"", ""}};
  for (const auto& [written, safe] : addresses) CHECK(safe_address(written) == safe);
  const std::pair<const char*, const char*> ids[] = {
      {"pay-2_x", "pay-2_x"}, {"a b", ""}, {"\"onload", ""}, {"退款", ""}, {"", ""}};
  for (const auto& [id, anchor] : ids) CHECK(plain_id(id) == anchor);
}

TEST_CASE("a profile colours the steps and gives the shares") {
  const Process process = samples::small_refund();
  Profile profile;
  profile.cases = 100;
  profile.steps.resize(process.steps.size());
  profile.flow_shares.assign(process.flows.size(), -1);
  profile.flow_shares[2] = 0.6;
  profile.flow_shares[3] = 0.4;
  const auto seen = [&](std::size_t step, double seconds, std::int64_t cases) {
    profile.steps[step].cases = cases;
    profile.steps[step].sojourn.count = cases;
    profile.steps[step].sojourn.median = seconds;
    profile.steps[step].sojourn.p90 = 2 * seconds;
  };
  seen(1, 60, 100);
  seen(3, 86400, 40);
  seen(6, 2400, 1200);
  ChartOptions options;
  Chart chart = make_chart(process, options, &profile);
  REQUIRE(chart.legends.size() == 1);
  REQUIRE(chart.legends[0].scale.has_value());
  CHECK(chart.legends[0].scale->low == "1m");
  CHECK(chart.legends[0].scale->high == "1d");
  CHECK(chart.nodes[1].colours.fill == "#EEF6F1");
  CHECK(chart.nodes[3].colours.fill == "#F9A8A0");
  CHECK(chart.nodes[3].sub_lines == std::vector<std::string>{"1d"});
  CHECK(chart.nodes[4].sub_lines.empty());
  CHECK(chart.edges[2].label.back() == "60%");
  options.metric = HeatMetric::count;
  chart = make_chart(process, options, &profile);
  CHECK(chart.nodes[6].sub_lines == std::vector<std::string>{"1,200 件"});
  options.metric = HeatMetric::p90;
  options.language = "en";
  chart = make_chart(process, options, &profile);
  CHECK(chart.legends[0].title == "sojourn time (p90)");
  CHECK(chart.legends[0].scale->high == "2d");
}

TEST_CASE("waiting and cost need what only some logs and roles have") {
  Process process = samples::small_refund();
  Profile profile;
  profile.cases = 10;
  profile.steps.resize(process.steps.size());
  profile.steps[6].cases = 4;
  profile.steps[6].service.count = 5;
  profile.steps[6].service.sum = 5 * 3600;
  profile.steps[6].waiting.count = 5;
  profile.steps[6].waiting.median = 90;
  ChartOptions options;
  options.metric = HeatMetric::waiting;
  CHECK_THROWS_WITH_AS(
      make_chart(process, options, &profile),
      "--metric waiting needs start times, and the log has none: only the sojourn time is known "
      "(median, mean, p90); name their column with --start",
      UsageError);
  profile.interval = true;
  Chart chart = make_chart(process, options, &profile);
  CHECK(chart.nodes[6].sub_lines == std::vector<std::string>{"1m 30s"});
  CHECK(chart.legends.at(0).title == "等待时间(中位数)");
  options.metric = HeatMetric::cost;
  CHECK_THROWS_WITH_AS(make_chart(process, options, &profile),
                       "--metric cost needs a rate, and no role that does a step of 'small-refund' "
                       "has one; give the roles a 'cost_per_hour'",
                       UsageError);
  process.definitions.roles[3].cost_per_hour = 60;
  chart = make_chart(process, options, &profile);
  CHECK(chart.nodes[6].sub_lines == std::vector<std::string>{"30.00"});  // 5 h · 60 / 10 cases
  CHECK(chart.nodes[1].sub_lines.empty());
}

TEST_CASE("the heat scale runs from cool to hot") {
  const std::pair<double, const char*> cases[] = {{-1, "#EEF6F1"},      {0, "#EEF6F1"},
                                                  {1.0 / 3, "#FFF3C4"}, {2.0 / 3, "#FFD29B"},
                                                  {1, "#F9A8A0"},       {7, "#F9A8A0"}};
  for (const auto& [heat, fill] : cases) CHECK(heat_colour(heat).fill == fill);
}
