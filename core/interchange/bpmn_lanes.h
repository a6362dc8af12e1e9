#pragma once
#include <map>
#include <string>

#include "core/interchange/bpmn_scope.h"
#include "core/model/definitions.h"

namespace gemba::inline interchange {

/// Who does what, by the lanes of a process.
struct BpmnLanes {
  std::vector<Role> roles;                ///< lanes without lanes in them, in their order
  std::map<std::string, RoleId> role_of;  ///< by id of an element that stands in a lane
};

/// Reads the lanes of a process. A reference to what is not there is reported.
BpmnLanes read_lanes(const BpmnContent& content, const ModelReading& reading);

}  // namespace gemba::inline interchange
