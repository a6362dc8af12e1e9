#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/process.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// The elements of BPMN 2.0 that steps become.
enum class BpmnKind : std::uint8_t {
  start,      ///< startEvent
  end,        ///< endEvent
  timer,      ///< intermediateCatchEvent with a timer: a wait
  task,       ///< task: done by hand
  user,       ///< userTask: an approval, or assisted by a system
  service,    ///< serviceTask: automatic
  send,       ///< sendTask: a notification
  call,       ///< callActivity
  exclusive,  ///< exclusiveGateway: a decision, or where alternatives meet
  parallel    ///< parallelGateway: a fork or join
};

/// What begins one of several starts: a process has at most one without a trigger.
enum class BpmnTrigger : std::uint8_t { none, message, condition };

/// A text that a program may evaluate (`formal`), or only people understand.
struct BpmnExpression {
  std::string text;
  bool formal = false;
};

struct BpmnNode {
  std::string id;    ///< an NCName, unique in the document
  std::string name;  ///< empty where alternatives meet
  BpmnKind kind = BpmnKind::task;
  bool is_step = true;  ///< false: a gateway that was added
  BpmnTrigger trigger = BpmnTrigger::none;
  std::string documentation;
  std::optional<BpmnExpression> duration;   ///< of a timer
  std::string called;                       ///< of a call: the process's id
  std::optional<std::size_t> default_flow;  ///< of an exclusive gateway
};

struct BpmnFlow {
  std::string id;
  std::string name;
  std::optional<BpmnExpression> condition;
  std::string documentation;
};

/// A process in the terms of BPMN. What the format leaves to the reader is explicit: a step with
/// several entries has a gateway before it, one with several exits a gateway behind it.
struct BpmnModel {
  std::string id, name, documentation;
  std::string collaboration, pool, lane_set, diagram, plane;  ///< ids
  std::vector<std::string> lanes;                             ///< ids, by lane of `chart`
  std::vector<BpmnNode> nodes;                                ///< by node of `chart`
  std::vector<BpmnFlow> flows;                                ///< by edge of `chart`
  Chart chart;  ///< for the layout: with the gateways added, shapes as BPMN draws them
};

/// `chart` as `make_chart` gives it for `process`. A flow that leaves an end never happens: it
/// becomes a line of the end's documentation.
BpmnModel make_bpmn_model(const Process& process, const Chart& chart);

}  // namespace gemba::inline render
