#include "core/replay/conform/process_net.h"

#include <algorithm>

namespace gemba::inline replay {
namespace {

std::vector<std::uint32_t> sorted(const std::vector<PlaceId>& places) {
  std::vector<std::uint32_t> numbers;
  for (const PlaceId place : places) numbers.push_back(place.value);
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace

LabelledNet labelled_net(const WorkflowNet& net, const std::vector<bool>& visible) {
  LabelledNet result;
  result.places = static_cast<std::uint32_t>(net.steps.size());
  result.initial = {0};
  for (const WorkflowNet::Transition& each : net.transitions) {
    // The first transitions only choose the start; the start itself is a transition of its own.
    const bool chooses = each.pre.size() == 1 && each.pre.front() == PlaceId(0);
    const bool shows = !chooses && visible[each.step.index()];
    result.transitions.push_back(
        {sorted(each.pre), sorted(each.post), shows ? each.step.value : LabelledNet::silent});
  }
  return result;
}

}  // namespace gemba::inline replay
