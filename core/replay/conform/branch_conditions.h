#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/columns/sequence_hash.h"
#include "core/graph/flow_graph.h"
#include "core/replay/cases/case_attributes.h"

namespace gemba::inline replay {

/// Holds the flows that cases take against the conditions on them.
class BranchConditions {
 public:
  /// Keeps references. `visible`, by StepId: steps that cases show; they go from one to the next
  /// through the others.
  BranchConditions(const Process& process, const FlowGraph& graph, const EventLog& log,
                   CaseData& data, const std::vector<bool>& visible);

  /// Whether any condition can be judged at all.
  bool any() const { return !conditions_.empty(); }

  /// Looks at the data of a case as they are at one of its events, for the calls that follow.
  /// Returns the number of what they say of the conditions: equal for data that say the same.
  std::uint32_t look_at(CaseId id, std::uint32_t event);

  /// Whether all events of a case have the same data.
  bool is_constant(CaseId id) const;

  /// A flow whose condition is false and that the case must have taken from `from` (none: from the
  /// beginning) to `to` (none: to an end); none when some way is open, or there is no way at all.
  std::optional<FlowId> contradiction(std::optional<StepId> from, std::optional<StepId> to);

  /// Whether a condition compares the values of a column with a number.
  bool compares_with_number(std::size_t column) const;

  /// Names in conditions for which the log has no column, each once.
  const std::vector<std::string>& missing() const { return missing_; }

 private:
  struct Judged {
    FlowId flow;
    const Expr* condition;
  };
  struct Named {
    std::string name;
    std::size_t column;
  };
  /// What some data say of all conditions.
  struct Verdict {
    std::uint32_t number = 0;
    std::vector<bool> contradicted;  ///< by FlowId
    bool any = false;
    std::unordered_map<std::uint64_t, std::optional<FlowId>> known;  ///< by `from << 32 | to`
  };

  Verdict& verdict_of_numbers();
  std::optional<FlowId> find_contradiction(std::optional<StepId> from, std::optional<StepId> to);
  std::vector<StepId> sources(std::optional<StepId> from) const;
  bool is_target(StepId step, std::optional<StepId> to) const;
  template <class Open>
  std::optional<StepId> search(std::optional<StepId> from, std::optional<StepId> to, Open open);

  const Process& process_;
  const FlowGraph& graph_;
  const CaseData& data_;
  const std::vector<bool>& visible_;
  std::vector<Judged> conditions_;
  std::vector<Named> names_;
  std::vector<std::string> missing_;
  // Neighbouring events mostly have the same values, and many values mean the same: neither is
  // evaluated again.
  std::vector<std::uint32_t> numbers_, next_numbers_;  ///< by place in `names_`: values looked at
  std::unordered_map<std::vector<std::uint32_t>, Verdict*, SequenceHash> by_numbers_;
  std::map<std::vector<bool>, Verdict> verdicts_;  ///< by what they contradict
  Verdict* verdict_ = nullptr;                     ///< of the data looked at
  // Of the current search; kept to be used again.
  std::vector<std::optional<FlowId>> came_by_;
  std::vector<StepId> queue_;
};

}  // namespace gemba::inline replay
