#pragma once
#include <string>
#include <utility>
#include <vector>

#include "cmd/env.h"

namespace gemba::inline cmd {

/// A subcommand as completion offers it.
struct Offer {
  std::string command, summary;
  std::vector<std::pair<std::string, std::string>> options;  ///< `--name`, help
};

/// Every subcommand with its long options, in the order of help.
std::vector<Offer> command_offers();

/// Parses and runs; returns the exit code. Errors go to `env.err`, one line each.
int run(int argc, const char* const* argv, Env& env);

}  // namespace gemba::inline cmd
