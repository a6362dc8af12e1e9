#pragma once
#include <optional>
#include <vector>

#include "core/render/bpmn/bpmn_model.h"
#include "core/render/chart/geometry.h"

namespace gemba::inline render {

/// Where everything in a BPMN diagram stands, in whole pixels as BPMN tools count them; y grows
/// downwards.
struct BpmnLayout {
  Rect pool;
  std::vector<Rect> lanes;                    ///< by lane, with its name's strip
  std::vector<Rect> nodes;                    ///< by node
  std::vector<std::optional<Rect>> captions;  ///< by node: the name of an event or a gateway
  std::vector<Polyline> flows;                ///< by flow: from outline to outline
  std::vector<std::optional<Rect>> labels;    ///< by flow
};

/// Lays out the model's chart as `lay_out` does, with the sizes that BPMN tools give elements and
/// print.
BpmnLayout lay_out_bpmn(const BpmnModel& model);

}  // namespace gemba::inline render
