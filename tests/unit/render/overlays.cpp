#include <doctest/doctest.h>

#include <algorithm>

#include "core/compare/compare.h"
#include "core/render/chart/finding_marks.h"
#include "core/render/draw/dot.h"
#include "core/render/lanes/layout.h"
#include "quality.h"
#include "samples.h"

using namespace gemba;

namespace {

using Words = std::vector<std::string>;

Diagnostic finding(std::string element, Level level, std::string message = "m") {
  Diagnostic found;
  found.code = "S006";
  found.level = level;
  found.message = std::move(message);
  found.element = std::move(element);
  return found;
}

Words entries(const Legend& legend) {
  Words words;
  for (const LegendEntry& entry : legend.entries) words.push_back(entry.text);
  return words;
}

const ChartNode& node(const Chart& chart, std::string_view id) {
  const auto found = std::find_if(chart.nodes.begin(), chart.nodes.end(),
                                  [&](const ChartNode& each) { return each.id == id; });
  REQUIRE(found != chart.nodes.end());
  return *found;
}

const ChartEdge& edge(const Chart& chart, std::string_view from, std::string_view to) {
  const auto found =
      std::find_if(chart.edges.begin(), chart.edges.end(), [&](const ChartEdge& each) {
        return chart.nodes[each.from].id == from && chart.nodes[each.to].id == to;
      });
  REQUIRE(found != chart.edges.end());
  return *found;
}

/// The small refund without its customer's step, with a new lane, a moved step and a new limit.
Process later_refund() {
  samples::Builder b("small-refund", "小额退款");
  b.role("customer", "顾客");
  b.role("agent", "一线客服");
  b.role("lead", "客服组长");
  b.role("bot", "智能客服");
  Process before = samples::small_refund();
  b.process.definitions.data = before.definitions.data;
  b.step("intake", "接入咨询", StepKind::start, "customer");
  b.step("identify", "核对订单与退款原因", StepKind::task, "agent", 3);
  b.step("small", "金额在授权内?", StepKind::decision, "agent");
  Step& approve = b.step("approve", "组长审批退款", StepKind::approval, "lead", 3);
  approve.wait = before.steps[3].wait;
  b.step("refuse", "说明拒绝理由并安抚", StepKind::task, "agent", 5);
  b.step("pay", "原路退款", StepKind::task, "bot", 1);
  b.step("tell", "短信通知顾客", StepKind::notify, "bot");
  b.step("survey", "满意度调查", StepKind::task, "bot", 1);
  b.step("close", "工单关闭", StepKind::end, "agent");
  b.flow("intake", "identify");
  b.flow("identify", "small");
  b.flow("small", "pay", {}, 0.9);
  b.flow("small", "approve", {}, 0.1);
  b.flow("approve", "pay", "通过", 0.9);
  b.flow("approve", "refuse", "驳回", 0.1);
  b.flow("refuse", "close");
  b.flow("pay", "tell");
  b.flow("tell", "survey");
  b.flow("survey", "close");
  Process now = b.done();
  now.flows[2].when = before.flows[2].when;
  now.flows[3].when = before.flows[3].when;
  return now;
}

}  // namespace

TEST_CASE("steps with findings have a badge of the worst level, the others are counted") {
  const Process process = samples::small_refund();
  const Diagnostics findings = {finding("pay", Level::info, "first"),
                                finding("pay", Level::error, "second\nline"),
                                finding("approve", Level::warning), finding("", Level::error),
                                finding("lead", Level::warning)};
  Chart chart = make_chart(process);
  show_findings(chart, process, findings, {});
  const ChartNode& pay = node(chart, "pay");
  REQUIRE(pay.badge.has_value());
  CHECK(pay.badge->count == 2);
  CHECK(pay.badge->level == Level::error);
  CHECK(pay.badge->tooltip == "S006 first\nS006 second line");
  CHECK(node(chart, "approve").badge->level == Level::warning);
  CHECK_FALSE(node(chart, "intake").badge.has_value());
  REQUIRE(chart.legends.size() == 1);
  CHECK(chart.legends[0].title == "检查发现");
  CHECK(entries(chart.legends[0]) == Words{"错误 1", "警告 1", "提示 1", "另有 2 条关于整个文档"});
  CHECK(chart.legends[0].entries[0].fill == level_colour(Level::error));
}

TEST_CASE("the legend of findings in English, and without any about a step") {
  const Process process = samples::small_refund();
  ChartOptions options;
  options.language = "en";
  const std::pair<Diagnostics, Words> cases[] = {
      {{finding("pay", Level::error), finding("pay", Level::error), finding("", Level::info)},
       {"2 errors", "1 more about the document"}},
      {{finding("", Level::info)}, {"1 about the document"}},
      {{}, {"none"}},
  };
  for (const auto& [findings, words] : cases) {
    Chart chart = make_chart(process, options);
    show_findings(chart, process, findings, options);
    CHECK(entries(chart.legends.at(0)) == words);
  }
}

