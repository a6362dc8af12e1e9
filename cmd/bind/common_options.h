#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "cmd/bind/arguments.h"

namespace gemba::inline cmd {

/// Refuses what is none of some words, and names the nearest one.
ValueCheck one_of(const std::vector<std::string>& choices);

/// Adds an option or a positional argument with a fixed set of values.
Argument add_choice(Arguments& arguments, const std::string& names, std::string& value,
                    const std::vector<std::string>& choices, const std::string& help);

/// Adds `-j`: how many threads may work at the same time.
void add_jobs(Arguments& arguments, std::size_t& jobs);

/// Adds `--config` to a command that reads documents.
void bind_config(Arguments& arguments, std::string& config_path);

}  // namespace gemba::inline cmd
