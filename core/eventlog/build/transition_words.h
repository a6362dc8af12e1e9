#pragma once
#include <string_view>

#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

/// What a word for a lifecycle transition means, without regard to case: those of the standard and
/// those that programs and people write (`end`, `Started`, `开始`). `none` for the empty text.
/// `known` is false for a word that is none of them; it is `other`, as are those that the standard
/// has besides (`withdraw`, `ate_abort` …).
struct MeantTransition {
  Transition transition = Transition::none;
  bool known = true;
};
MeantTransition meant_transition(std::string_view word);

}  // namespace gemba::inline eventlog
