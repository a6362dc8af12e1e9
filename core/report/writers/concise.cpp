#include "core/report/finding_text.h"
#include "core/report/readable.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

std::string write(const Report& report, const WriteOptions& options) {
  std::string text;
  for (const Diagnostic& finding : report.findings) {
    text += finding_line(finding, *options.sources) + "\n";
  }
  return options.quiet ? text : text + readable_line(report.summary) + "\n";
}

}  // namespace

constinit const Writer writers::concise{.name = "concise",
                                        .summary = "one line for each finding",
                                        .write = write,
                                        .only_findings = true};

}  // namespace gemba::inline report
