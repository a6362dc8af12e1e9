#include <fmt/format.h>

#include "core/findings/catalogue.h"
#include "core/report/writers/exchange.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

/// Readers take what follows the last point for the kind of a finding.
std::string source_of(const Diagnostic& finding) {
  const Descriptor* about = find_descriptor(finding.code);
  return about == nullptr ? fmt::format("gemba.{}", finding.code)
                          : fmt::format("gemba.{}.{}", finding.code, about->name);
}

std::string write_error(const Diagnostic& finding) {
  return fmt::format(
      "    <error line=\"{}\" column=\"{}\" severity=\"{}\" message=\"{}\" source=\"{}\"/>\n",
      finding.span.begin.line, finding.span.begin.column, to_string(finding.level),
      readable_xml(finding.message), readable_xml(source_of(finding)));
}

std::string write_file(const FileFindings& file) {
  std::string text = fmt::format("  <file name=\"{}\">\n", readable_xml(file.path));
  if (file.unread != nullptr) {
    text +=
        fmt::format("    <error line=\"1\" severity=\"error\" message=\"{}\" source=\"gemba\"/>\n",
                    readable_xml(file.unread->reason));
  }
  for (const Diagnostic* finding : file.findings) text += write_error(*finding);
  return text + "  </file>\n";
}

std::string write(const Report& report, const WriteOptions& options) {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  for (const FileFindings& file : by_file(report, *options.sources)) text += write_file(file);
  return text + "</checkstyle>\n";
}

}  // namespace

constinit const Writer writers::checkstyle{.name = "checkstyle",
                                           .summary = "XML that many build servers read",
                                           .write = write,
                                           .only_findings = true};

}  // namespace gemba::inline report
