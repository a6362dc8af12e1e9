#pragma once
#include <CLI/CLI.hpp>
#include <functional>
#include <iosfwd>
#include <span>
#include <string>
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

/// A command that is set up: runs and returns an exit code.
using Action = std::function<int(Env&)>;

/// One subcommand. `bind` adds its options to `app` and returns what to run once they are parsed.
struct Command {
  std::string_view name;
  std::string_view summary;   ///< one line, in the list of commands
  std::string_view examples;  ///< command lines, one per line, that help shows first
  Action (*bind)(CLI::App& app) = nullptr;
};

namespace commands {
#define COMMAND(name) extern const Command name;
#include "cmd/commands.def"
#undef COMMAND
}  // namespace commands

/// Every subcommand, in the order of `commands.def`.
std::span<const Command* const> all_commands();

}  // namespace gemba::inline cmd
