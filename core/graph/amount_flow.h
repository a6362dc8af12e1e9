#pragma once
#include <set>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// With which values of a datum cases can come to the steps of a process, as far as conditions
/// tell. The values that matter are one from every interval between the numbers it is compared
/// with.
class AmountFlow {
 public:
  /// `limits`: further numbers whose two sides are to be told apart.
  AmountFlow(const Process& process, const FlowGraph& graph, DataId amount,
             const std::set<double>& limits);

  /// The values that matter, rising.
  const std::vector<double>& values() const { return values_; }

  /// Whether a case with the value of this number can come to the step.
  bool reaches(StepId step, std::size_t value) const { return reach_[step.index()][value]; }

  /// Whether a case that has the value at the step can go on over the flow; where the step makes
  /// the datum, this is asked of the new value.
  bool passes(FlowId flow, std::size_t value) const { return passes_[flow.index()][value]; }

 private:
  void find_passing(const Process& process, const FlowGraph& graph);
  void close_exits(const Process& process, const std::vector<FlowId>& exits, std::size_t value);
  void spread(const Process& process, const FlowGraph& graph);

  DataId amount_;
  std::string name_;
  std::vector<double> values_;
  std::vector<std::vector<bool>> passes_;  ///< by FlowId, by value
  std::vector<std::vector<bool>> reach_;   ///< by StepId, by value
};

}  // namespace gemba::inline graph
