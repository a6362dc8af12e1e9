#include "cmd/bind/output_options.h"

#include <vector>

#include "cmd/bind/common_options.h"

namespace gemba::inline cmd {

void bind_output(Arguments& arguments, OutputOptions& options, Formats offered) {
  std::vector<std::string> formats;
  for (const Writer* writer : all_writers()) {
    const bool checks = offered == Formats::checks && writer->writes_checks;
    if (offered == Formats::all || checks || !writer->only_findings)
      formats.emplace_back(writer->name);
  }
  add_choice(arguments, "--format", options.format, formats, "How to write the result")
      .environment("GEMBA_FORMAT");
  arguments.add("-o,--output", options.path, "File to write; - is standard output")
      .value_name("FILE")
      .shows_default();
  add_choice(arguments, "--color", options.colour, {"auto", "always", "never"},
             "When to use colour")
      .environment("GEMBA_COLOR");
  arguments.add_flag("-q,--quiet", options.quiet, "Leave out the closing line and the notes");
}

const Writer& writer_of(const OutputOptions& options) { return *find_writer(options.format); }

}  // namespace gemba::inline cmd
