#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/text.h"
#include "core/base/unsafe.h"
#include "core/render/bpmn/bpmn.h"
#include "core/render/bpmn/bpmn_text.h"
#include "core/render/chart/text_metrics.h"
#include "samples.h"
#include "xml_tree.h"

using namespace gemba;

namespace {

Chart chart_of(const Process& process, Direction direction = Direction::right) {
  ChartOptions options;
  options.direction = direction;
  return make_chart(process, options);
}

std::string bpmn_of(const Process& process, Direction direction = Direction::right) {
  return to_bpmn(process, chart_of(process, direction));
}

std::vector<XmlElement> named(const std::vector<XmlElement>& all, const std::string& name) {
  std::vector<XmlElement> some;
  for (const XmlElement& each : all) {
    if (each.name == name) some.push_back(each);
  }
  return some;
}

XmlElement with_id(const std::vector<XmlElement>& all, const std::string& id) {
  for (const XmlElement& each : all) {
    if (each.at("id") == id) return each;
  }
  return {};
}

/// The text of the first element of a name right inside the element of an id.
std::string inner(const std::vector<XmlElement>& all, const std::string& id,
                  const std::string& name) {
  for (const XmlElement& each : all) {
    if (each.name == name && all[each.parent].at("id") == id) return each.text;
  }
  return {};
}

std::size_t count_named(const std::vector<XmlElement>& all, const std::string& name) {
  return named(all, name).size();
}

/// What must hold of any document: unique ids that are names, references that lead somewhere.
void check_references(const std::vector<XmlElement>& all) {
  std::set<std::string> ids;
  for (const XmlElement& each : all) {
    const std::string id = each.at("id");
    if (id.empty()) continue;
    CAPTURE(id);
    CHECK(ids.insert(id).second);
    CHECK(xml_name(id) == id);
  }
  for (const XmlElement& each : all) {
    for (const char* key : {"sourceRef", "targetRef", "processRef", "default", "bpmnElement"}) {
      if (!each.at(key).empty()) CHECK(ids.contains(each.at(key)));
    }
    for (const char* name : {"bpmn:incoming", "bpmn:outgoing", "bpmn:flowNodeRef"}) {
      if (each.name == name) CHECK(ids.contains(each.text));
    }
  }
}

/// Whether a line ends on an outline: a side of a box, or within a circle or diamond and not far
/// from its border.
bool ends_on(const BpmnNode& node, const Rect& box, Point end) {
  const double dx = std::abs(end.x - box.center().x);
  const double dy = std::abs(end.y - box.center().y);
  const double half = box.width() / 2;
  switch (node.kind) {
    case BpmnKind::exclusive:
    case BpmnKind::parallel:
      return std::abs(dx + dy - half) <= 2;
    case BpmnKind::start:
    case BpmnKind::end:
    case BpmnKind::timer:
      return std::abs(std::hypot(dx, dy) - half) <= 2;
    default:
      return (std::abs(dx - half) < 0.5 && dy <= box.height() / 2) ||
             (std::abs(dy - box.height() / 2) < 0.5 && dx <= half);
  }
}

void check_layout(const BpmnModel& model, const BpmnLayout& layout) {
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    CAPTURE(model.nodes[i].id);
    const Rect& node = layout.nodes[i];
    const Rect& lane = layout.lanes[model.chart.nodes[i].lane];
    CHECK(node.left > lane.left);
    CHECK(node.right < lane.right);
    CHECK(node.top > lane.top);
    CHECK(node.bottom < lane.bottom);
    for (std::size_t k = 0; k < i; ++k) CHECK_FALSE(overlap(node, layout.nodes[k]));
  }
  for (std::size_t i = 0; i < model.flows.size(); ++i) {
    CAPTURE(model.flows[i].id);
    const ChartEdge& edge = model.chart.edges[i];
    const Polyline& line = layout.flows[i];
    CHECK(ends_on(model.nodes[edge.from], layout.nodes[edge.from], line.front()));
    CHECK(ends_on(model.nodes[edge.to], layout.nodes[edge.to], line.back()));
    for (std::size_t k = 0; k + 1 < line.size(); ++k) {
      CHECK((line[k].x == line[k + 1].x || line[k].y == line[k + 1].y));
    }
    CHECK(layout.labels[i].has_value() == !model.flows[i].name.empty());
  }
}

/// What bpmnlint's recommended rules ask of the graph.
void check_explicit(const BpmnModel& model) {
  std::vector<std::size_t> in(model.nodes.size()), out(model.nodes.size());
  for (const ChartEdge& edge : model.chart.edges) {
    ++in[edge.to];
    ++out[edge.from];
  }
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const BpmnNode& node = model.nodes[i];
    CAPTURE(node.id);
    const bool gateway = node.kind == BpmnKind::exclusive || node.kind == BpmnKind::parallel;
    if (gateway) {
      CHECK((in[i] <= 1 || out[i] <= 1));
      if (node.kind == BpmnKind::exclusive && out[i] > 1) CHECK_FALSE(node.name.empty());
    } else {
      CHECK(in[i] <= 1);
      CHECK(out[i] <= 1);
      CHECK_FALSE(node.name.empty());
    }
    if (node.kind == BpmnKind::start) CHECK(in[i] == 0);
    if (node.kind == BpmnKind::end) CHECK(out[i] == 0);
  }
}

