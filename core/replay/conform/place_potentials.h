#pragma once
#include <cstdint>
#include <vector>

#include "core/model/labelled_net.h"

namespace gemba::inline replay {

/// A place whose tokens can never get to the end.
inline constexpr std::int32_t no_potential = -1;

/// By place: what a token on it is worth, so that the worth of all tokens of a marking is never
/// more than the labelled transitions that a run still needs from it; or `no_potential`.
///
/// A feasible solution of the dual of the marking equation's linear program (Murata 1989, Petri
/// Nets: Properties, Analysis and Applications, section IV.B; van Dongen 2018, Efficiently
/// Computing Alignments, uses the primal): no transition takes away more than what it puts down and
/// its own cost of 1 or, when it is silent, 0. So the bound is consistent. Where several tokens
/// meet, the first carries what comes behind; in nets of well-nested blocks the bound is exact.
std::vector<std::int32_t> place_potentials(const LabelledNet& net);

}  // namespace gemba::inline replay
