#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// A series of steps taken apart: one run of steps that keep their order, parts one after the
/// other, or parts that need nothing of each other.
struct Blocks {
  std::vector<StepId> steps;  ///< all of them, in the order of the flow
  std::vector<Blocks> parts;  ///< none for a plain run
  bool parallel = false;      ///< whether the parts could be done at the same time
};

/// Series of steps, each the only way on from the one before and reached from there only. Who
/// refuses cases belongs to the series: its way on is the exit that passes. Long series are cut in
/// pieces.
std::vector<std::vector<StepId>> straight_stretches(const AuditInput& input);

/// What ties the order of steps down: data, decisions, hierarchy, and what nobody stated.
class StepOrder {
 public:
  /// What refuses more than `refused` of its cases has its place: work beside it would be in vain.
  StepOrder(const AuditInput& input, double refused);

  /// The stretch as parts in series; those that could be parallel are taken apart in turn.
  Blocks blocks_of(const std::vector<StepId>& stretch) const;

 private:
  /// Data by number, as a step touches them.
  struct Touch {
    std::vector<DataId> reads, makes;
  };
  /// What a step's place says where its data do not.
  struct Ties {
    bool to_all_before = false;  ///< nobody says what it needs
    bool by_all_after = false;   ///< nobody says what it is done for
    bool to_previous = false;    ///< it answers the step before
  };
  class Stretch;

  Ties ties_of(const std::vector<StepId>& stretch, std::size_t at) const;
  Ties task_ties(const std::vector<StepId>& stretch, std::size_t at) const;
  bool answers(StepId step) const;
  bool share_data(StepId first, StepId second) const;
  bool prepares(StepId step) const;
  bool decides_for(StepId first, StepId second) const;
  bool takes_in_for(StepId first, StepId second) const;

  const AuditInput& input_;
  double refused_;
  std::vector<Touch> touches_;   ///< by StepId
  std::vector<bool> used_data_;  ///< by DataId: whether any step uses it
};

/// Time of the visits to all steps, per case, when the parallel parts are done at the same time.
double seconds_of(const AuditInput& input, const Blocks& blocks);

/// Blocks that need nothing of each other, the longest first.
struct Parallel {
  std::vector<Blocks> blocks;
  std::vector<StepId> longest;
  std::vector<StepId> aside;  ///< steps of all the others
  bool whole = true;          ///< whether the blocks are all there is between two steps
};

/// The blocks of a part in which they are parallel, also those within a block, that take at least
/// `least` seconds per case.
Parallel parallel_of(const AuditInput& input, const Blocks& blocks, double least);

}  // namespace gemba::inline audit
