#pragma once
#include <optional>
#include <span>
#include <vector>

#include "core/eventlog/instances.h"
#include "core/replay/activity_map.h"
#include "core/replay/profile.h"

namespace gemba {

/// The columns of a log in which the amounts that approvals judge may stand: the ids and names of
/// their data, each once.
std::vector<std::string> amount_columns(const Process& process);

/// Collects the amounts that approvals judged. The amount of a case is the first number in the
/// column that is called as the datum, by id or by name.
class AmountJudge {
 public:
  /// Keeps references to both.
  AmountJudge(const Process& process, const EventLog& log);

  /// Adds a case; `exits`, by position in `instances`, are the flows by which it went on.
  void add(CaseId id, const std::vector<Instance>& instances, const ActivityMap& map,
           std::span<const std::optional<FlowId>> exits);

  /// By StepId; empty for steps that judge no amount the log knows.
  std::vector<std::vector<JudgedAmount>>& judged() { return judged_; }

 private:
  const EventLog& log_;
  std::vector<std::optional<std::size_t>> column_of_;  ///< by StepId: position in the attributes
  std::vector<std::vector<JudgedAmount>> judged_;
  bool any_ = false;
};

}  // namespace gemba
