#pragma once
#include "core/render/lanes/layout.h"

namespace gemba {

/// What spoils a picture, counted.
struct Quality {
  int node_overlaps = 0;
  int edges_through_nodes = 0;
  int labels_on_nodes = 0;
  int labels_on_labels = 0;
  int labels_on_lines = 0;
  int shared_lines = 0;  ///< edges that lie on each other and have no node in common
  int outside = 0;       ///< parts that leave the lanes
  int slanted = 0;       ///< lines neither upright nor level
  int crossings = 0;
  int bends = 0;  ///< corners of edges

  /// Everything that must not be.
  int blemishes() const {
    return node_overlaps + edges_through_nodes + labels_on_nodes + labels_on_labels +
           labels_on_lines + shared_lines + outside + slanted;
  }
};

Quality measure(const Chart& chart, const Layout& layout);

}  // namespace gemba
