#pragma once
#include <string>

#include "cmd/bind/rule_options.h"

namespace gemba::inline cmd {

/// What `gemba render` shows over a chart besides times.
struct OverlayOptions {
  bool deviations = false;
  bool findings = false;
  RuleFlags rules;
  std::string diff;  ///< path of another version; empty without one
};

/// Adds `--deviations`, `--findings` and what belongs to it, and `--diff`.
void bind_overlays(Arguments& arguments, OverlayOptions& options);

}  // namespace gemba::inline cmd
