#include "cmd/bind/overlay_options.h"

namespace gemba::inline cmd {

void bind_overlays(Arguments& arguments, OverlayOptions& options) {
  arguments.add_flag(
      "--deviations", options.deviations,
      "With --heat: mark steps that cases skip, and what only the document or the log has");
  arguments
      .add("--diff", options.diff,
           "Another version of the document: show what was added, changed and removed since")
      .not_empty()
      .value_name("OLD");
  const Argument findings = arguments.add_flag("--findings", options.findings,
                                               "Mark the steps that gemba lint finds fault with");
  for (const Argument& option : bind_rules(arguments, options.rules)) option.needs(findings);
}

}  // namespace gemba::inline cmd
