#pragma once
#include <optional>
#include <string>

#include "core/base/diagnostic.h"
#include "core/model/config.h"
#include "core/model/process.h"

namespace gemba::inline toml {

/// Reads a process document. Everything wrong with it goes to `found` (codes S001–S006); the
/// process is none when too little of it could be understood (not TOML, neither `[sop]` nor
/// `[map]`). Otherwise every id in it is good: a dangling reference is resolved to the nearest
/// candidate, else to an `implied` definition; a step or flow that had to be left out clears
/// `flow_complete`. Never throws for what a user can write.
std::optional<Process> read_process(const Sources& sources, SourceId source, const Config& config,
                                    Diagnostics& found);

/// Reads `gemba.toml`. What is wrong with it goes to `found`; the rest of it holds.
Config read_config(const Sources& sources, SourceId source, Diagnostics& found);

/// Path of the nearest `gemba.toml` in the folder of `path` or above it; empty when there is none.
std::string find_config(const std::string& path);

}  // namespace gemba::inline toml