TEST_CASE("a finding about something with a step's id is not about the step") {
  Process process = samples::small_refund();
  process.steps[6].id = "finance";
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    process.steps[i].span.begin.line = 100 + 10 * static_cast<std::uint32_t>(i);
  }
  process.definitions.roles[3].span.begin.line = 20;
  for (const auto& [line, about_step] : {std::pair{20U, false}, {163U, true}, {175U, false}}) {
    Diagnostic found = finding("finance", Level::error);
    found.span.begin.line = line;
    Chart chart = make_chart(process);
    show_findings(chart, process, {found}, {});
    CAPTURE(line);
    CHECK(chart.nodes[6].badge.has_value() == about_step);
  }
}

TEST_CASE("badges keep clear of marks, labels of badges") {
  for (const Process& process : {samples::small_refund(), samples::rarities()}) {
    Diagnostics findings;
    for (const Step& step : process.steps) findings.push_back(finding(step.id, Level::warning));
    for (const Direction direction : {Direction::down, Direction::right}) {
      ChartOptions options;
      options.direction = direction;
      Chart chart = make_chart(process, options);
      show_findings(chart, process, findings, options);
      const Layout layout = lay_out(chart, node_sizes(chart));
      for (std::size_t i = 0; i < chart.nodes.size(); ++i) {
        const Rect badge = badge_rect(chart.nodes[i], layout.nodes[i]);
        if (chart.nodes[i].mark != NodeMark::none)
          CHECK_FALSE(overlap(badge, mark_rect(layout.nodes[i])));
        for (const std::optional<Rect>& label : layout.labels) {
          if (label) CHECK_FALSE(overlap(badge, *label));
        }
      }
    }
  }
}

TEST_CASE("two versions are one chart: what was added, removed, changed and moved") {
  const Comparison both = compare_versions(samples::small_refund(), later_refund(), true);
  const Chart chart = make_chart(both);
  CHECK(chart.nodes.size() == 11);
  const std::pair<const char*, ChangeKind> steps[] = {
      {"intake", ChangeKind::none},  {"identify", ChangeKind::changed},
      {"small", ChangeKind::none},   {"approve", ChangeKind::none},
      {"ask", ChangeKind::removed},  {"arrive", ChangeKind::removed},
      {"pay", ChangeKind::changed},  {"tell", ChangeKind::changed},
      {"survey", ChangeKind::added}, {"close", ChangeKind::none}};
  for (const auto& [id, change] : steps) {
    CAPTURE(id);
    CHECK(node(chart, id).change == change);
  }
  CHECK(node(chart, "identify").sub_lines == Words{"3m", "改 时间、SLA"});
  CHECK(node(chart, "identify").tooltip == "核对订单与退款原因\n修改\n时间:2m → 3m\nSLA:30s → —");
  CHECK(node(chart, "pay").tooltip.find("角色:财务 → 智能客服") != std::string::npos);
  CHECK(edge(chart, "ask", "approve").change == ChangeKind::removed);
  CHECK(edge(chart, "ask", "approve").rework);
  CHECK(edge(chart, "pay", "tell").change == ChangeKind::added);
  CHECK(edge(chart, "small", "pay").change == ChangeKind::changed);
  CHECK(edge(chart, "small", "pay").tooltip == "修改\n占比:82% → 90%");
  CHECK(edge(chart, "refuse", "close").change == ChangeKind::none);
  CHECK(chart.legends.at(0).title == "与 2.1 版相比");
  CHECK(entries(chart.legends[0]) ==
        Words{"新增 1 个步骤、3 条流向", "修改 3 个步骤、3 条流向", "删除 2 个步骤、5 条流向"});
}

TEST_CASE("lanes of roles that are gone stay, new and old ones stand out") {
  const Chart chart = make_chart(compare_versions(samples::small_refund(), later_refund(), true));
  const auto change_of = [&](std::string_view name) {
    for (const ChartLane& lane : chart.lanes) {
      if (lane.name == name) return lane.change;
    }
    FAIL("no such lane");
    return ChangeKind::none;
  };
  CHECK(change_of("财务") == ChangeKind::removed);
  CHECK(change_of("智能客服") == ChangeKind::added);
  CHECK(change_of("顾客") == ChangeKind::none);
  // Its only step moved: the lane is empty, and there.
  samples::Builder b("p");
  b.role("a");
  b.role("b");
  b.step("one", "one", StepKind::task, "a");
  b.step("two", "two", StepKind::task, "b");
  b.flow("one", "two");
  const Process before = b.done();
  Process now = before;
  now.steps[1].role = RoleId(0);
  ChartOptions english;
  english.language = "en";
  const Chart moved = make_chart(compare_versions(before, now, false), english);
  REQUIRE(moved.lanes.size() == 2);
  CHECK(moved.lanes[1].change == ChangeKind::removed);
  CHECK(moved.nodes[1].change == ChangeKind::changed);
  CHECK(moved.nodes[1].sub_lines == Words{"changed: role"});
}

