#include "core/report/cells.h"
#include "core/report/readable.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

/// A field as it is, also with line ends. Other control characters have no place in RFC 4180, and
/// many a table is looked at in a terminal: those are made visible; JSON has them exactly.
std::string quoted(const std::string& exact) {
  const std::string field = readable_lines(exact);
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + "\"";
}

std::string write_table(const Table& table, bool named) {
  std::string text = named ? "table," : "";
  for (const Column& column : table.columns) text += quoted(column.key) + ",";
  text.back() = '\n';
  for (const auto& row : table.rows) {
    if (named) text += quoted(table.key) + ",";
    for (const Cell& cell : row) text += quoted(exact_cell(cell)) + ",";
    text.back() = '\n';
  }
  return text;
}

/// Findings as a table: those of their members that are a text or a number, the same for every
/// command.
Table findings_table(const Json::Array& findings) {
  Table table{.key = "findings", .title = "Findings", .columns = {}, .rows = {}};
  for (const char* key : {"path", "line", "column", "level", "code", "name", "message", "document",
                          "element", "fingerprint"}) {
    table.columns.push_back({key, key, Unit::text});
  }
  for (const Json& finding : findings) {
    std::vector<Cell>& row = table.rows.emplace_back();
    for (const Column& column : table.columns) {
      const Json* member = find_member(finding, column.key);
      Cell& cell = row.emplace_back();
      if (member == nullptr) continue;
      if (const auto* text = std::get_if<std::string>(&member->value)) cell = *text;
      if (const auto* number = std::get_if<std::int64_t>(&member->value)) cell = *number;
    }
  }
  return table;
}

/// RFC 4180 with `\n` line ends. Several tables follow each other, an empty line between them; each
/// row begins with the table's key when there is more than one.
std::string write(const Report& report, const WriteOptions&) {
  if (const Json* findings = find_member(report.data, "findings")) {
    return write_table(findings_table(std::get<Json::Array>(findings->value)), false);
  }
  std::string text;
  for (const Table& table : report.tables) {
    text += (text.empty() ? "" : "\n") + write_table(table, report.tables.size() > 1);
  }
  return text;
}

}  // namespace

constinit const Writer writers::csv{.name = "csv",
                                    .summary = "the tables as comma-separated values",
                                    .write = write,
                                    .uses = ReportParts::tables};

}  // namespace gemba::inline report
