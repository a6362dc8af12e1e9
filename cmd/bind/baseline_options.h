#pragma once
#include <string>

#include "cmd/bind/arguments.h"

namespace gemba::inline cmd {

/// Findings that were accepted before, and those that are to be.
struct BaselineOptions {
  std::string read, write, reason;
};

/// Adds `--baseline`, which is returned, `--write-baseline` and `--reason`.
Argument bind_baseline(Arguments& arguments, BaselineOptions& options);

}  // namespace gemba::inline cmd
