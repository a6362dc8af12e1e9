#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "core/graph/visits.h"
#include "core/replay/profile.h"

namespace gemba::inline estimate {

/// Where a figure comes from: the document, a log, or nowhere (0 stands for what nobody stated).
enum class Origin : std::uint8_t { declared, measured, assumed };

/// What one visit of a step takes, on average, in seconds.
struct StepFigures {
  double work = 0;        ///< hands-on time of our people
  double processing = 0;  ///< time of an automatic step
  double waiting = 0;     ///< before somebody begins; all of a `wait` step and of an external role
  Origin work_origin = Origin::assumed;
  Origin waiting_origin = Origin::assumed;
};

/// A change to a process that keeps all ids: a removed step is passed without work, waiting or
/// anybody's hands. But where its role goes on with the case and has nothing to wait for there, the
/// queue for the role is the same: its waiting stays. As many give up as before.
struct Edit {
  std::vector<StepId> removed;
  std::vector<FlowId> closed;    ///< exits that nobody takes any more
  std::vector<StepId> kept;      ///< steps that make the others needless, or stay as they are
  std::vector<StepId> unwaited;  ///< steps that are begun at once
  std::vector<StepId> aside;     ///< steps done while another is: no part of the cycle time
  std::vector<std::pair<StepId, double>>
      fewer;  ///< steps done for this part of the cases only, 0 to 1
  std::vector<std::pair<StepId, double>>
      sooner;  ///< steps before which cases wait this part of the time only, 0 to 1
  std::vector<std::pair<StepId, RoleId>> moved;  ///< steps that another role does

  bool changes_nothing() const {
    return removed.empty() && closed.empty() && unwaited.empty() && aside.empty() &&
           fewer.empty() && sooner.empty() && moved.empty();
  }

  /// Adds another change to this one.
  void append(const Edit& other);
};

/// What a case is expected to take, and what it takes of each step.
struct Expected {
  Visits visits;
  std::vector<StepFigures> steps;  ///< by StepId
  double work_seconds = 0;         ///< of our people, per case
  double processing_seconds = 0;
  double waiting_seconds = 0;  ///< sum over parallel branches
  double cycle_seconds = 0;    ///< from start to end
  double flow_efficiency = 0;  ///< (work + processing) / cycle, at most 1; 0 without any times
  double handovers = 0;  ///< changes of our role; steps of external roles and of none pass it on
  double system_switches = 0;
  double approvals = 0;
  double fees = 0;
  double trips = 0;      ///< ways that the customer goes
  double papers = 0;     ///< pieces of paper that people outside hand in
  double abandoned = 0;  ///< fraction of the cases that give up, at most 1
  std::optional<double>
      cost;  ///< of labour and fees; none when no role has a rate and no step a fee
  std::optional<double> cases_per_month;  ///< declared volume, else the rate of the log
};

/// Expected behaviour of a process after `edit`. Visits are those of the absorbing Markov chain;
/// sums are weighted by them. A log's figures replace declared ones; when it has sojourn times
/// only, what exceeds the declared working time is waiting. The cycle time is that of
/// `cycle_seconds`. `before` saves work: the figures without the edit, whose visits hold when it
/// closes no flow.
Expected expected(const Process& process, const FlowGraph& graph, const Profile* profile = nullptr,
                  const Edit& edit = {}, const Expected* before = nullptr);

/// Only the visits of `expected`.
Visits visits_after(const Process& process, const FlowGraph& graph, const Profile* profile,
                    const Edit& edit);

/// Expected time from start to end, given the seconds of a visit by StepId: the longest path, where
/// the branches of a decision are weighted by their shares and a fork takes its longest branch up
/// to the end (the maximum of the means, a lower bound for the mean of the maximum). Loops are
/// solved exactly: by policy iteration over the forks in them (Howard 1960). Without forks it is
/// the sum of visits times seconds. A loop that nobody leaves counts once.
double cycle_seconds(const Process& process, const FlowGraph& graph, const Visits& visits,
                     const std::vector<double>& seconds);

}  // namespace gemba::inline estimate
