#pragma once
#include <vector>

#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// By node: length of the longest path that leads to it over edges that are not rework. A node that
/// nothing leads to, save the start of the main path, stands just before its nearest successor;
/// faded nodes come after all others.
std::vector<int> rank_nodes(const Chart& chart);

/// Nodes by rank, those of the main path first within a rank.
std::vector<std::size_t> placing_order(const Chart& chart, const std::vector<int>& ranks);

/// By node: whether an edge of the main path touches it.
std::vector<bool> main_nodes(const Chart& chart);

}  // namespace gemba::inline render
