#pragma once
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/graph/net/workflow_net.h"

namespace gemba::inline graph {

/// One run of a workflow net: which transitions fired, and where each token came from and went.
class NetRun {
 public:
  static constexpr std::uint32_t none = UINT32_MAX;

  struct Token {
    PlaceId place;
    std::optional<FlowId> flow;  ///< by which it came; none for the first tokens
    std::uint32_t producer = none, consumer = none;  ///< events
  };
  struct Event {
    TransitionId transition;
    std::vector<std::uint32_t> consumed;  ///< tokens, as `pre`
  };

  /// Fires a sequence of transitions, each of which is enabled, until two tokens meet on a place.
  NetRun(const WorkflowNet& net, std::span<const TransitionId> sequence);

  /// Fires what else can fire, in the order of transitions, until nothing can or two tokens meet.
  void finish();

  /// The two tokens that met, in the order in which they came.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> meeting() const { return meeting_; }

  const Token& token(std::uint32_t index) const { return tokens_[index]; }
  const std::vector<Event>& events() const { return events_; }
  StepId step_of(std::uint32_t event) const { return net_[events_[event].transition].step; }

  /// By event: whether it led to the given one, which is among them.
  std::vector<bool> before(std::uint32_t event) const;

  /// Tokens from behind event `from` (none: from the beginning) to `token`: each was made from the
  /// one before it. `from` must have led to the token.
  std::vector<std::uint32_t> way(std::uint32_t from, std::uint32_t token) const;

  /// The token on a place, or `none`.
  std::uint32_t on(PlaceId place) const { return marking_[place.index()]; }

  /// Whether no two tokens of the run could have met, in whatever order it went: those on one place
  /// were there one because of the other.
  bool never_meets() const;

 private:
  bool enabled(TransitionId transition) const;
  void fire(TransitionId transition);

  const WorkflowNet& net_;
  std::vector<Token> tokens_;
  std::vector<Event> events_;
  std::vector<std::uint32_t> marking_;  ///< by PlaceId: its token
  std::optional<std::pair<std::uint32_t, std::uint32_t>> meeting_;
};

}  // namespace gemba::inline graph
