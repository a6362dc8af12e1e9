#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/replay/profile.h"
#include "core/replay/times/week_hours.h"

namespace gemba::inline replay {

/// Collects the figures of parts of a log, each known by a number.
class GroupCollector {
 public:
  GroupCollector(std::size_t groups, std::size_t case_count) : bins_(groups) {
    group_of_case_.assign(case_count, no_group);
  }

  /// Adds a case as a whole to a group.
  void add_case(std::size_t group, CaseId id, std::optional<Micros> duration);

  /// Counts a case that ended in a group.
  void add_end(std::size_t group) { ++bins_[group].ended; }

  /// Counts a case that has something to do with a group, once for calls in the order of cases.
  void touch(std::size_t group, CaseId id);

  void add_instance(std::size_t group, CaseId id, StepId step, const Instance& instance,
                    const InstanceTiming& timing);

  /// To be called once, by group; the names are left to the caller. `totals`, by StepId, have the
  /// limits of the SLAs.
  LogSplit result(const std::vector<StepProfile>& totals);

 private:
  struct Samples {
    std::int64_t cases = 0;
    std::int64_t instances = 0;
    std::int64_t met = 0, breached = 0;
    std::uint32_t last_case = 0xFFFF'FFFF;
    std::vector<Micros> service, waiting, sojourn;
  };
  struct Bin {
    std::int64_t cases = 0;
    std::int64_t ended = 0;
    std::uint32_t last_case = 0xFFFF'FFFF;
    std::vector<Micros> durations;
    std::map<std::uint32_t, Samples> steps;  ///< by StepId; most groups see few of the steps
  };

  static GroupProfile summarise_bin(Bin& bin, const std::vector<StepProfile>& totals);

  std::vector<Bin> bins_;
  std::vector<std::uint32_t> group_of_case_;
};

}  // namespace gemba::inline replay
