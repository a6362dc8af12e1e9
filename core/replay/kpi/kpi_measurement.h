#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/columns/duration_list.h"
#include "core/eventlog/query/column_numbers.h"
#include "core/eventlog/query/instances.h"
#include "core/replay/kpi/kpi.h"
#include "core/replay/times/working_time.h"

namespace gemba::inline replay {

/// A case as KPIs look at it.
struct KpiCase {
  CaseId id;
  const std::vector<Instance>& instances;
  std::span<const std::optional<StepId>> steps;  ///< by position in `instances`
  Micros begin = no_time;
  Micros end = no_time;

  /// Where a step first ends, from a position on.
  std::optional<std::size_t> find_end(StepId step, std::size_t from) const {
    for (std::size_t at = from; at < instances.size(); ++at) {
      if (steps[at] == step && instances[at].end != no_time) return at;
    }
    return std::nullopt;
  }

  bool has(StepId step) const { return std::find(steps.begin(), steps.end(), step) != steps.end(); }
};

/// What is measured, and on which log.
struct KpiSubject {
  const Process& process;
  const EventLog& log;
  const std::vector<bool>& shown;  ///< by StepId: steps that the log shows
};

/// What a KPI comes to in a group of cases, while they are added.
struct KpiTally {
  KpiResult result;
  DurationList times = {};
  LargeVector<double> numbers = {};

  /// Adds what later cases came to.
  void join(const KpiTally& later);
};

/// Measures one KPI, case by case. Keeps what the subject refers to.
class KpiMeasurement {
 public:
  KpiMeasurement(const Kpi& kpi, const KpiSubject& subject);

  /// Of a group without cases.
  KpiTally start() const { return {.result = result_}; }

  void add(const KpiCase& seen, KpiTally& tally);

  KpiResult finish(KpiTally tally) const;

 private:
  const std::string& id(StepId step) const { return subject_.process[step].id; }

  void note_never_shown(const std::vector<StepId>& steps);
  void prepare_time();
  void prepare_clock();
  void prepare_mean();
  bool add_time(const KpiCase& seen, KpiTally& tally);
  bool add_share(const KpiCase& seen, KpiTally& tally);
  bool add_mean(const KpiCase& seen, KpiTally& tally);
  Micros time_between(Micros begin, Micros end);
  double time_value(const DurationList& times) const;

  const Kpi& kpi_;
  KpiSubject subject_;
  KpiResult result_;            ///< what is known about it before any case is
  std::optional<StepId> from_;  ///< of a time; none: it begins with the case
  std::optional<WorkingClock> clock_;
  std::string no_from_, no_to_, no_number_;  ///< why cases are left out
  const AttributeColumn* column_ = nullptr;  ///< of a mean
  std::optional<ColumnNumbers> numbers_;     ///< of it
};

}  // namespace gemba::inline replay
