#include "core/interchange/bpmn_scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/suggest.h"
#include "core/base/text.h"

namespace gemba::inline interchange {
namespace {

struct Word {
  std::string_view name;
  FlowNodeKind kind;
};

constexpr std::array<Word, 22> words = {{{"startEvent", FlowNodeKind::start},
                                         {"endEvent", FlowNodeKind::end},
                                         {"task", FlowNodeKind::activity},
                                         {"userTask", FlowNodeKind::activity},
                                         {"manualTask", FlowNodeKind::activity},
                                         {"serviceTask", FlowNodeKind::activity},
                                         {"scriptTask", FlowNodeKind::activity},
                                         {"businessRuleTask", FlowNodeKind::activity},
                                         {"sendTask", FlowNodeKind::activity},
                                         {"receiveTask", FlowNodeKind::activity},
                                         {"callActivity", FlowNodeKind::activity},
                                         {"intermediateCatchEvent", FlowNodeKind::event},
                                         {"intermediateThrowEvent", FlowNodeKind::event},
                                         {"boundaryEvent", FlowNodeKind::event},
                                         {"exclusiveGateway", FlowNodeKind::exclusive},
                                         {"eventBasedGateway", FlowNodeKind::exclusive},
                                         {"parallelGateway", FlowNodeKind::parallel},
                                         {"inclusiveGateway", FlowNodeKind::inclusive},
                                         {"complexGateway", FlowNodeKind::inclusive},
                                         {"subProcess", FlowNodeKind::subprocess},
                                         {"transaction", FlowNodeKind::subprocess},
                                         {"adHocSubProcess", FlowNodeKind::subprocess}}};

const Word* find_word(const XmlNode& node) {
  const auto found = std::find_if(words.begin(), words.end(),
                                  [&](const Word& each) { return each.name == node.name; });
  return found == words.end() ? nullptr : &*found;
}

/// Why documents cannot express an element by itself, and what to do; empty when they can.
std::string refusal_of(const XmlNode& node) {
  if (node.name == "boundaryEvent")
    return "an event at the boundary of an activity interrupts it; draw a decision behind it";
  if (node.name == "adHocSubProcess")
    return "an ad-hoc sub-process has no order; draw its steps one by one";
  if (node.at("triggeredByEvent") == "true")
    return "an event sub-process can begin at any time; draw a decision where it does";
  if (node.at("isForCompensation") == "true")
    return "compensation happens outside of the flow; draw it as a step";
  if (has_child_like(node, "LoopCharacteristics"))
    return "an activity that is repeated by itself; draw a flow back to it, or one step for all "
           "repetitions";
  if (node.at("eventGatewayType") == "Parallel")
    return "a parallel event-based gateway waits for all events; draw a parallel gateway";
  if (has_child_like(node, "linkEventDefinition"))
    return "link events jump; draw the sequence flow";
  return {};
}

/// Names are broken into lines to fit into their shapes.
std::string one_line(std::string_view name) {
  std::string line;
  for (const char c : name) {
    const bool space = c == '\n' || c == '\r' || c == '\t';
    if (!space) line += c;
    if (space && !line.ends_with(' ')) line += ' ';
  }
  return line;
}

class ContentReader {
 public:
  explicit ContentReader(const ModelReading& reading) : reading_(reading) {}

  BpmnContent read(const XmlNode& process) {
    add_scope(process);
    for (const XmlNode* flow : flows_) add_flow(*flow);
    return std::move(content_);
  }

 private:
  std::size_t add_scope(const XmlNode& xml) {
    const std::size_t scope = content_.scopes.size();
    content_.scopes.push_back({&xml, {}});
    for (const XmlNode& each : xml.children) {
      if (each.name == "sequenceFlow") flows_.push_back(&each);
      if (each.name == "laneSet") content_.lane_sets.push_back(&each);
      if (const Word* word = find_word(each)) add_node(each, word->kind, scope);
    }
    return scope;
  }