TEST_CASE("the same version twice has no changes, and the rework it had") {
  for (const Process& process :
       {samples::small_refund(), samples::rarities(), samples::purchasing()}) {
    const Comparison both = compare_versions(process, process, false);
    const Chart chart = make_chart(both);
    const Chart plain = make_chart(process);
    CHECK(entries(chart.legends.at(0)) == Words{"没有改动"});
    REQUIRE(chart.edges.size() == plain.edges.size());
    for (std::size_t i = 0; i < plain.edges.size(); ++i) {
      CHECK(chart.edges[i].rework == plain.edges[i].rework);
      CHECK(chart.edges[i].change == ChangeKind::none);
    }
  }
}

TEST_CASE("what both versions have keeps its rework, whatever was removed") {
  samples::Builder old_version("p");
  samples::Builder new_version("p");
  for (samples::Builder* b : {&old_version, &new_version}) {
    b->role("a");
    b->step("start", "start", StepKind::start, "a");
    for (const char* id : {"one", "two"}) b->step(id, id, StepKind::task, "a");
  }
  old_version.flow("start", "one");
  old_version.flow("one", "two");
  new_version.flow("start", "one");
  new_version.flow("start", "two");
  new_version.flow("two", "one");
  const Chart chart = make_chart(compare_versions(old_version.done(), new_version.done(), true));
  CHECK_FALSE(edge(chart, "two", "one").rework);
  CHECK(edge(chart, "one", "two").change == ChangeKind::removed);
  CHECK(edge(chart, "one", "two").rework);
}

TEST_CASE("flows between the same steps are matched by what stands at them") {
  samples::Builder b("p");
  b.step("one", "one", StepKind::decision);
  b.step("two", "two");
  b.flow("one", "two", "x");
  b.flow("one", "two", "y");
  const Process before = b.done();
  Process now = before;
  std::swap(now.flows[0], now.flows[1]);
  for (const ChangeNote& note : compare_versions(before, now, true).flows) {
    CHECK(note.change == ChangeKind::none);
  }
  now.flows[0].label = "z";  // was y
  const Comparison both = compare_versions(before, now, true);
  CHECK(both.flows[0].change == ChangeKind::changed);
  CHECK(both.flows[0].details == Words{"标签:y → z"});
  CHECK(both.flows[1].change == ChangeKind::none);
}

TEST_CASE("charts with overlays are drawn without a blemish") {
  for (const bool chinese : {true, false}) {
    for (const Direction direction : {Direction::down, Direction::right}) {
      ChartOptions options;
      options.direction = direction;
      options.language = chinese ? "zh" : "en";
      const Process now = later_refund();
      Chart chart = make_chart(compare_versions(samples::small_refund(), now, chinese), options);
      show_findings(chart, now, {finding("pay", Level::error), finding("", Level::info)}, options);
      const Layout layout = lay_out(chart, node_sizes(chart));
      const Quality quality = measure(chart, layout);
      CHECK(quality.node_overlaps + quality.edges_through_nodes + quality.outside == 0);
      CHECK(quality.labels_on_nodes + quality.labels_on_lines + quality.labels_on_labels == 0);
      REQUIRE(layout.legends.size() == 2);
      double bottom = layout.facts_at.y;
      for (const LegendPlace& legend : layout.legends) {
        CHECK(legend.room.top >= bottom);
        CHECK(legend.room.right <= layout.size.width);
        bottom = legend.room.bottom;
      }
      CHECK(bottom < layout.headers.front().top);
      CHECK(to_dot(chart, layout).find("pay.badge") != std::string::npos);
    }
  }
}

TEST_CASE("a legend breaks into lines, nothing on anything else") {
  Legend legend{"Title", LegendScale{"1m", "2d"}, {}};
  for (const char* text : {"errors 12", "warnings 7", "infos 3", "4 more about the document"}) {
    legend.entries.push_back(
        {.sign = LegendSign::disc, .fill = "#000000", .border = "#000000", .text = text});
  }
  const LegendPlace wide = place_legend(legend, 10, 1000);
  const LegendPlace narrow = place_legend(legend, 10, 260);
  CHECK(wide.room.height() < narrow.room.height());
  CHECK(narrow.room.right <= 260);
  CHECK(wide.title_at.x < wide.scale.left);
  for (const LegendPlace& place : {wide, narrow}) {
    for (std::size_t i = 0; i + 1 < place.entries.size(); ++i) {
      CHECK_FALSE(overlap(place.entries[i].sign, place.entries[i + 1].sign));
      CHECK(place.entries[i].sign.right < place.entries[i].text_at.x);
      CHECK(place.entries[i].sign.bottom <= place.room.bottom);
    }
  }
}
