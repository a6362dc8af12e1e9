#include "cmd/bind/fix_options.h"

namespace gemba::inline cmd {

void bind_fix(Arguments& arguments, FixOptions& options) {
  arguments.add_flag("--fix", options.fix, "Mend what is mechanical, and report the rest");
  arguments.add_flag("--diff", options.diff, "Show what --fix would change, and change nothing");
}

}  // namespace gemba::inline cmd
