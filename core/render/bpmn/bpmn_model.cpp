#include "core/render/bpmn/bpmn_model.h"

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/base/unique_names.h"
#include "core/render/bpmn/bpmn_text.h"
#include "core/render/xml.h"

namespace gemba::inline render {
namespace {

BpmnKind kind_of(const Step& step) {
  switch (step.kind) {
    case StepKind::start:
      return BpmnKind::start;
    case StepKind::end:
      return BpmnKind::end;
    case StepKind::approval:
      return BpmnKind::user;
    case StepKind::decision:
      return BpmnKind::exclusive;
    case StepKind::fork:
    case StepKind::join:
      return BpmnKind::parallel;
    case StepKind::wait:
      return BpmnKind::timer;
    case StepKind::notify:
      return BpmnKind::send;
    case StepKind::call:
      return BpmnKind::call;
    case StepKind::task:
      break;
  }
  if (step.automation == Automation::automatic) return BpmnKind::service;
  return step.automation == Automation::assisted ? BpmnKind::user : BpmnKind::task;
}

/// Shapes by their outlines: a timer is a circle like a start, a bar becomes a diamond.
NodeShape outline_of(BpmnKind kind) {
  switch (kind) {
    case BpmnKind::start:
    case BpmnKind::timer:
      return NodeShape::start;
    case BpmnKind::end:
      return NodeShape::end;
    case BpmnKind::exclusive:
    case BpmnKind::parallel:
      return NodeShape::diamond;
    default:
      return NodeShape::box;
  }
}

/// A flow may only have a condition behind an activity or an exclusive gateway.
bool may_be_conditional(BpmnKind kind) {
  return outline_of(kind) == NodeShape::box || kind == BpmnKind::exclusive;
}

struct Builder {
  const Process& process;
  const Chart& drawn;
  bool chinese;
  bool several_starts;
  BpmnModel model = {};
  UniqueNames ids = {{"constructor", "__proto__"}};  // what every object of a JavaScript tool has
  std::vector<std::string> step_ids = {};
  std::vector<std::size_t> entries = {}, exits = {};  // by step: how many
  std::vector<std::size_t> entry = {}, exit = {};     // by step: the nodes where flows come and go
  std::vector<std::optional<std::size_t>> origin = {};  // by flow of the model: the process's

  std::string take(const std::string& wanted) { return ids.take(wanted, '.'); }

