#pragma once
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// How the same facts come to be written down, or handed in, more than once.
enum class Repeat : std::uint8_t {
  same_facts,    ///< several steps enter the same facts
  copied_over,   ///< what somebody has written down is entered once more, elsewhere
  made_again,    ///< a datum that is there already is made anew of nothing new
  many_offices,  ///< somebody outside gives the same to several of our offices
  no_record,     ///< several of our roles work with what was brought, each in a place of its own
  told_again,    ///< somebody outside says once more what was said before
  asked_again,   ///< a second role of ours asks somebody outside what the first has asked
  asked_on,      ///< the same, with work of its own
};

struct RepeatedEntry {
  Repeat how;
  StepId first;               ///< where it is done first
  std::vector<StepId> later;  ///< where it is done again, in the order of the flow
  std::vector<DataId> data;   ///< what is entered, given or told
  bool certain = false;       ///< the flow and the data say so, not the names alone
};

/// All of them; no step does something again in two ways.
std::vector<RepeatedEntry> repeated_entries(const AuditInput& input);

/// By StepId: whether the step enters, or takes in, what was entered before.
std::vector<bool> enters_again(const AuditInput& input);

}  // namespace gemba::inline audit
