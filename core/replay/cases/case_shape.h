#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/columns/sequence_hash.h"
#include "core/eventlog/query/instances.h"
#include "core/replay/cases/activity_map.h"
#include "core/replay/cases/flow_paths.h"

namespace gemba::inline replay {

/// What of a case follows from the order of its instances alone: from their activities, and from
/// which of them never ended.
struct CaseShape {
  /// Stands for a position, or the number of an edge, that there is not.
  static constexpr std::uint32_t none = 0xFFFF'FFFF;

  struct Place {
    std::uint32_t before = none;   ///< position of the instance whose end enabled this one
    std::uint32_t edge = none;     ///< from the step of the position in front: `CaseShapes::edges`
    std::uint32_t occurrence = 0;  ///< so many instances of its step come earlier in the case
    std::optional<FlowId> exit;    ///< the first flow by which the case went on from here
    std::uint32_t enables_begin = 0, enables_end = 0;  ///< indices into `enables`
  };

  /// By position in the instances; none where no step claims the activity.
  std::vector<std::optional<StepId>> steps;
  std::vector<Place> places;  ///< by position in the instances
  /// Among the shapes that are kept; none for one that will be forgotten.
  std::uint32_t number = none;
  std::vector<std::uint32_t> enables;  ///< positions of the instances that each one led to
  std::vector<FlowId> passes;          ///< flows that the case went along, as often as it did

  /// Positions of the instances that the one at a position led to in the model.
  std::span<const std::uint32_t> enabled_from(std::size_t position) const {
    const Place& place = places[position];
    return std::span(enables).subspan(place.enables_begin, place.enables_end - place.enables_begin);
  }
};

/// Finds the shapes of cases. Most cases of a log share theirs with others: those that came first
/// are kept.
class CaseShapes {
 public:
  struct Edge {
    StepId from, to;
  };

  /// Keeps a reference to the map. `shown`, by StepId: steps that occur in the log.
  CaseShapes(const Process& process, const ActivityMap& map, const std::vector<bool>& shown);

  /// The shape of a case, until the next call.
  const CaseShape& of(const std::vector<Instance>& instances);

  /// Pairs of steps of which one directly followed the other in some case, each once.
  const std::vector<Edge>& edges() const { return edges_; }

 private:
  using Key = std::vector<std::uint32_t>;

  void find_shape(const std::vector<Instance>& instances);
  std::uint32_t find_enabling(StepId step, const std::vector<std::uint32_t>& positions) const;
  void take_place(std::size_t at, bool open);
  void link_places();
  std::uint32_t edge_number(StepId from, StepId to);
  void find_passes();
  std::span<const FlowId> flows_taken(std::size_t at);

  const ActivityMap& map_;
  FlowPaths paths_;
  std::vector<StepId> flow_from_;  ///< by FlowId
  std::unordered_map<Key, CaseShape, SequenceHash> kept_;
  std::size_t kept_places_ = 0;
  std::unordered_map<std::uint64_t, std::uint32_t> edge_numbers_;  ///< by `from << 32 | to`
  std::vector<Edge> edges_;

  // Of the current case; kept to be used again.
  Key key_;
  CaseShape shape_;
  std::vector<std::uint32_t> times_done_;     ///< by StepId
  std::vector<std::uint32_t> last_at_;        ///< by StepId: position of its last occurrence
  std::vector<std::uint32_t> last_ended_at_;  ///< by StepId: of its last one that is not open
  std::vector<std::uint32_t> enabled_by_;     ///< by position: what the model says enabled it
  std::vector<FlowId> taken_;
};

}  // namespace gemba::inline replay