std::vector<Process> many() {
  std::vector<Process> all = {samples::tiny(),     samples::small_refund(),   samples::purchasing(),
                              samples::rarities(), samples::classification(), samples::every_kind(),
                              samples::hostile()};
  for (std::uint32_t seed = 1; seed <= 6; ++seed) {
    all.push_back(samples::random_process(seed, 30));
  }
  return all;
}

}  // namespace

TEST_CASE("ids are names of XML") {
  const std::pair<std::string, std::string> ids[] = {{"pay", "pay"},   {"1st-look", "_1st-look"},
                                                     {"-x", "_-x"},    {"a b:c", "a_b_c"},
                                                     {"退款", "退款"}, {"", "_"},
                                                     {"\"", "_"},      {"a\xFF", "a\uFFFD"}};
  for (const auto& [text, name] : ids) CHECK(xml_name(text) == name);
}

TEST_CASE("BPMN of any process is well-formed and refers to what it has") {
  for (const Process& process : many()) {
    CAPTURE(process.id);
    for (const Direction direction : {Direction::right, Direction::down}) {
      const std::string text = bpmn_of(process, direction);
      CHECK(text == bpmn_of(process, direction));
      const std::vector<XmlElement> all = read_xml(text);
      REQUIRE_FALSE(all.empty());
      check_references(all);
      const BpmnModel model = make_bpmn_model(process, chart_of(process, direction));
      CHECK(count_named(all, "bpmn:flowNodeRef") == model.nodes.size());
      CHECK(count_named(all, "bpmn:sequenceFlow") == model.flows.size());
      CHECK(count_named(all, "bpmndi:BPMNEdge") == model.flows.size());
      CHECK(count_named(all, "bpmndi:BPMNShape") == model.nodes.size() + model.lanes.size() + 1);
      check_explicit(model);
      check_layout(model, lay_out_bpmn(model));
    }
  }
}

TEST_CASE("kinds of steps become elements of BPMN") {
  const std::vector<XmlElement> all = read_xml(bpmn_of(samples::every_kind()));
  const std::pair<const char*, const char*> elements[] = {{"mail", "bpmn:startEvent"},
                                                          {"round", "bpmn:startEvent"},
                                                          {"_1st-look", "bpmn:task"},
                                                          {"both", "bpmn:parallelGateway"},
                                                          {"ask", "bpmn:userTask"},
                                                          {"cool", "bpmn:intermediateCatchEvent"},
                                                          {"all", "bpmn:parallelGateway"},
                                                          {"how", "bpmn:exclusiveGateway"},
                                                          {"sub", "bpmn:callActivity"},
                                                          {"tell", "bpmn:sendTask"},
                                                          {"robot", "bpmn:serviceTask"},
                                                          {"done", "bpmn:endEvent"},
                                                          {"ask.split", "bpmn:exclusiveGateway"},
                                                          {"tell.merge", "bpmn:exclusiveGateway"}};
  for (const auto& [id, element] : elements) {
    CAPTURE(id);
    CHECK(with_id(all, id).name == element);
  }
  CHECK(with_id(all, "how").at("name") == "How to go on?");
  CHECK(with_id(all, "sub").at("calledElement") == "_2nd-sop");
  CHECK(inner(all, "cool.timer", "bpmn:timeDuration") == "P1DT1H30M");
  CHECK(inner(all, "open.timer", "bpmn:timeDuration") == "2bd");
  CHECK(with_id(all, "mail.trigger").name == "bpmn:messageEventDefinition");
  CHECK(with_id(all, "round.trigger").name == "bpmn:conditionalEventDefinition");
  CHECK(inner(all, "_1st-look", "bpmn:documentation") == "line one\nline two\n时间: 2m");
  CHECK(inner(all, "tell", "bpmn:documentation") == "话术: Dear … & co");
  CHECK(inner(all, "every-kind", "bpmn:documentation") == "every-kind\n触发: somebody <asks>");
}

TEST_CASE("conditions, and the flow for all other cases") {
  const std::vector<XmlElement> all = read_xml(bpmn_of(samples::every_kind()));
  CHECK(inner(all, "how.to.open", "bpmn:conditionExpression") == "amount > 50 and late");
  CHECK(inner(all, "how.to.sub", "bpmn:conditionExpression") == "looks odd to me");
  CHECK(with_id(all, "how").at("default") == "how.to.tell");
  CHECK(with_id(all, "how.to.tell").at("name") == "otherwise");
  for (const XmlElement& each : named(all, "bpmn:conditionExpression")) {
    const bool formal = each.text == "amount > 50 and late";
    CHECK(each.at("xsi:type") == (formal ? "bpmn:tFormalExpression" : ""));
  }
  CHECK(count_named(all, "bpmn:conditionExpression") == 2);
}

