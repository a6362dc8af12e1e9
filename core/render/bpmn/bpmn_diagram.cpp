#include <fmt/format.h>

#include <algorithm>

#include "core/render/bpmn/bpmn.h"

namespace gemba::inline render {
namespace {

/// Whether the colours of the steps are those of a log's figures.
bool is_heated(const Chart& chart) {
  return std::any_of(chart.legends.begin(), chart.legends.end(),
                     [](const Legend& legend) { return legend.scale.has_value(); });
}

std::string whole(double pixels) { return fmt::format("{:.0f}", pixels); }

void write_bounds(XmlWriter& xml, const Rect& rect) {
  xml.leaf("dc:Bounds", {{"x", whole(rect.left)},
                         {"y", whole(rect.top)},
                         {"width", whole(rect.width())},
                         {"height", whole(rect.height())}});
}

void write_label(XmlWriter& xml, const Rect& rect) {
  xml.begin("bpmndi:BPMNLabel");
  write_bounds(xml, rect);
  xml.end();
}

void write_area(XmlWriter& xml, const std::string& id, const Rect& rect, Direction direction) {
  xml.begin("bpmndi:BPMNShape",
            {{"id", id + ".shape"},
             {"bpmnElement", id},
             {"isHorizontal", direction == Direction::right ? "true" : "false"}});
  write_bounds(xml, rect);
  xml.end();
}

void write_node(XmlWriter& xml, const BpmnModel& model, const BpmnLayout& layout, std::size_t i) {
  const BpmnNode& node = model.nodes[i];
  XmlAttributes attributes = {{"id", node.id + ".shape"}, {"bpmnElement", node.id}};
  if (node.kind == BpmnKind::exclusive) attributes.emplace_back("isMarkerVisible", "true");
  const bool heated = is_heated(model.chart) && node.is_step && node.kind != BpmnKind::start &&
                      node.kind != BpmnKind::end && node.kind != BpmnKind::parallel;
  // Tools give a border's colour to the name as well, which nobody could read on the background.
  if (heated) attributes.emplace_back("color:background-color", model.chart.nodes[i].colours.fill);
  xml.begin("bpmndi:BPMNShape", attributes);
  write_bounds(xml, layout.nodes[i]);
  if (layout.captions[i]) write_label(xml, *layout.captions[i]);
  xml.end();
}

void write_flow(XmlWriter& xml, const BpmnModel& model, const BpmnLayout& layout, std::size_t i) {
  const std::string& id = model.flows[i].id;
  xml.begin("bpmndi:BPMNEdge", {{"id", id + ".edge"}, {"bpmnElement", id}});
  for (const Point point : layout.flows[i]) {
    xml.leaf("di:waypoint", {{"x", whole(point.x)}, {"y", whole(point.y)}});
  }
  if (layout.labels[i]) write_label(xml, *layout.labels[i]);
  xml.end();
}

}  // namespace

void write_bpmn_diagram(const BpmnModel& model, const BpmnLayout& layout, XmlWriter& xml) {
  xml.begin("bpmndi:BPMNDiagram", {{"id", model.diagram}});
  xml.begin("bpmndi:BPMNPlane", {{"id", model.plane}, {"bpmnElement", model.collaboration}});
  write_area(xml, model.pool, layout.pool, model.chart.direction);
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    write_area(xml, model.lanes[i], layout.lanes[i], model.chart.direction);
  }
  for (std::size_t i = 0; i < model.nodes.size(); ++i) write_node(xml, model, layout, i);
  for (std::size_t i = 0; i < model.flows.size(); ++i) write_flow(xml, model, layout, i);
  xml.end();
  xml.end();
}

}  // namespace gemba::inline render
