#pragma once
#include <string>
#include <string_view>

#include "core/model/process.h"
#include "core/render/bpmn/bpmn_layout.h"
#include "core/render/bpmn/bpmn_model.h"
#include "core/render/chart/chart.h"
#include "core/render/xml.h"

namespace gemba::inline render {

/// The process as BPMN 2.0 XML with its diagram: one pool, a lane for every lane of the chart.
/// `chart` as `make_chart` gives it for `process`; its heat colours the steps. `language` is that
/// of the captions added. The same process and chart give the same bytes.
std::string to_bpmn(const Process& process, const Chart& chart);

/// Writes the part that tools draw: bounds and waypoints.
void write_bpmn_diagram(const BpmnModel& model, const BpmnLayout& layout, XmlWriter& xml);

}  // namespace gemba::inline render
