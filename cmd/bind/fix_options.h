#pragma once
#include "cmd/bind/arguments.h"

namespace gemba::inline cmd {

/// What to do about findings that carry what mends them.
struct FixOptions {
  bool fix = false;   ///< mend the documents
  bool diff = false;  ///< show what would be mended, change nothing

  bool wanted() const { return fix || diff; }
};

/// Adds `--fix` and `--diff` to a command.
void bind_fix(Arguments& arguments, FixOptions& options);

}  // namespace gemba::inline cmd
