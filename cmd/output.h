#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cmd/command.h"
#include "core/base/source.h"
#include "core/report/writers/writer.h"

namespace gemba::inline cmd {

/// Where and how a command writes its result.
struct OutputOptions {
  std::string format{all_writers().front()->name};
  std::string path = "-";
  std::string colour = "auto";
  bool quiet = false;
};

/// Which formats a command offers: those that can write a report without findings, these and those
/// that write checks, or all.
enum class Formats : std::uint8_t { tabular, checks, all };

/// Adds `--format`, `-o`, `--color` and `-q` to a command.
void bind_output(CLI::App& app, OutputOptions& options, Formats offered = Formats::tabular);

/// Writes bytes to a file, or to standard output for `-`. A file is written beside its place and
/// renamed, so that an interrupted run leaves the old file or the new one. Throws `Error` when it
/// cannot be written.
void write_output(const std::string& path, std::string_view bytes, Env& env);

/// The format that was chosen.
const Writer& writer_of(const OutputOptions& options);

/// Writes a report in the format asked for.
void write_report(const Report& report, const Sources& sources, const OutputOptions& options,
                  Env& env);

/// Adds `option` with a fixed set of values and the variable of the environment that can set it.
CLI::Option* add_choice(CLI::App& app, const std::string& option, std::string& value,
                        const std::vector<std::string>& choices, const std::string& help);

/// Refuses what is none of some words, and names the nearest one.
CLI::Validator one_of(const std::vector<std::string>& choices);

/// Adds `-j`: how many threads may work at the same time.
void add_jobs(CLI::App& app, std::size_t& jobs);

}  // namespace gemba::inline cmd
