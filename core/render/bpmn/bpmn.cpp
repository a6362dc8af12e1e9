#include "core/render/bpmn/bpmn.h"

namespace gemba::inline render {
namespace {

/// The language of conditions, for a program that would take them for XPath, BPMN's default.
constexpr const char* condition_language = "urn:gemba:condition";

const char* element_of(BpmnKind kind) {
  switch (kind) {
    case BpmnKind::start:
      return "bpmn:startEvent";
    case BpmnKind::end:
      return "bpmn:endEvent";
    case BpmnKind::timer:
      return "bpmn:intermediateCatchEvent";
    case BpmnKind::user:
      return "bpmn:userTask";
    case BpmnKind::service:
      return "bpmn:serviceTask";
    case BpmnKind::send:
      return "bpmn:sendTask";
    case BpmnKind::call:
      return "bpmn:callActivity";
    case BpmnKind::exclusive:
      return "bpmn:exclusiveGateway";
    case BpmnKind::parallel:
      return "bpmn:parallelGateway";
    case BpmnKind::task:
      break;
  }
  return "bpmn:task";
}

void write_documentation(XmlWriter& xml, const std::string& text) {
  if (!text.empty()) xml.content("bpmn:documentation", text);
}

/// Only what a program may evaluate is called formal.
void write_expression(XmlWriter& xml, const char* name, const BpmnExpression& expression) {
  XmlAttributes attributes;
  if (expression.formal) attributes.emplace_back("xsi:type", "bpmn:tFormalExpression");
  xml.content(name, expression.text, attributes);
}

void write_event(XmlWriter& xml, const BpmnNode& node) {
  if (node.kind == BpmnKind::timer) {
    const XmlAttributes id = {{"id", node.id + ".timer"}};
    if (!node.duration) return xml.leaf("bpmn:timerEventDefinition", id);
    xml.begin("bpmn:timerEventDefinition", id);
    write_expression(xml, "bpmn:timeDuration", *node.duration);
    xml.end();
  } else if (node.trigger == BpmnTrigger::message) {
    xml.leaf("bpmn:messageEventDefinition", {{"id", node.id + ".trigger"}});
  } else if (node.trigger == BpmnTrigger::condition) {
    xml.begin("bpmn:conditionalEventDefinition", {{"id", node.id + ".trigger"}});
    write_expression(xml, "bpmn:condition", {node.name, false});
    xml.end();
  }
}

void write_node(XmlWriter& xml, const BpmnModel& model, std::size_t i) {
  const BpmnNode& node = model.nodes[i];
  XmlAttributes attributes = {{"id", node.id}};
  if (!node.name.empty()) attributes.emplace_back("name", node.name);
  if (node.default_flow) attributes.emplace_back("default", model.flows[*node.default_flow].id);
  if (!node.called.empty()) attributes.emplace_back("calledElement", node.called);
  xml.begin(element_of(node.kind), attributes);
  write_documentation(xml, node.documentation);
  for (const bool incoming : {true, false}) {
    for (std::size_t k = 0; k < model.flows.size(); ++k) {
      const ChartEdge& edge = model.chart.edges[k];
      if ((incoming ? edge.to : edge.from) != i) continue;
      xml.content(incoming ? "bpmn:incoming" : "bpmn:outgoing", model.flows[k].id);
    }
  }
  write_event(xml, node);
  xml.end();
}

void write_flow(XmlWriter& xml, const BpmnModel& model, std::size_t i) {
  const BpmnFlow& flow = model.flows[i];
  XmlAttributes attributes = {{"id", flow.id}};
  if (!flow.name.empty()) attributes.emplace_back("name", flow.name);
  attributes.emplace_back("sourceRef", model.nodes[model.chart.edges[i].from].id);
  attributes.emplace_back("targetRef", model.nodes[model.chart.edges[i].to].id);
  if (!flow.condition && flow.documentation.empty())
    return xml.leaf("bpmn:sequenceFlow", attributes);
  xml.begin("bpmn:sequenceFlow", attributes);
  write_documentation(xml, flow.documentation);
  if (flow.condition) write_expression(xml, "bpmn:conditionExpression", *flow.condition);
  xml.end();
}

void write_lanes(XmlWriter& xml, const BpmnModel& model) {
  if (!model.chart.has_lanes) return;
  xml.begin("bpmn:laneSet", {{"id", model.lane_set}});
  for (std::size_t lane = 0; lane < model.lanes.size(); ++lane) {
    xml.begin("bpmn:lane", {{"id", model.lanes[lane]}, {"name", model.chart.lanes[lane].name}});
    for (std::size_t i = 0; i < model.nodes.size(); ++i) {
      if (model.chart.nodes[i].lane != lane) continue;
      xml.content("bpmn:flowNodeRef", model.nodes[i].id);
    }
    xml.end();
  }
  xml.end();
}

void write_process(XmlWriter& xml, const BpmnModel& model) {
  xml.begin("bpmn:process", {{"id", model.id}, {"name", model.name}, {"isExecutable", "false"}});
  write_documentation(xml, model.documentation);
  write_lanes(xml, model);
  for (std::size_t i = 0; i < model.nodes.size(); ++i) write_node(xml, model, i);
  for (std::size_t i = 0; i < model.flows.size(); ++i) write_flow(xml, model, i);
  xml.end();
}

}  // namespace

std::string to_bpmn(const Process& process, const Chart& chart) {
  const BpmnModel model = make_bpmn_model(process, chart);
  XmlWriter xml;
  XmlAttributes attributes = {{"xmlns:bpmn", "http://www.omg.org/spec/BPMN/20100524/MODEL"},
                              {"xmlns:bpmndi", "http://www.omg.org/spec/BPMN/20100524/DI"},
                              {"xmlns:dc", "http://www.omg.org/spec/DD/20100524/DC"},
                              {"xmlns:di", "http://www.omg.org/spec/DD/20100524/DI"},
                              {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"}};
  if (!chart.legends.empty()) {
    attributes.emplace_back("xmlns:color", "http://www.omg.org/spec/BPMN/non-normative/color/1.0");
  }
  attributes.emplace_back("id", model.id + ".definitions");
  attributes.emplace_back("targetNamespace", "urn:gemba");
  attributes.emplace_back("expressionLanguage", condition_language);
  attributes.emplace_back("exporter", "gemba");
  xml.begin("bpmn:definitions", attributes);
  xml.begin("bpmn:collaboration", {{"id", model.collaboration}});
  xml.leaf("bpmn:participant",
           {{"id", model.pool}, {"name", model.name}, {"processRef", model.id}});
  xml.end();
  write_process(xml, model);
  write_bpmn_diagram(model, lay_out_bpmn(model), xml);
  xml.end();
  return xml.text;
}

}  // namespace gemba::inline render
