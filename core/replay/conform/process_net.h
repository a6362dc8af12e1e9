#pragma once
#include <vector>

#include "core/graph/net/workflow_net.h"
#include "core/model/labelled_net.h"

namespace gemba::inline replay {

/// The net of a process; labels are the numbers of steps. Steps that are not `visible` (by StepId)
/// are silent.
LabelledNet labelled_net(const WorkflowNet& net, const std::vector<bool>& visible);

}  // namespace gemba::inline replay
