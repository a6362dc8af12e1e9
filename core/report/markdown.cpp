#include <fmt/format.h>

#include "core/report/cells.h"
#include "core/report/writer.h"

namespace gemba {
namespace {

/// Text that stays text in Markdown and in the HTML it becomes.
std::string escaped(const std::string& text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '\n':
        safe += "<br>";
        break;
      case '|':
      case '*':
      case '_':
      case '`':
      case '[':
      case ']':
      case '\\':
        safe += '\\';
        safe += c;
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string write_table(const Table& table) {
  std::string text = fmt::format("\n### {}\n\n|", escaped(table.title));
  for (const Column& column : table.columns) text += " " + escaped(column.title) + " |";
  text += "\n|";
  for (const Column& column : table.columns)
    text += column.unit == Unit::text ? " --- |" : " ---: |";
  text += "\n";
  for (std::size_t row = 0; row < table.rows.size() - table.rows_cut; ++row) {
    text += "|";
    for (const std::string& cell : humane_row(table, row)) text += " " + escaped(cell) + " |";
    text += "\n";
  }
  if (table.rows_cut > 0) text += "\n" + groups_left_out(table) + "\n";
  return text;
}

std::string write_finding(const Diagnostic& finding, const Sources* sources) {
  const std::string path = sources != nullptr ? (*sources)[finding.span.source].path : "";
  return fmt::format("- **{} {}** {}:{}:{}: {}\n", to_string(finding.level), finding.code,
                     escaped(path), finding.span.begin.line, finding.span.begin.column,
                     escaped(finding.message));
}

std::string write(const Report& report, const WriteOptions& options) {
  std::string text;
  for (const std::string& line : report.lead) {
    if (!options.quiet) text += escaped(line) + "\n\n";
  }
  for (const Diagnostic& finding : report.findings) {
    text += write_finding(finding, options.sources);
  }
  for (const Section& section : report.sections) {
    text += fmt::format("\n### {}\n", escaped(section.heading));
    for (const std::string& paragraph : section.paragraphs)
      text += "\n" + escaped(paragraph) + "\n";
    if (!section.listing.empty()) text += "\n```toml\n" + section.listing + "```\n";
  }
  for (const Table& table : report.tables) text += write_table(table);
  for (const std::string& note : report.notes) {
    if (!options.quiet) text += "\n> " + escaped(note) + "\n";
  }
  return text;
}

}  // namespace

constinit const Writer writers::markdown{.name = "markdown",
                                         .summary = "tables and lists for a pull-request comment",
                                         .write = write,
                                         .uses = ReportParts::tables};

}  // namespace gemba
