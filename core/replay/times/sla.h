#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/model/process.h"
#include "core/replay/profile.h"
#include "core/replay/times/working_time.h"

namespace gemba::inline replay {

/// Holds the time from enabled until ended of every step against its SLA.
class SlaJudge {
 public:
  /// `calendar`: the one for all steps, instead of those of their roles. Only so many breaches of a
  /// step are listed, the longest.
  SlaJudge(const Process& process, std::optional<CalendarId> calendar, std::size_t most_breaches);

  /// Whether the SLA was met; none when it is not judged. The moments are those of `clock`, which
  /// counts by the calendar of the step; null without one.
  std::optional<bool> judge(StepId step, CaseId id, const ClockedMoment& enabled,
                            const ClockedMoment& ended, WorkingClock* clock);

  /// Adds what was judged of later cases.
  void join(const SlaJudge& later);

  /// By StepId; none for a step without SLA, or with one in business time that has no calendar.
  std::vector<std::optional<SlaAttainment>>& results();

 private:
  void list(const SlaBreach& breach, std::size_t step);
  void drop_shorter(std::size_t step);

  std::vector<std::optional<Duration>> limits_;  ///< by StepId: of those that are judged
  std::vector<std::optional<SlaAttainment>> results_;
  std::size_t most_;
  std::vector<double> least_;  ///< by StepId: shorter breaches are not listed, in seconds
};

}  // namespace gemba::inline replay
