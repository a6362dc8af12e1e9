#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/interchange/model_reading.h"

namespace gemba::inline interchange {

/// A place/transition net as a file has it.
struct PetriNet {
  struct Place {
    std::string id, name;
    SourceSpan span;
    std::uint32_t initial = 0, final = 0;  ///< tokens
  };
  struct Transition {
    std::string id;
    std::string label;  ///< empty: silent
    SourceSpan span;
    std::vector<std::uint32_t> pre, post;  ///< places, sorted; as often as the arc has weight
  };
  std::string id, name;
  SourceSpan span;
  std::vector<Place> places;
  std::vector<Transition> transitions;
};

/// A marking or weight of more tokens is refused: no case is in so many places at a time.
inline constexpr std::uint32_t most_tokens_read = 64;

/// Reads the net of an element `pnml`, with the pages that it has. Without an initial marking the
/// only place without incoming arcs has a token, without a final marking that without outgoing
/// ones. None when anything was reported.
std::optional<PetriNet> read_petri_net(const XmlNode& root, const ModelReading& reading);

/// A process for a net, and the net with the numbers of its steps for labels.
ImportedModel model_of(const PetriNet& net, const ModelReading& reading);

}  // namespace gemba::inline interchange
