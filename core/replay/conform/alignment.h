#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/model/labelled_net.h"

namespace gemba::inline replay {

/// One move of an alignment: what the log and the model do together, or one of them alone.
struct Move {
  enum class Kind : std::uint8_t { both, log, model };
  Kind kind = Kind::both;
  std::uint32_t label =
      LabelledNet::silent;  ///< `silent` for an event that the model does not know
};

/// A cheapest way to explain a trace by a run of the net.
struct Alignment {
  std::int64_t cost = 0;  ///< moves of one side alone; silent transitions cost nothing
  bool exact = true;      ///< false: the search gave up, and the optimum may be cheaper
  std::vector<Move> moves;
};

/// Aligns traces with a net at unit cost (van der Aalst, Adriansyah and van Dongen 2012, "Replaying
/// History on Process Models for Conformance Checking and Performance Analysis"): 1 for an event
/// that the model does not do then, 1 for a labelled transition without event, 0 for silent
/// transitions and for both together.
///
/// Of equally cheap alignments it is one with the fewest moves of the log: that a step is missing
/// explains more than that others are too many.
///
/// Searches the product of markings and positions with A*. What a run must still do visibly, beyond
/// the events that are left, is at least missing; events of unknown labels cost 1 each. Where all
/// markings can be listed, that is exact for the model alone, else a bound (`place_potentials`).
/// Markings and their successors are computed once and used again for every trace.
class Aligner {
 public:
  /// `budget`: at most so many states are looked at for a trace. The net is kept.
  explicit Aligner(LabelledNet net, std::size_t budget = default_budget);
  ~Aligner();
  Aligner(Aligner&&) noexcept;

  /// Labels of the trace in order; `LabelledNet::silent` for an event that no step claims. None
  /// when the net cannot come to its end.
  std::optional<Alignment> align(std::span<const std::uint32_t> trace);

  /// The cost of the empty trace: the fewest labelled transitions of a run.
  std::optional<std::int64_t> shortest_run();

  static constexpr std::size_t default_budget = 200'000;

 private:
  class Search;
  std::unique_ptr<Search> search_;
};

}  // namespace gemba::inline replay
