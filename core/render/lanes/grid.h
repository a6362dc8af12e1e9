#pragma once
#include <vector>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// The cells that nodes stand in: rows follow the flow, columns stand beside each other within
/// lanes. At most one node in a cell.
struct Grid {
  int columns = 0;
  int rows = 0;
  std::vector<int> column;  ///< by node
  std::vector<int> row;     ///< by node
  std::vector<std::size_t>
      lane_of;  ///< by column; lanes stand in their order, each with a column at least
};

/// Finds a cell for every node: the main path straight along the first column of each lane, a step
/// one row after its predecessors in its column and beside those in other columns, steps that
/// nothing leads to at the end.
Grid place_nodes(const Chart& chart);

}  // namespace gemba::inline render
