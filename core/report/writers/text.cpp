#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"
#include "core/report/readable.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;

/// A line of its own in bold.
std::string heading_line(std::string_view text, bool colour) {
  const std::string line = readable_line(text);
  return colour ? fmt::format("\x1b[1m{}\x1b[0m\n", line) : line + "\n";
}

/// `text` filled with spaces to a display width; numbers stand at the right.
std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::size_t own = display_width(text);
  const std::string fill(width > own ? width - own : 0, ' ');
  return right ? fill + text : text + fill;
}

/// Takes columns from the widest text column until the table fits.
void shrink(std::vector<std::size_t>& widths, const Table& table, std::size_t limit) {
  if (limit == 0) return;
  const auto total = [&] {
    std::size_t sum = gap * (widths.size() - 1);
    for (const std::size_t width : widths) sum += width;
    return sum;
  };
  while (total() > limit) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (table.columns[i].unit != Unit::text || widths[i] <= narrowest) continue;
      if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == widths.size()) return;
    --widths[widest];
  }
}

std::string table_line(const std::vector<std::string>& cells,
                       const std::vector<std::size_t>& widths, const Table& table) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += std::string(gap, ' ');
    line += padded(truncate_to_width(cells[i], widths[i]), widths[i],
                   table.columns[i].unit != Unit::text);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// The rows that text shows: of a table with groups, the first of each that is not cut off.
std::vector<std::size_t> shown_rows(const Table& table) {
  std::vector<std::size_t> rows;
  std::size_t in_group = 0;
  for (std::size_t row = 0; row < table.rows.size() - table.rows_cut; ++row) {
    if (row > 0 && table.group > 0 && !same_group(table, row - 1, row)) in_group = 0;
    if (table.shown == 0 || in_group++ < table.shown) rows.push_back(row);
  }
  return rows;
}

std::string write_table(const Table& table, const WriteOptions& options) {
  const std::vector<std::size_t> shown = shown_rows(table);
  std::vector<std::vector<std::string>> lines = {humane_titles(table)};
  for (const std::size_t row : shown) lines.push_back(humane_row(table, row));
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& cells : lines) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(cells[i]));
    }
  }
  shrink(widths, table, options.width);
  std::string text = heading_line(table.title, options.colour);
  for (const auto& cells : lines) text += table_line(cells, widths, table) + "\n";
  const std::size_t hidden = table.rows.size() - table.rows_cut - shown.size();
  if (hidden > 0) text += fmt::format("… {} more\n", hidden);
  if (table.rows_cut > 0) text += groups_left_out(table) + "\n";
  return text;
}

/// A paragraph, indented, and in a terminal broken at its width.
std::string write_paragraph(std::string_view text, std::size_t width) {
  constexpr std::size_t least = 20;
  const std::string paragraph = readable_line(text);
  if (width < least) return "  " + paragraph + "\n";
  std::string lines;
  for (const std::string& line : wrap_to_width(paragraph, width - 4)) {
    lines += (lines.empty() ? "  " : "    ") + line + "\n";
  }
  return lines;
}

std::string write_section(const Section& section, const WriteOptions& options) {
  std::string text = heading_line(section.heading, options.colour);
  for (const std::string& paragraph : section.paragraphs) {
    text += write_paragraph(paragraph, options.width);
  }
  const std::string listing = readable_lines(section.listing);
  for (std::string_view rest = listing; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += fmt::format("    {}\n", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text;
}

/// Blocks follow each other with an empty line between them.
std::string write(const Report& report, const WriteOptions& options) {
  std::vector<std::string> blocks;
  std::string findings;
  for (const Diagnostic& finding : report.findings) {
    if (!report.sections.empty()) break;
    findings += finding_text(finding, *options.sources, options.colour);
  }
  if (!findings.empty()) blocks.push_back(findings);
  std::string lead;
  for (const std::string& line : report.lead) lead += readable_line(line) + "\n";
  if (!options.quiet && !lead.empty()) blocks.push_back(lead);
  for (const Section& section : report.sections) blocks.push_back(write_section(section, options));
  for (const Table& table : report.tables) {
    if (!table.rows.empty()) blocks.push_back(write_table(table, options));
  }
  std::string notes;
  for (const std::string& note : report.notes) notes += "note: " + readable_line(note) + "\n";
  if (!options.quiet && !notes.empty()) blocks.push_back(notes);
  std::string text;
  for (const std::string& block : blocks) text += (text.empty() ? "" : "\n") + block;
  return text;
}

}  // namespace

constinit const Writer writers::text{.name = "text",
                                     .summary = "for people, in a terminal",
                                     .write = write,
                                     .uses = ReportParts::tables,
                                     .for_people = true,
                                     .for_terminal = true};

}  // namespace gemba::inline report
