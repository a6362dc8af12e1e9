#include "core/interchange/bpmn_lanes.h"

#include <fmt/format.h>

#include <set>

#include "core/base/text.h"
#include "core/base/unique_names.h"

namespace gemba::inline interchange {
namespace {

struct LaneReader {
  const ModelReading& reading;
  std::set<std::string, std::less<>> elements = {};
  UniqueNames ids = {};
  BpmnLanes lanes = {};

  void read(const XmlNode& lane_set) {
    for (const XmlNode& lane : lane_set.children) {
      if (lane.name != "lane") continue;
      const XmlNode* inner = lane.child("childLaneSet");
      if (inner != nullptr && inner->child("lane") != nullptr) {
        read(*inner);
      } else {
        add(lane);
      }
    }
  }

  void add(const XmlNode& lane) {
    Role role;
    role.id = ids.take(std::string(lane.at("id").empty() ? "lane" : lane.at("id")), '.');
    role.name = trimmed(lane.at("name"));
    if (role.name.empty()) role.name = role.id;
    role.span = lane.span;
    const RoleId id(lanes.roles.size());
    lanes.roles.push_back(std::move(role));
    for (const XmlNode& each : lane.children) {
      if (each.name != "flowNodeRef") continue;
      const std::string_view element = trimmed(each.text);
      if (elements.find(element) == elements.end()) {
        reading.report("S006", each.span,
                       fmt::format("'{}' in lane '{}' is no element of the process; remove it",
                                   element, lanes.roles.back().name),
                       element);
      }
      lanes.role_of.emplace(element, id);
    }
  }
};

}  // namespace

BpmnLanes read_lanes(const BpmnContent& content, const ModelReading& reading) {
  LaneReader reader{reading};
  for (const FlowNode& node : content.nodes) reader.elements.insert(node.id);
  for (const XmlNode* lane_set : content.lane_sets) reader.read(*lane_set);
  return std::move(reader.lanes);
}

}  // namespace gemba::inline interchange
