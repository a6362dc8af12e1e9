#pragma once
#include <vector>

#include "core/render/lanes/grid.h"
#include "core/render/lanes/layout.h"
#include "core/render/lanes/tracks.h"

namespace gemba::inline render {

/// Coordinates of a grid's columns and rows and of the tracks between them. All in the chart's own
/// directions: `cross` runs over the lanes, `flow` along the flow. For a chart that flows down
/// these are x and y, for one that flows to the right y and x.
struct Frame {
  std::vector<double> column_center;  ///< by column
  std::vector<double> row_center;     ///< by row
  std::vector<double> first_upright;  ///< by channel: cross coordinate of track 0
  std::vector<double> first_level;    ///< by channel: flow coordinate of track 0
  std::vector<double> lane_end;       ///< by lane: cross coordinate of its end; lane 0 begins at 0
  double length = 0;                  ///< of all lanes along the flow
};

/// What a label needs beside an exit or entry of a node: room to reserve before coordinates are
/// fixed.
struct LabelNeed {
  std::size_t edge = 0;
  Size size;              ///< cross and flow extent
  bool at_entry = false;  ///< stands at the last segment, because the first is shared
};

/// Extents of the chart's parts, cross extent first: `width` is the cross extent in these sizes.
struct Extents {
  std::vector<NodeSize> nodes;  ///< by node
  std::vector<LabelNeed> labels;
  std::vector<double> headers;  ///< by lane: least cross extent
};

Frame make_frame(const Chart& chart, const Grid& grid, const Tracks& tracks,
                 const Extents& extents);

/// Cross (of an upright strip) or flow coordinate (of a level one).
double place_of(const Frame& frame, const Strip& strip);

}  // namespace gemba::inline render
