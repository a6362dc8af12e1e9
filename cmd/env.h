#pragma once
#include <cstddef>
#include <iosfwd>
#include <string_view>

#include "core/base/timings.h"

namespace gemba::inline cmd {

/// The world outside a command: streams, terminal, time. Tests can give it another one.
struct Env {
  std::ostream& out;
  std::ostream& err;
  bool out_is_terminal = false;
  std::size_t width = 0;           ///< columns of the terminal behind `out`; 0 when there is none
  std::size_t progress_width = 0;  ///< columns for a progress line on `err`; 0: nobody watches
  Timings timings;
};

/// What a person's habits expect of every exit code.
enum ExitCode : int {
  exit_clean = 0,     ///< nothing found
  exit_findings = 1,  ///< findings at or above --fail-on
  exit_usage = 2,     ///< wrong command line or configuration
  exit_failure = 3    ///< unreadable input, or the machine failed
};

/// Says on `env.err` what a person should know: `gemba: KIND: MESSAGE`, in characters that a
/// terminal does not obey. `kind` is `error`, `warning` or `note`.
void complain(Env& env, std::string_view kind, std::string_view message);

}  // namespace gemba::inline cmd
