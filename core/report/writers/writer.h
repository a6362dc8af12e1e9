#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/base/source.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// How a report is to be written.
struct WriteOptions {
  bool colour = false;
  std::size_t width = 0;             ///< columns of the terminal; 0: unlimited
  bool quiet = false;                ///< leave out the lead and the notes
  const Sources* sources = nullptr;  ///< texts that findings point into
  std::string_view version = {};     ///< of the program
};

/// One output format: its name on the command line and what turns a report into text that ends with
/// a newline.
struct Writer {
  std::string_view name;
  std::string_view summary;
  std::string (*write)(const Report&, const WriteOptions&) = nullptr;
  ReportParts uses = ReportParts::everything;  ///< what it looks at of a report without findings
  bool for_people = false;     ///< read as it stands: nobody reads lists without end
  bool for_terminal = false;   ///< takes colour, and may say what to type next
  bool only_findings = false;  ///< not offered by commands that have no findings to report
  bool writes_checks = false;  ///< offered all the same by those that have checks
};

namespace writers {
#define WRITER(name) extern const Writer name;
#include "core/report/writers/writers.def"
#undef WRITER
}  // namespace writers

/// Every output format, in the order of `writers.def`.
std::span<const Writer* const> all_writers();

/// The writer of this name, or null.
const Writer* find_writer(std::string_view name);

}  // namespace gemba::inline report