TEST_CASE("elapsed time in the form of ISO 8601") {
  const auto seconds = [](double value) {
    return Duration{Duration::Kind::elapsed, static_cast<Micros>(value * micros_per_second), 0};
  };
  const std::pair<Duration, std::string> durations[] = {
      {seconds(0), "PT0S"},
      {seconds(0.5), "PT0.5S"},
      {seconds(90), "PT1M30S"},
      {seconds(7200), "PT2H"},
      {seconds(86400), "P1D"},
      {seconds(14 * 86400 + 60), "P14DT1M"},
      {{Duration::Kind::business_hours, 5400 * micros_per_second, 0}, "1.5bh"}};
  for (const auto& [duration, text] : durations) {
    CHECK(bpmn_duration(duration).text == text);
    CHECK(bpmn_duration(duration).formal == (duration.kind == Duration::Kind::elapsed));
  }
}

TEST_CASE("hostile text arrives in BPMN as it is") {
  const Process process = samples::hostile();
  const std::vector<XmlElement> all = read_xml(bpmn_of(process));
  std::vector<std::string> names, notes, labels;
  for (const XmlElement& each : all) {
    if (each.name == "bpmn:exclusiveGateway" || each.name == "bpmn:userTask") {
      names.push_back(each.at("name"));
    }
    if (each.name == "bpmn:sequenceFlow") labels.push_back(each.at("name"));
    if (each.name == "bpmn:documentation") notes.push_back(each.text);
  }
  REQUIRE(names.size() == process.steps.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CHECK(names[i] == clean_text(process.steps[i].name));
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    CHECK(labels[i] == clean_text(process.flows[i].label));
  }
  CHECK(std::any_of(notes.begin(), notes.end(), [&](const std::string& note) {
    return note.starts_with(process.steps.back().note);
  }));
  CHECK(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.starts_with("%% x\nclick y \"data:text/html,x\"");
  }));
  for (const char32_t c : decode_utf8(bpmn_of(process))) REQUIRE((c == U'\n' || !is_unsafe(c)));
  CHECK(std::none_of(notes.begin(), notes.end(), [](const std::string& note) {
    return note.find_first_of("\x01\x1b\x7F") != std::string::npos;
  }));
}

TEST_CASE("no id is one that objects of JavaScript have anyway") {
  samples::Builder b("__proto__");
  b.step("constructor", "one");
  const BpmnModel model = make_bpmn_model(b.process, chart_of(b.process));
  CHECK(model.id == "__proto__.2");
  CHECK(model.nodes[0].id == "constructor.2");
}

TEST_CASE("what BPMN forbids at starts and ends is put beside them") {
  samples::Builder b("loop");
  b.step("begin", "Begin", StepKind::start);
  b.step("done", "Done", StepKind::end);
  b.step("again", "Again?", StepKind::decision);
  b.flow("begin", "again");
  b.flow("again", "begin", "yes");
  b.flow("again", "done", "no");
  b.flow("done", "again");
  const Process process = b.done();
  const BpmnModel model = make_bpmn_model(process, chart_of(process));
  check_explicit(model);
  const std::vector<XmlElement> all = read_xml(bpmn_of(process));
  CHECK(with_id(all, "again.to.begin").at("targetRef") == "begin.merge");
  CHECK(with_id(all, "done.to.again").name.empty());
  CHECK(inner(all, "done", "bpmn:documentation") == "结束之后不再进入: Again?");
}

TEST_CASE("a chart without lanes is a pool without lanes") {
  ChartOptions options;
  options.lanes = LaneKey::none;
  const Process process = samples::every_kind();
  const std::vector<XmlElement> all = read_xml(to_bpmn(process, make_chart(process, options)));
  CHECK(count_named(all, "bpmn:laneSet") == 0);
  CHECK(count_named(all, "bpmn:participant") == 1);
  check_references(all);
}

TEST_CASE("findings about a step are in its documentation") {
  const Process process = samples::tiny();
  Chart chart = chart_of(process);
  chart.nodes[1].badge = Badge{2, Level::error, "F104 one\nF105 two"};
  const std::vector<XmlElement> all = read_xml(to_bpmn(process, chart));
  CHECK(inner(all, "greet", "bpmn:documentation") == "时间: 30s\n检查发现:\nF104 one\nF105 two");
}

TEST_CASE("heat colours the steps of BPMN") {
  const Process process = samples::tiny();
  Chart chart = chart_of(process);
  CHECK(to_bpmn(process, chart).find("color:") == std::string::npos);
  chart.legends.push_back({"median", LegendScale{"1m", "2m"}, {}});
  chart.nodes[1].colours.fill = "#FFD29B";
  const std::vector<XmlElement> all = read_xml(to_bpmn(process, chart));
  CHECK(with_id(all, "greet.shape").at("color:background-color") == "#FFD29B");
  CHECK(with_id(all, "begin.shape").at("color:background-color").empty());
}
