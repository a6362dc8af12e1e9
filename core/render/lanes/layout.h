#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/render/chart/chart.h"
#include "core/render/chart/sizes.h"
#include "core/render/lanes/legend.h"

namespace gemba::inline render {

// The words of this folder:
// - lane: the area of one role or system; has one or more columns of the grid.
// - rank: how many steps lead to a node at least; nodes are placed rank by rank.
// - cell: where a column and a row of the grid cross; a node stands in its middle.
// - channel: the gap before a column or a row, where routes run past the nodes.
// - lattice: channels and middles of columns and rows, as whole numbers (`LatticePoint`).
// - route: the way of one edge over the lattice; unit: a step of it to the next point.
// - net: edges that may run on one line, since they enter one step or leave one decision; trunk:
//   what the branches of a decision have in common.
// - segment: a straight part of a route; strip: segments of one net that are drawn as one line.
// - track: a place in a channel for one strip, beside the others that run there.
// - frame: the coordinates of all of these in the chart's own directions: cross, over the lanes,
//   and flow, along them.

/// Where everything on a chart stands. Points, y grows downwards, the origin is the chart's upper
/// left corner.
struct Layout {
  Size size;                                ///< of the whole drawing, title included
  std::vector<std::string> title;           ///< lines above the lanes
  std::vector<std::string> facts;           ///< small print under the title
  Point title_at;                           ///< left end of the title's first base line
  Point facts_at;                           ///< left end of the small print's first base line
  std::vector<LegendPlace> legends;         ///< one below the other under the small print
  std::vector<Rect> lanes;                  ///< by lane: its area without the header
  std::vector<Rect> headers;                ///< by lane
  std::vector<Rect> nodes;                  ///< by node: its outline
  std::vector<Rect> footprints;             ///< by node: outline and caption
  std::vector<Polyline> edges;              ///< by edge: from outline to outline
  std::vector<std::optional<Rect>> labels;  ///< by edge: none without a label
};

/// Places nodes on a grid of lanes and ranks, routes every edge through the gaps between them with
/// upright and level lines only, and finds room for the labels. Two edges share a line only where
/// they leave one decision or enter one step. `sizes` as `node_sizes` gives them.
Layout lay_out(const Chart& chart, const std::vector<NodeSize>& sizes);

}  // namespace gemba::inline render
