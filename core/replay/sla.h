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
  /// Keeps a reference to the process's calendars.
  explicit SlaJudge(const Process& process);

  void judge(StepId step, Micros enabled, Micros ended);

  /// By StepId; none for a step without SLA, or with one in business time whose role has no
  /// calendar.
  const std::vector<std::optional<SlaAttainment>>& results() const { return results_; }

 private:
  struct Limit {
    Duration duration;
    std::optional<WorkingClock> clock;  ///< for business time
  };
  std::vector<std::optional<Limit>> limits_;  ///< by StepId
  std::vector<std::optional<SlaAttainment>> results_;
};

}  // namespace gemba
