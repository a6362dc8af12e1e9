#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/columns.h"
#include "core/eventlog/csv_rows.h"
#include "core/eventlog/log_builder.h"
#include "core/eventlog/log_format.h"

namespace gemba {

namespace {

bool sniff(std::string_view head) {
  return !head.empty() && head.front() != '<' && head.front() != '{';
}

// Excel may write its separator on a line before the header: `sep=;`.
bool next_header(CsvRows& rows) {
  if (!rows.next()) return false;
  const std::vector<std::string_view>& fields = rows.fields();
  const bool names_separator = fields.size() == 2 && fields[0] == "sep=" && fields[1].empty();
  return !names_separator || rows.next();
}

std::vector<std::string> read_header(CsvRows& rows, const std::string& path) {
  if (!next_header(rows))
    throw Error(fmt::format("'{}' has no header line; name the columns on its first line", path));
  if (rows.fields().size() > CsvRows::max_fields) {
    throw Error(fmt::format("'{}', line {}: the header has more than {} columns; is this a log?",
                            path, rows.line(), CsvRows::max_fields));
  }
  std::vector<std::string> header;
  for (std::string_view name : rows.fields()) {
    if (find_invalid_utf8(name)) {
      throw Error(fmt::format("'{}', line {}: the header is not UTF-8 text; {}", path, rows.line(),
                              utf8_advice));
    }
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    header.emplace_back(name);
  }
  return header;
}

// Gives the fields of a row their meaning.
class RowReader {
 public:
  explicit RowReader(const ColumnIndexes& columns)
      : columns_(columns), attributes_(columns.attributes.size()) {}

  RawEvent event(const std::vector<std::string_view>& fields) {
    const auto field = [&](const std::optional<std::size_t>& index) {
      return index ? fields[*index] : std::string_view();
    };
    for (std::size_t index = 0; index < attributes_.size(); ++index) {
      attributes_[index] = fields[columns_.attributes[index]];
    }
    return {.case_id = case_id(fields),
            .activity = fields[columns_.activity],
            .timestamp = field(columns_.timestamp),
            .start = field(columns_.start),
            .resource = field(columns_.resource),
            .lifecycle = field(columns_.lifecycle),
            .instance = field(columns_.instance),
            .attributes = attributes_};
  }

 private:
  // A row that misses one part of its case id names no case.
  std::string_view case_id(const std::vector<std::string_view>& fields) {
    if (columns_.case_columns.size() == 1) return fields[columns_.case_columns.front()];
    constexpr std::string_view separator = " · ";
    joined_.clear();
    for (const std::size_t index : columns_.case_columns) {
      if (fields[index].empty()) return {};
      if (!joined_.empty()) joined_ += separator;
      joined_ += fields[index];
    }
    return joined_;
  }

  const ColumnIndexes& columns_;
  std::string joined_;
  std::vector<std::string_view> attributes_;
};

// Once some rows are read, their length tells how many there will be.
void reserve_all(LogBuilder& builder, const CsvRows& rows, std::uint64_t size_hint) {
  const double bytes_per_row =
      static_cast<double>(rows.position()) / static_cast<double>(builder.size());
  constexpr double margin = 1.05;
  builder.reserve(
      static_cast<std::size_t>(static_cast<double>(size_hint) / bytes_per_row * margin));
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  CsvRows rows(stream, sniff_dialect(stream.peek()));
  log.available = read_header(rows, log.path);
  const ColumnIndexes columns = find_columns(log.available, options, log.path);
  log.columns = mapping_of(columns, log.available);
  RowReader reader(columns);
  constexpr std::size_t rows_to_judge_by = 1000;
  const std::size_t width = log.available.size();
  while (rows.next()) {
    if (rows.fields().size() != width) {
      builder.bad_row(rows.line(), fmt::format("it has {} columns, the header has {}",
                                               rows.fields().size(), width));
      continue;
    }
    builder.add(reader.event(rows.fields()), rows.line());
    if (builder.size() == rows_to_judge_by && stream.size_hint() > 0) {
      reserve_all(builder, rows, stream.size_hint());
    }
  }
}

}  // namespace

constinit const LogFormat formats::csv{
    .name = "csv", .extensions = ".csv .tsv .txt", .sniff = sniff, .read = read};

}  // namespace gemba
