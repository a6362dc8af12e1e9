#pragma once
#include "core/render/lanes/tracks.h"

namespace gemba::inline render {

/// Cuts routes into segments, and joins touching segments of a net on one line into strips. Tracks
/// are not assigned yet.
Tracks make_strips(const Routes& routes);

/// Which of two overlapping strips of one line should come first (left, above) to spare crossings:
/// the crossings that the order first-second costs less those that second-first costs. Takes tracks
/// of crossing channels into account that are `known`.
struct KnownTracks {
  bool level_channels = false;
  bool upright_channels = false;
};
double order_cost(const Tracks& tracks, const Strip& first, const Strip& second, KnownTracks known);

/// The places where a strip begins and ends, finer than lattice lines: ends on a channel whose
/// tracks are known are told apart by track, and a strip that ends at a node stops short of its
/// centre.
struct Extent {
  int low = 0;
  int high = 0;
};
Extent extent_of(const Tracks& tracks, const Strip& strip, KnownTracks known);

}  // namespace gemba::inline render