  bool is_end(std::size_t step) const { return process.steps[step].kind == StepKind::end; }
};

void count_flows(Builder& builder) {
  builder.entries.assign(builder.process.steps.size(), 0);
  builder.exits = builder.entries;
  for (const ChartEdge& edge : builder.drawn.edges) {
    if (builder.is_end(edge.from)) continue;
    ++builder.exits[edge.from];
    ++builder.entries[edge.to];
  }
}

/// Ids that stay the same whatever is added: those of the steps come first.
void name_all(Builder& builder) {
  BpmnModel& model = builder.model;
  model.id = builder.take(xml_name(builder.process.id));
  for (const Step& step : builder.process.steps) {
    builder.step_ids.push_back(builder.take(xml_name(step.id)));
  }
  model.collaboration = builder.take(model.id + ".collaboration");
  model.pool = builder.take(model.id + ".pool");
  model.lane_set = builder.take(model.id + ".lanes");
  model.diagram = builder.take(model.id + ".diagram");
  model.plane = builder.take(model.id + ".plane");
  for (const ChartLane& lane : builder.drawn.lanes) {
    model.lanes.push_back(
        builder.take(lane.id.empty() ? "lane.none" : "lane." + xml_name(lane.id)));
  }
}

std::size_t add_node(Builder& builder, std::size_t step, BpmnNode node) {
  ChartNode drawn = builder.drawn.nodes[step];
  drawn.shape = outline_of(node.kind);
  drawn.mark = NodeMark::none;
  drawn.lines.clear();
  drawn.sub_lines.clear();
  builder.model.chart.nodes.push_back(std::move(drawn));
  builder.model.nodes.push_back(std::move(node));
  return builder.model.nodes.size() - 1;
}

std::size_t add_gateway(Builder& builder, std::size_t step, const char* what, std::string name) {
  BpmnNode gateway;
  gateway.id = builder.take(builder.step_ids[step] + what);
  gateway.name = std::move(name);
  gateway.kind = BpmnKind::exclusive;
  gateway.is_step = false;
  return add_node(builder, step, std::move(gateway));
}

BpmnNode make_node(const Builder& builder, std::size_t at) {
  const Step& step = builder.process.steps[at];
  BpmnNode node;
  node.id = builder.step_ids[at];
  node.name = builder.drawn.nodes[at].text;
  node.kind = kind_of(step);
  node.documentation =
      step_documentation(builder.process, step, builder.drawn.nodes[at], builder.chinese);
  if (step.kind == StepKind::wait && step.wait) node.duration = bpmn_duration(step.wait->value);
  if (step.kind == StepKind::start && builder.several_starts) {
    node.trigger =
        builder.process.is_external(step) ? BpmnTrigger::message : BpmnTrigger::condition;
  }
  if (step.calls) node.called = xml_name(step.calls->text);
  return node;
}

void add_flow(Builder& builder, ChartEdge edge, const std::string& id) {
  BpmnFlow flow;
  flow.id = builder.take(id);
  flow.name = edge.text;
  builder.model.flows.push_back(std::move(flow));
  builder.model.chart.edges.push_back(std::move(edge));
  builder.origin.emplace_back();
}

/// The flow between a step and a gateway of its own.
void link(Builder& builder, std::size_t step, std::size_t from, std::size_t to) {
  ChartEdge edge;
  edge.from = from;
  edge.to = to;
  for (const ChartEdge& other : builder.drawn.edges) {
    if (other.from == step || other.to == step) edge.main = edge.main || other.main;
  }
  const auto& nodes = builder.model.nodes;
  add_flow(builder, std::move(edge), nodes[from].id + ".to." + nodes[to].id);
}

/// A step and the gateways that make its entries and exits explicit. Nothing enters a start of
/// BPMN: what goes back to one arrives behind it.
void add_step(Builder& builder, std::size_t at) {
  const StepKind kind = builder.process.steps[at].kind;
  const bool starts = kind == StepKind::start;
  std::vector<std::size_t> chain;
  if (builder.entries[at] > 1 && !starts && kind != StepKind::join) {
    chain.push_back(add_gateway(builder, at, ".merge", {}));
  }
  chain.push_back(add_node(builder, at, make_node(builder, at)));
  builder.entry.push_back(chain.front());
  if (starts && builder.entries[at] > 0) {
    chain.push_back(add_gateway(builder, at, ".merge", {}));
    builder.entry.back() = chain.back();
  }
  if (builder.exits[at] > 1 && kind != StepKind::decision && kind != StepKind::fork) {
    chain.push_back(add_gateway(builder, at, ".split", exit_question(kind, builder.chinese)));
  }
  builder.exit.push_back(chain.back());
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) link(builder, at, chain[i], chain[i + 1]);
}

void add_flows(Builder& builder) {
  for (std::size_t i = 0; i < builder.drawn.edges.size(); ++i) {
    ChartEdge edge = builder.drawn.edges[i];
    const std::string& from = builder.step_ids[edge.from];
    if (builder.is_end(edge.from)) {
      std::string& notes = builder.model.nodes[builder.exit[edge.from]].documentation;
      notes +=
          (notes.empty() ? "" : "\n") +
          std::string(builder.chinese ? "结束之后不再进入: " : "Ends here, never goes on to: ") +
          builder.drawn.nodes[edge.to].text;
      continue;
    }
    const std::string id = from + ".to." + builder.step_ids[edge.to];
    edge.from = builder.exit[edge.from];
    edge.to = builder.entry[edge.to];
    add_flow(builder, std::move(edge), id);
    builder.origin.back() = i;
  }
}

std::optional<BpmnExpression> condition_of(const Builder& builder, std::size_t flow) {
  if (!builder.origin[flow]) return std::nullopt;
  const std::optional<Condition>& when = builder.process.flows[*builder.origin[flow]].when;
  if (!when || trimmed(when->text).empty()) return std::nullopt;
  return BpmnExpression{std::string(trimmed(when->text)), when->expr.has_value()};
}

/// Conditions of the flows that leave a node. Where some of several have one, the only other flow
/// is the default; of several others each is told by its label.
void add_conditions(Builder& builder, std::size_t node, const std::vector<std::size_t>& flows) {
  BpmnModel& model = builder.model;
  std::vector<std::size_t> others;
  for (const std::size_t flow : flows) {
    std::optional<BpmnExpression> condition = condition_of(builder, flow);
    if (!condition) {
      others.push_back(flow);
    } else if (may_be_conditional(model.nodes[node].kind)) {
      model.flows[flow].condition = std::move(condition);
    } else {
      model.flows[flow].documentation = condition->text;
    }
  }
  if (model.nodes[node].kind != BpmnKind::exclusive || others.size() == flows.size()) return;
  if (others.size() == 1) model.nodes[node].default_flow = others.front();
  for (const std::size_t flow : others) {
    const std::string& name = model.flows[flow].name;
    if (others.size() > 1 && !name.empty())
      model.flows[flow].condition = BpmnExpression{name, false};
  }
}

}  // namespace

BpmnModel make_bpmn_model(const Process& process, const Chart& chart) {
  const auto starts = std::count_if(process.steps.begin(), process.steps.end(),
                                    [](const Step& step) { return step.kind == StepKind::start; });
  Builder builder{process, chart, !chart.language.starts_with("en"), starts > 1};
  BpmnModel& model = builder.model;
  count_flows(builder);
  name_all(builder);
  model.name = chart.title.empty() ? model.id : chart.title;
  model.documentation = process_documentation(process, chart, builder.chinese);
  model.chart = chart;
  model.chart.nodes.clear();
  model.chart.edges.clear();
  for (std::size_t i = 0; i < process.steps.size(); ++i) add_step(builder, i);
  add_flows(builder);
  std::vector<std::vector<std::size_t>> leaving(model.nodes.size());
  for (std::size_t i = 0; i < model.flows.size(); ++i) {
    leaving[model.chart.edges[i].from].push_back(i);
  }
  for (std::size_t i = 0; i < leaving.size(); ++i) add_conditions(builder, i, leaving[i]);
  return std::move(builder.model);
}

}  // namespace gemba::inline render
