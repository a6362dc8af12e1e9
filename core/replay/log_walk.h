#pragma once
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/replay/case_walk.h"
#include "core/replay/cases/variant_table.h"
#include "core/replay/conform/data_deviations.h"
#include "core/replay/conform/judged_amounts.h"
#include "core/replay/kpi/kpi_walk.h"
#include "core/replay/times/week_hours.h"

namespace gemba::inline replay {

/// Instances and cases of each activity, by ActivityId.
struct ActivityCounts {
  std::vector<std::int64_t> events, cases;
  std::vector<std::uint32_t> last_case;

  explicit ActivityCounts(std::size_t count)
      : events(count, 0), cases(count, 0), last_case(count, ~0U) {}

  void add(CaseId id, ActivityId activity) {
    ++events[activity.index()];
    if (last_case[activity.index()] != id.value) ++cases[activity.index()];
    last_case[activity.index()] = id.value;
  }

  void join(const ActivityCounts& later);
};

/// What a walk over a log is about. All of it outlives the walk.
struct WalkSubject {
  const Process& process;
  const FlowGraph& graph;
  const EventLog& log;
  const ActivityMap& map;
  const std::vector<bool>& shown;    ///< by StepId: steps that occur in the log
  const std::vector<bool>& visible;  ///< as `visible_steps` says
};

/// What of a walk is only collected when it is wanted.
struct WalkParts {
  CaseWalk::Options cases;
  bool aligns = false;      ///< variants, and what the data of cases break
  bool week_hours = false;  ///< in a log with times
  bool amounts = false;     ///< that approvals judged
  bool kpis = false;
};

/// What is collected of the cases of a log, or a part of them, in one walk.
class LogWalk {
 public:
  LogWalk(const WalkSubject& subject, const WalkParts& parts);

  /// Makes room for one of so many parts of a log: `instances`, by StepId, of all of it.
  void reserve(const std::vector<std::size_t>& instances, std::size_t case_count_of_all,
               std::size_t parts);

  /// Adds a case; cases come in order.
  void add(CaseId id, const std::vector<Instance>& instances);

  /// Takes over all but the samples of durations from a walk over later cases.
  void join(const LogWalk& later);

  CaseWalk cases;
  std::optional<AmountJudge> amounts;
  ActivityCounts counts;
  std::optional<DataDeviations> data;
  std::optional<VariantTable> variants;
  std::optional<WeekCollector> week;
  std::optional<KpiWalk> kpis;
  std::int64_t case_count = 0;
  DurationList durations;  ///< of cases, where they are known
  std::optional<std::pair<Micros, Micros>> span;

 private:
  std::uint32_t variant_of(const std::vector<Instance>& instances);

  std::vector<std::uint32_t> variant_of_shape_;  ///< by number of the shape
};

}  // namespace gemba::inline replay
