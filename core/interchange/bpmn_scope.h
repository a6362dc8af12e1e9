#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/interchange/model_reading.h"

namespace gemba::inline interchange {

/// What an element of BPMN does with tokens.
enum class FlowNodeKind : std::uint8_t {
  start,
  end,
  activity,
  event,      ///< intermediate
  exclusive,  ///< takes one exit; also event-based gateways
  parallel,
  inclusive,  ///< also complex gateways
  subprocess
};

/// An element that sequence flows connect.
struct FlowNode {
  const XmlNode* xml = nullptr;
  std::string id, name;  ///< the name may be empty
  FlowNodeKind kind = FlowNodeKind::activity;
  std::size_t scope = 0;
  std::optional<std::size_t> inner;  ///< of a sub-process: its scope
  std::vector<std::size_t> in, out;  ///< flows, in the order of the document
};

struct SequenceFlow {
  const XmlNode* xml = nullptr;
  std::size_t from = 0, to = 0;  ///< nodes
};

/// A process, or a sub-process within.
struct FlowScope {
  const XmlNode* xml = nullptr;
  std::vector<std::size_t> nodes;
};

/// A process of BPMN with all its sub-processes; scope 0 is the process.
struct BpmnContent {
  std::vector<FlowScope> scopes;
  std::vector<FlowNode> nodes;
  std::vector<SequenceFlow> flows;
  std::vector<const XmlNode*> lane_sets;
};

/// Collects what an element `process` holds. What is not well formed, and what no document can
/// express, is reported.
BpmnContent read_content(const XmlNode& process, const ModelReading& reading);

/// Whether an element has a child whose name ends in `ending`.
bool has_child_like(const XmlNode& node, std::string_view ending);

/// Whether an element of BPMN is one that sequence flows connect.
bool is_flow_node(const XmlNode& node);

}  // namespace gemba::inline interchange
