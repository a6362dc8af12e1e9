#include <fmt/format.h>

#include <array>

#include "core/base/text.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"
#include "core/report/readable.h"
#include "core/report/writers/exchange.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

/// GitHub shows so many annotations of each kind for a step and drops the rest.
constexpr std::size_t most_annotations = 10;

/// The text of a workflow command: line ends would end it.
std::string command_text(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '%' || c == '\r' || c == '\n')
      safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      safe += c;
  }
  return safe;
}

/// The value of a property of a workflow command.
std::string property(std::string_view text) {
  std::string safe;
  for (const char c : command_text(text)) {
    if (c == ':' || c == ',')
      safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      safe += c;
  }
  return safe;
}

/// A line of the log that the runner does not take for a command, in neither of its syntaxes.
std::string log_line(std::string line) {
  for (std::size_t at = 0; (at = line.find("##[", at)) != std::string::npos; ++at) {
    line.insert(at + 2, " ");
  }
  return line.starts_with("::") ? "./" + line : line;
}

std::string_view command(Level level) {
  if (level == Level::error) return "error";
  return level == Level::warning ? "warning" : "notice";
}

/// Columns may stand only where the place is on one line.
std::string position(const SourceSpan& span) {
  std::string text = fmt::format(",line={}", span.begin.line);
  if (span.begin.line == span.end.line) text += fmt::format(",col={}", span.begin.column);
  text += fmt::format(",endLine={}", span.end.line);
  if (span.begin.line == span.end.line) text += fmt::format(",endColumn={}", span.end.column);
  return text;
}

/// What is said once: as an annotation, or as lines of the log.
struct Entry {
  Level level;
  std::string annotation;
  std::string lines;
};

Entry entry(const Diagnostic& finding, const Sources& sources) {
  // The log shows only the message: it has to say where.
  std::string message = place_text(finding.span, sources) + ": " + printable(finding.message);
  std::string lines = log_line(finding_line(finding, sources)) + "\n";
  for (const Note& note : finding.notes) {
    const std::string line =
        fmt::format("{}: note: {}", place_text(note.span, sources), printable(note.message));
    message += "\n" + line;
    lines += log_line(line) + "\n";
  }
  return {finding.level,
          fmt::format("::{} file={}{},title={}::{}\n", command(finding.level),
                      property(printable(normal_path(sources[finding.span.source].path))),
                      position(finding.span), property(rule_label(finding)), command_text(message)),
          lines};
}

Entry entry(const Unread& unread) {
  const std::string reason = printable(unread.reason);
  return {Level::error,
          fmt::format("::error file={},title=unread document::{}\n",
                      property(printable(normal_path(unread.path))), command_text(reason)),
          log_line(reason) + "\n"};
}

std::string write(const Report& report, const WriteOptions& options) {
  std::vector<Entry> entries;
  for (const Unread& each : report.unread) entries.push_back(entry(each));
  for (const Diagnostic& each : report.findings) entries.push_back(entry(each, *options.sources));
  std::string annotations;
  std::string rest;
  std::int64_t left = 0;
  std::array<std::size_t, 4> shown{};
  for (const Entry& each : entries) {
    // The last notice is ours, where findings are left.
    const std::size_t most = each.level == Level::info ? most_annotations - 1 : most_annotations;
    if (shown[static_cast<std::size_t>(each.level)]++ < most) {
      annotations += each.annotation;
    } else {
      rest += each.lines;
      ++left;
    }
  }
  const std::string summary = readable_line(report.summary);
  std::string text = annotations + rest;
  if (!options.quiet) text += log_line(summary) + "\n";
  if (left > 0) {
    text += fmt::format("::notice title=gemba::{} more in the log of this step; {}\n", left,
                        command_text(summary));
  }
  return text;
}

}  // namespace

constinit const Writer writers::github{.name = "github",
                                       .summary = "annotations of a GitHub Actions run",
                                       .write = write,
                                       .only_findings = true};

}  // namespace gemba::inline report
