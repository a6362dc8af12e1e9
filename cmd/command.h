#pragma once
#include <functional>
#include <span>
#include <string_view>

#include "cmd/bind/arguments.h"
#include "cmd/env.h"

namespace gemba::inline cmd {

/// A command that is set up: runs and returns an exit code.
using Action = std::function<int(Env&)>;

/// One subcommand. `bind` adds what it takes and returns what to run once that is parsed.
struct Command {
  std::string_view name;
  std::string_view summary;   ///< one line, in the list of commands
  std::string_view examples;  ///< command lines, one per line, that help shows first
  Action (*bind)(Arguments& arguments) = nullptr;
};

namespace commands {
#define COMMAND(name) extern const Command name;
#include "cmd/commands.def"
#undef COMMAND
}  // namespace commands

/// Every subcommand, in the order of `commands.def`.
std::span<const Command* const> all_commands();

}  // namespace gemba::inline cmd