  void add_node(const XmlNode& xml, FlowNodeKind kind, std::size_t scope) {
    const std::string id(xml.at("id"));
    if (const std::string why = refusal_of(xml); !why.empty())
      reading_.report("S003", xml.span, fmt::format("'{}': {}", id, why), id);
    if (id.empty()) {
      reading_.report("S004", xml.span, fmt::format("this {} has no 'id'; give it one", xml.name));
      return;
    }
    const std::size_t number = content_.nodes.size();
    const auto [known, is_new] = numbers_.emplace(id, number);
    if (!is_new) {
      reading_.report("S005", xml.span,
                      fmt::format("the id '{}' is used twice; give each element its own", id), id);
      reading_.found.back().notes.push_back(
          {content_.nodes[known->second].xml->span, "first used here"});
      return;
    }
    FlowNode node;
    node.xml = &xml;
    node.id = id;
    node.name = one_line(trimmed(xml.at("name")));
    node.kind = kind;
    node.scope = scope;
    content_.nodes.push_back(std::move(node));
    content_.scopes[scope].nodes.push_back(number);
    if (kind != FlowNodeKind::subprocess) return;
    // A sub-process that shows nothing of what is in it is one step.
    if (std::any_of(xml.children.begin(), xml.children.end(), is_flow_node)) {
      const std::size_t inner = add_scope(xml);
      content_.nodes[number].inner = inner;
    } else {
      content_.nodes[number].kind = FlowNodeKind::activity;
    }
  }

  std::optional<std::size_t> find(const XmlNode& flow, std::string_view attribute) {
    const std::string id(flow.at(attribute));
    if (const auto known = numbers_.find(id); known != numbers_.end()) return known->second;
    std::vector<std::string_view> ids;
    // Whoever has very many unknown ids is not helped by a suggestion for each.
    if (reading_.found.size() < 20) {
      for (const auto& [each, number] : numbers_) ids.push_back(each);
    }
    reading_.report("S006", flow.span,
                    id.empty() ? fmt::format("this flow has no '{}'; name the element", attribute)
                               : fmt::format("'{}' is no element that a flow can connect{}", id,
                                             did_you_mean(id, ids)),
                    id);
    return std::nullopt;
  }

  void add_flow(const XmlNode& xml) {
    const auto from = find(xml, "sourceRef");
    const auto to = find(xml, "targetRef");
    if (!from || !to) return;
    FlowNode& source = content_.nodes[*from];
    FlowNode& target = content_.nodes[*to];
    if (source.scope != target.scope) {
      reading_.report("S003", xml.span,
                      fmt::format("a flow from '{}' to '{}' crosses the border of a sub-process; "
                                  "let it begin or end at the sub-process",
                                  source.id, target.id));
      return;
    }
    if (source.kind == FlowNodeKind::end || target.kind == FlowNodeKind::start) {
      reading_.report("S003", xml.span,
                      source.kind == FlowNodeKind::end
                          ? fmt::format("nothing leaves an end event; remove the flow or make "
                                        "'{}' an intermediate event",
                                        source.id)
                          : fmt::format("nothing enters a start event; let the flow lead to what "
                                        "is behind '{}'",
                                        target.id));
      return;
    }
    source.out.push_back(content_.flows.size());
    target.in.push_back(content_.flows.size());
    content_.flows.push_back({&xml, *from, *to});
  }

  const ModelReading& reading_;
  BpmnContent content_;
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<const XmlNode*> flows_;
};

}  // namespace

bool has_child_like(const XmlNode& node, std::string_view ending) {
  return std::any_of(node.children.begin(), node.children.end(),
                     [&](const XmlNode& each) { return each.name.ends_with(ending); });
}

bool is_flow_node(const XmlNode& node) { return find_word(node) != nullptr; }

BpmnContent read_content(const XmlNode& process, const ModelReading& reading) {
  return ContentReader(reading).read(process);
}

}  // namespace gemba::inline interchange
