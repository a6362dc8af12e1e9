#pragma once
#include <optional>
#include <string>
#include <vector>

#include "cmd/env.h"
#include "core/workspace/repository.h"

namespace gemba::inline cmd {

/// Throws `UsageError` when only gemba.toml was named, where documents are wanted.
void require_documents(const std::vector<std::string>& documents);

/// Throws `UsageError` when a configuration that was read has errors, after printing them.
void require_sound_config(const Repository& repository, Env& env);

/// Throws `UsageError` when the configuration that holds for a path has errors, after printing
/// them.
void require_sound_config(Repository& repository, const std::string& path, Env& env);

/// Reads one document or model of another tool that must be sound, with a sound configuration. Its
/// errors are printed to `env.err`; none when it has any.
std::optional<ImportedModel> read_sound_model(Repository& repository, const std::string& path,
                                              Env& env);

/// The same without the net.
std::optional<Process> read_sound_process(Repository& repository, const std::string& path,
                                          Env& env);

}  // namespace gemba::inline cmd
