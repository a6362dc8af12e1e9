#pragma once
#include <optional>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// Whether somebody outside does the step who is not the one the case is about: what the customer
/// answers is no effort of ours.
bool is_other_party(const AuditInput& input, const Step& step);

/// What is asked of the flow again and again, looked up once.
class FlowFacts {
 public:
  explicit FlowFacts(const AuditInput& input);

  const std::vector<StepId>& makers(DataId data) const { return makers_[data.index()]; }

  /// Whether a case can come to the step while nobody has made the datum or brought it.
  bool is_missing(DataId data, StepId step);

  /// The steps that use the datum or decide by it.
  const std::vector<StepId>& users(DataId data);

  /// Whether every case at `later` has passed `first`.
  bool always_passed(StepId first, StepId later);

  /// Whether a case that has been at `first` can come to `later`.
  bool comes_to(StepId first, StepId later);

  /// Whether something may happen between the two of which nobody says what it yields: somebody
  /// outside does something, or the case waits.
  bool has_silent_event(StepId first, StepId later);

 private:
  const AuditInput& input_;
  std::vector<std::vector<StepId>> makers_;                ///< by DataId
  std::vector<std::optional<std::vector<bool>>> missing_;  ///< by DataId, then StepId
  std::vector<std::optional<std::vector<StepId>>> users_;  ///< by DataId
  std::vector<std::optional<std::vector<bool>>> without_;  ///< by StepId, then StepId
  std::vector<std::optional<std::vector<bool>>> after_;    ///< by StepId, then StepId
  std::vector<StepId> silent_;
};

/// What a check rests on, directly or over those who make it.
class CheckBasis {
 public:
  CheckBasis(const AuditInput& input, FlowFacts& facts, StepId check);

  bool is_known() const;
  bool rests_on(StepId step) const;

  /// Whether the check can be made before `step`, which comes before it: everything it rests on is
  /// there, or made by the tasks of ours that belong to it and could be done before, too.
  bool complete_before(StepId step);

  /// The tasks that make what the check directly looks at: they are its work.
  std::vector<StepId> own_tasks() const;

 private:
  void need(DataId data);
  bool can_be_made_before(DataId data, StepId step);

  const AuditInput& input_;
  FlowFacts& facts_;
  StepId check_;
  std::vector<bool> is_needed_;  ///< by DataId
  std::vector<DataId> needed_;   ///< what it looks at directly first
  std::size_t direct_ = 0;       ///< how many of these it looks at directly
};

}  // namespace gemba::inline audit
