#pragma once
#include <map>
#include <memory>
#include <string>

#include "cmd/command.h"

namespace gemba::inline cmd {

/// The whole command line: the parser, and what each of its subcommands runs.
struct CommandLine {
  std::unique_ptr<CLI::App> app;
  std::map<const CLI::App*, Action> actions;
};

CommandLine make_command_line();

/// Parses and runs; returns the exit code. Errors go to `env.err`, one line each.
int run(int argc, const char* const* argv, Env& env);

}  // namespace gemba::inline cmd
