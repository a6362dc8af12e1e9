#pragma once
#include <optional>
#include <vector>

#include "core/eventlog/query/instances.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/cases/case_shape.h"
#include "core/replay/profile.h"

namespace gemba::inline replay {

/// Collects the amounts that approvals judged, as `CaseData` has them at their events.
class AmountJudge {
 public:
  /// Keeps references to both.
  AmountJudge(const Process& process, const EventLog& log);

  /// Adds a case.
  void add(CaseId id, const std::vector<Instance>& instances, const CaseShape& shape);

  /// Adds what another one found in later cases.
  void join(const AmountJudge& later);

  /// By StepId; empty for steps that judge no amount the log knows.
  std::vector<std::vector<JudgedAmount>>& judged() { return judged_; }

 private:
  CaseData data_;
  std::vector<std::optional<std::size_t>> amounts_;  ///< by StepId: the column
  std::vector<std::vector<JudgedAmount>> judged_;
  bool any_ = false;
};

}  // namespace gemba::inline replay
