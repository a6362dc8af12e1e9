#pragma once
#include <optional>
#include <vector>

#include "core/model/process.h"
#include "core/replay/profile.h"
#include "core/replay/working_time.h"

namespace gemba {

/// Holds the time from enabled until ended of every step against its SLA.
class SlaJudge {
 public:
  /// Keeps a reference to the process's calendars. `calendar`: the one for all steps, instead of
  /// those of their roles.
  SlaJudge(const Process& process, std::optional<CalendarId> calendar);

  /// Whether the SLA was met; none when it is not judged.
  std::optional<bool> judge(StepId step, CaseId id, Micros enabled, Micros ended);

  /// Adds what was judged of later cases.
  void join(const SlaJudge& later);

  /// By StepId; none for a step without SLA, or with one in business time that has no calendar.
  std::vector<std::optional<SlaAttainment>>& results() { return results_; }

 private:
  struct Limit {
    Duration duration;
    std::optional<WorkingClock> clock;  ///< for business time
  };
  std::vector<std::optional<Limit>> limits_;  ///< by StepId
  std::vector<std::optional<SlaAttainment>> results_;
};

}  // namespace gemba
