#include "core/report/cells.h"
#include "core/report/writers/writer.h"

namespace gemba::inline report {
namespace {

std::string write_rows(const Table& table) {
  std::string lines;
  for (const auto& row : table.rows) {
    Json::Object object{{"table", table.key}};
    for (std::size_t i = 0; i < row.size(); ++i) {
      object.emplace_back(table.columns[i].key, json_cell(row[i]));
    }
    lines += dump_json(object, false) + "\n";
  }
  return lines;
}

std::string write(const Report& report, const WriteOptions&) {
  std::string lines;
  if (const Json* findings = find_member(report.data, "findings")) {
    for (const Json& finding : std::get<Json::Array>(findings->value)) {
      lines += dump_json(finding, false) + "\n";
    }
    return lines;
  }
  for (const Table& table : report.tables) lines += write_rows(table);
  return lines;
}

}  // namespace

constinit const Writer writers::jsonl{.name = "jsonl",
                                      .summary = "one JSON object per finding or table row",
                                      .write = write,
                                      .uses = ReportParts::tables};

}  // namespace gemba::inline report
