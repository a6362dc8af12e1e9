#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/graph/flow_graph.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/cases/case_shape.h"
#include "core/replay/conform/branch_conditions.h"
#include "core/replay/conform/deviation.h"

namespace gemba::inline replay {

/// Finds where the data of cases break the rules of a process. What the log does not know is not
/// judged.
///
/// - *Forbidden path*: from a step to the one it enabled (or from the beginning, or to the end),
///   the conditions contradict every way. The flow that is named is the first of a shortest way
///   whose condition is false.
/// - *Over authority*: an approval of an amount above what the authority table lets its role
///   decide, or of an action that the table gives to others only, unless a later approval of the
///   same action in the case may decide it: of several who sign, the last one decides.
/// - *Same person*: an approval by whoever did, before it in the same case, the work right before
///   it, the amount it judges, or a step of another role. Automatic steps and those of external
///   roles are nobody's work here.
class DataDeviations {
 public:
  /// Keeps references. `visible` as `visible_steps` says.
  DataDeviations(const Process& process, const FlowGraph& graph, const EventLog& log,
                 const std::vector<bool>& visible);

  /// Adds a case; cases come in order.
  void add(CaseId id, const std::vector<Instance>& instances, const CaseShape& shape);

  /// Adds what another one found in later cases.
  void join(const DataDeviations& later);

  /// In order of their keys.
  std::vector<CaseDeviation> take();

  /// What the log lacks to judge all rules, in words; each a sentence without a final stop.
  std::vector<std::string> not_judged() const;

 private:
  struct Approval {
    std::optional<std::size_t> amount;  ///< its column
    bool limited = false;               ///< the authority table knows the action
    std::optional<double> limit;        ///< none: the table has no row for the role
    std::vector<StepId> own_work;       ///< steps that its role does right before it, and makers of
                                        ///< the amount
  };

  /// Of the columns that conditions or limits compare with numbers.
  std::vector<UnreadNumbers> unread_numbers() const;
  void note(DeviationKind kind, std::uint32_t subject, CaseId id);
  std::span<const FlowId> forbidden_flows(CaseId id, const std::vector<Instance>& instances,
                                          const CaseShape& shape);
  std::vector<FlowId> find_forbidden(CaseId id, const std::vector<Instance>& instances,
                                     const CaseShape& shape);
  bool may_decide(StepId step, double amount) const;
  void judge_amount(CaseId id, std::size_t at, const std::vector<Instance>& instances,
                    const CaseShape& shape);
  bool approves_own_work(StepId approval, StepId earlier) const;
  void judge_person(CaseId id, std::size_t at, const std::vector<Instance>& instances,
                    const CaseShape& shape);

  const Process& process_;
  const EventLog& log_;
  CaseData data_;
  BranchConditions branches_;
  std::vector<std::optional<Approval>> approvals_;  ///< by StepId
  std::map<DeviationKey, std::vector<CaseId>> found_;
  /// By `number of the shape << 32 | number of the verdict`: flows that no case of the two may
  /// take.
  std::unordered_map<std::uint64_t, std::vector<FlowId>> known_forbidden_;
  std::vector<FlowId> forbidden_;  ///< of the current case, where nothing is known
};

}  // namespace gemba::inline replay
