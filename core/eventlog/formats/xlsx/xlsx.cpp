#include "core/eventlog/formats/xlsx/xlsx.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/build/table_rows.h"
#include "core/eventlog/bytes/container.h"
#include "core/eventlog/formats/log_format.h"
#include "core/eventlog/formats/xlsx/archive.h"
#include "core/eventlog/formats/xlsx/compound_file.h"
#include "core/eventlog/formats/xlsx/sheet_choice.h"
#include "core/eventlog/formats/xlsx/sheet_rows.h"
#include "core/eventlog/formats/xlsx/workbook.h"

namespace gemba::inline eventlog {

namespace {

bool sniff(std::string_view head) { return sniff_container(head) != Container::none; }

/// Which columns are needed, and what for.
std::vector<ColumnUse> uses_of(const ColumnIndexes& columns, const ReadOptions& options) {
  std::vector<ColumnUse> uses;
  const auto use = [&](std::size_t column, ColumnUse what) {
    if (uses.size() <= column) uses.resize(column + 1, ColumnUse::none);
    uses[column] = std::max(uses[column], what);
  };
  const bool serial =
      parse_time_format(options.log.time_format.empty() ? "auto" : options.log.time_format).kind ==
      TimeFormat::Kind::excel;
  for (const std::size_t column : columns.case_columns) use(column, ColumnUse::text);
  for (const std::size_t column : columns.attributes) use(column, ColumnUse::text);
  use(columns.activity, ColumnUse::text);
  for (const auto& column : {columns.resource, columns.lifecycle, columns.instance})
    if (column) use(*column, ColumnUse::text);
  for (const auto& column : {columns.timestamp, columns.start})
    if (column) use(*column, serial ? ColumnUse::serial : ColumnUse::time);
  return uses;
}

/// Hands the rows of a sheet on as those of a table.
class SheetTable {
 public:
  SheetTable(const SheetChoice& choice, const ColumnIndexes& columns, LogBuilder& builder)
      : choice_(choice), columns_(columns), table_(columns, builder) {}

  void take(const SheetRow& row, TextStore& texts) {
    if (row.number <= choice_.header_row) return texts.clear();
    const std::string fault = fault_of(row);
    if (fault.empty()) {
      fields_.assign(row.cells.begin(), row.cells.end());
      fields_.resize(std::max(choice_.columns.size(), fields_.size()));
      table_.take(fields_, row.number);
    } else {
      table_.bad_row(row.number, fault);
    }
    if (table_.waiting() == 0) texts.clear();
  }

  void flush() { table_.flush(); }

 private:
  // An error value is no case and no activity; elsewhere it is what the sheet says.
  std::string fault_of(const SheetRow& row) const {
    if (choice_.header_row == 0 && row.width > choice_.columns.size()) {
      return fmt::format("it has {} columns, --columns names {}", row.width,
                         choice_.columns.size());
    }
    for (const OddCell& cell : row.odd) {
      const std::string name = cell_name(cell.column, row.number);
      if (cell.kind == OddCell::Kind::uncalculated) {
        return fmt::format(
            "{} is a formula that was never calculated; open the workbook in a "
            "spreadsheet program and save it",
            name);
      }
      const auto& cases = columns_.case_columns;
      if (cell.column == columns_.activity ||
          std::find(cases.begin(), cases.end(), cell.column) != cases.end())
        return fmt::format("{} is the error {}", name, row.cells[cell.column]);
    }
    return {};
  }

  const SheetChoice& choice_;
  const ColumnIndexes& columns_;
  TableRows table_;
  std::vector<std::string_view> fields_;
};

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  read_xlsx(stream, options, log, builder);
}

}  // namespace

void read_xlsx(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder,
               const XlsxSettings& settings) {
  const Container container = sniff_container(stream.peek());
  RandomBytes bytes(stream);
  if (container == Container::ole)
    throw Error(fmt::format("'{}' is {}", log.path, describe_compound_file(bytes)));
  const Archive archive(bytes, log.path);
  const Workbook book = read_workbook(archive);
  const SheetChoice choice = choose_sheet(archive, book, options);
  log.sheet = choice.sheet->name;
  log.other_sheets = choice.others;
  log.available = choice.columns;
  log.quality.lines_before_header =
      static_cast<std::int64_t>(std::max<std::uint64_t>(choice.header_row, 1)) - 1;
  ColumnIndexes columns = find_columns(log.available, options, log.path);
  builder.drop_attributes(columns.attributes);
  std::erase(columns.attributes, no_column);
  log.columns = mapping_of(columns, log.available);
  SheetTable table(choice, columns, builder);
  TextStore texts;
  const SheetReading reading{.archive = archive,
                             .book = book,
                             .uses = uses_of(columns, options),
                             .use_of_others = ColumnUse::none,
                             .in_two_threads = builder.threads() > 1,
                             .settings = settings};
  read_sheet_rows(*choice.sheet, reading, texts, [&](const SheetRow& row) {
    table.take(row, texts);
    return true;
  });
  table.flush();
}

constinit const LogFormat formats::xlsx{.name = "xlsx",
                                        .extensions = ".xlsx .xlsm",
                                        .takes_column_names = true,
                                        .is_binary = true,
                                        .has_sheets = true,
                                        .sniff = sniff,
                                        .read = read};

}  // namespace gemba::inline eventlog
