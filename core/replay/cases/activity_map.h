#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/model/process.h"
#include "core/replay/profile.h"

namespace gemba::inline replay {

/// Which step an activity of a log belongs to.
struct ActivityMap {
  std::vector<std::optional<StepId>> step_of;  ///< by ActivityId
  std::vector<SharedActivity> shared;
};

/// Maps activities to steps by exact name: a step's `log` names first, then its id, then its name.
ActivityMap map_activities(const Process& process, const EventLog& log);

/// By StepId: so many instances of it a log has at most, and 0 where it has none; `mode` is
/// resolved.
std::vector<std::size_t> instances_by_step(const Process& process, const ActivityMap& map,
                                           const EventLog& log, LifecycleMode mode);

/// Whether a log is expected to show the step. Routing (gateways, starts and ends) is not work:
/// nobody expects it in a log unless the document names activities for it.
bool shows_in_logs(const Step& step);

/// By StepId: whether cases show the step: a log is expected to, or this one does (`shown`).
std::vector<bool> visible_steps(const Process& process, const std::vector<bool>& shown);

/// The name that some step claims and that is nearest to an unknown activity; empty when none is
/// near.
std::string nearest_claim(const Process& process, std::string_view activity);

}  // namespace gemba::inline replay
