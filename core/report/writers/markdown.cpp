#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"
#include "core/report/readable.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

/// What a character of text becomes; empty where it may stand as it is.
std::string_view escape_of(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    // Nobody is to be notified, and no issue linked, because a step is called `@all` or `#1`.
    case '@':
      return "@&#8203;";
    case '#':
      return "#&#8203;";
    default:
      return {};
  }
}

/// Text that stays text in Markdown and in the HTML it becomes.
std::string escaped(std::string_view text) {
  constexpr std::string_view markup = "|*_`[]\\~$";
  std::string safe;
  for (const char c : readable_line(text)) {
    const std::string_view escape = escape_of(c);
    if (markup.find(c) != std::string_view::npos) safe += '\\';
    if (escape.empty())
      safe += c;
    else
      safe += escape;
  }
  return safe;
}

/// Text that begins a paragraph, and no list.
std::string paragraph(std::string_view text) {
  const std::string line = readable_line(text);
  const std::size_t begin = std::min(line.find_first_not_of(' '), line.size());
  const std::size_t after = std::min(line.find_first_not_of("0123456789", begin), line.size());
  const std::string_view sign = std::string_view(line).substr(after, 1);
  const bool numbered = after > begin && (sign == "." || sign == ")");
  const bool listed = after == begin && (sign == "-" || sign == "+" || sign == "=");
  if (!numbered && !listed) return escaped(line);
  return fmt::format("{}\\{}", line.substr(0, after), escaped(line.substr(after)));
}

/// A listing as it is, in a fence that nothing in it can close.
std::string fenced(std::string_view text) {
  const std::string listing = readable_lines(text);
  std::string fence = "```";
  while (listing.find(fence) != std::string::npos) fence += '`';
  return fmt::format("\n{}toml\n{}{}\n", fence, listing, fence);
}

std::string write_table(const Table& table) {
  std::string text = fmt::format("\n### {}\n\n|", escaped(table.title));
  for (const std::string& title : humane_titles(table)) text += " " + escaped(title) + " |";
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

std::string write_findings(const Report& report, const Sources& sources) {
  std::string text = "| level | place | finding | rule |\n| --- | --- | --- | --- |\n";
  for (const Diagnostic& finding : report.findings) {
    text += fmt::format("| {} | {} | {} | {} |\n", to_string(finding.level),
                        escaped(place_text(finding.span, sources)),
                        escaped(printable(finding.message)), escaped(rule_label(finding)));
  }
  return text;
}

std::string write(const Report& report, const WriteOptions& options) {
  std::string text;
  for (const std::string& line : report.lead) {
    if (!options.quiet) text += paragraph(line) + "\n\n";
  }
  if (!report.findings.empty() && report.sections.empty()) {
    text += write_findings(report, *options.sources);
  }
  for (const Section& section : report.sections) {
    text += fmt::format("\n### {}\n", escaped(section.heading));
    for (const std::string& each : section.paragraphs) text += "\n" + paragraph(each) + "\n";
    if (!section.listing.empty()) text += fenced(section.listing);
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
                                         .uses = ReportParts::tables,
                                         .for_people = true};

}  // namespace gemba::inline report
