#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/graph/dominators.h"
#include "core/graph/flow_graph.h"

namespace gemba {

/// Which of the steps that a log shows a case passes for certain on its way from one step to
/// another. Answers are kept: logs ask for the same few pairs over and over.
class Passages {
 public:
  /// Keeps a reference to the process. `shown` is by StepId.
  Passages(const Process& process, const std::vector<bool>& shown);

  /// How many shown steps there are on the shortest way from a step to one that comes after it;
  /// none when it does not. A step comes after another when flows that close no cycle lead there,
  /// or when every way on leads there: the end of a detour comes after the detour.
  std::optional<std::uint32_t> distance(StepId from, StepId to);

  /// The shown steps between the two that lie on every path; and, where every path passes a join,
  /// those on the branches that meet there. In order of their ids.
  const std::vector<StepId>& between(StepId from, StepId to);

  /// Whether a join may be the last thing that a case passed before the step.
  bool is_behind_join(StepId step) const { return behind_join_[step.index()]; }

 private:
  /// The paths to one step.
  struct Target {
    DominatorTree ways;
    std::vector<std::uint32_t> distance;  ///< by StepId; `far` where the target does not come after
  };
  static constexpr std::uint32_t far = std::numeric_limits<std::uint32_t>::max();

  const Target& target(StepId to);
  void measure(StepId to, Target& target) const;
  std::vector<bool> ahead_of(StepId to) const;
  void find_joins();
  void collect(StepId from, StepId to, std::vector<bool>& joined, std::vector<StepId>& steps);
  void collect_branches(StepId join, std::vector<bool>& joined, std::vector<StepId>& steps);

  const Process& process_;
  const std::vector<bool> shown_;
  FlowGraph graph_;
  std::vector<bool> back_;  ///< by FlowId
  DominatorTree from_start_, to_end_;
  std::vector<bool> behind_join_;
  std::unordered_map<std::uint32_t, Target> targets_;
  std::unordered_map<std::uint64_t, std::vector<StepId>> between_;  ///< by `from << 32 | to`
};

}  // namespace gemba
