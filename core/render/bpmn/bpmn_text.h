#pragma once
#include <string>

#include "core/model/process.h"
#include "core/render/bpmn/bpmn_model.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// What the elements of BPMN have no place for, a line each: note, script, small print, system,
/// data, link. `drawn` is the step's node.
std::string step_documentation(const Process& process, const Step& step, const ChartNode& drawn,
                               bool chinese);

/// The small print under the title, trigger, goal and scope.
std::string process_documentation(const Process& process, const Chart& chart, bool chinese);

/// The question that the exits of a step which is no decision answer.
std::string exit_question(StepKind kind, bool chinese);

/// Elapsed time in the form of ISO 8601, `PT1H30M`; business time as people write it, `2bd`.
BpmnExpression bpmn_duration(const Duration& duration);

}  // namespace gemba::inline render
