#pragma once
#include <cstdint>
#include <string>

#include "cmd/bind/arguments.h"
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
void bind_output(Arguments& arguments, OutputOptions& options, Formats offered = Formats::tabular);

/// The format that was chosen.
const Writer& writer_of(const OutputOptions& options);

}  // namespace gemba::inline cmd
