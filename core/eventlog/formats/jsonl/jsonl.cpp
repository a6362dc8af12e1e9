#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/build/event_fields.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/formats/jsonl/json_lines.h"
#include "core/eventlog/formats/log_format.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

namespace {

// Only JSON has an object or another bracket behind a bracket: `[case],[activity]` is CSV.
bool sniff(std::string_view head) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t first = head.find_first_not_of(space);
  if (first == std::string_view::npos) return false;
  if (head[first] != '[') return head[first] == '{';
  const std::size_t second = head.find_first_not_of(space, first + 1);
  return second == std::string_view::npos || head[second] == '{' || head[second] == '[' ||
         head[second] == ']';
}

/// A row that was read to learn which columns there are.
struct HeadRow {
  std::uint64_t line = 0;
  std::string_view bad;  ///< why it is bad; empty when it is good
  std::vector<std::pair<std::size_t, std::string>> fields;  ///< by column; those that have a text
};

using Fields = std::vector<std::string_view>;

// Checks the columns from index `first` on, which the object at hand has brought.
void check_columns(JsonLines& lines, std::size_t first, const EventLog& log) {
  const std::vector<std::string>& columns = lines.object().columns();
  if (columns.size() > JsonObject::max_columns) {
    throw Error(fmt::format("'{}', line {}: there are more than {} different keys; is this a log?",
                            log.path, lines.line(), JsonObject::max_columns));
  }
  for (std::size_t index = first; index < columns.size(); ++index) {
    if (find_invalid_utf8(columns[index])) {
      throw Error(fmt::format("'{}', line {}: a key is {}", log.path, lines.line(), log.misfit));
    }
  }
}

std::vector<HeadRow> read_head(JsonLines& lines, const EventLog& log) {
  constexpr std::size_t most_rows = 1000;
  constexpr std::size_t most_bytes = std::size_t{16} << 20U;
  std::vector<HeadRow> head;
  std::size_t bytes = 0;
  while (head.size() < most_rows && bytes < most_bytes) {
    const std::size_t known = lines.object().columns().size();
    const JsonLines::Found found = lines.next();
    if (found == JsonLines::Found::end) break;
    HeadRow& row = head.emplace_back();
    row.line = lines.line();
    if (found == JsonLines::Found::bad_line) {
      row.bad = lines.reason();
      continue;
    }
    check_columns(lines, known, log);
    const Fields& fields = lines.object().fields();
    for (std::size_t column = 0; column < fields.size(); ++column) {
      if (fields[column].empty()) continue;
      bytes += sizeof row.fields.front() + fields[column].size();
      row.fields.emplace_back(column, fields[column]);
    }
  }
  return head;
}

void require_columns(const std::vector<std::string>& columns, const std::vector<HeadRow>& head,
                     const std::string& path) {
  if (!columns.empty()) return;
  const HeadRow& first = head.front();
  throw Error(fmt::format("'{}', line {}: {}; write each event as a JSON object on its line", path,
                          first.line, first.bad.empty() ? "the object has no members" : first.bad));
}

void add_head(const std::vector<HeadRow>& head, std::size_t width, EventFields& reader,
              LogBuilder& builder) {
  Fields fields(width);
  for (const HeadRow& row : head) {
    if (!row.bad.empty()) {
      builder.bad_row(row.line, std::string(row.bad));
      continue;
    }
    std::fill(fields.begin(), fields.end(), std::string_view());
    for (const auto& [column, text] : row.fields) fields[column] = text;
    builder.add(reader.event(fields), row.line);
  }
}

// The length of some rows tells how many there will be.
void reserve_all(LogBuilder& builder, const JsonLines& lines, std::uint64_t size_hint) {
  if (size_hint == 0 || builder.size() == 0) return;
  const double bytes_per_row =
      static_cast<double>(lines.position()) / static_cast<double>(builder.size());
  constexpr double margin = 1.05;
  builder.reserve(
      static_cast<std::size_t>(static_cast<double>(size_hint) / bytes_per_row * margin));
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  JsonLines lines(stream);
  const std::vector<HeadRow> head = read_head(lines, log);
  if (head.empty()) return;
  JsonObject& object = lines.object();
  object.settle_columns();
  log.available = object.columns();
  require_columns(log.available, head, log.path);
  ColumnIndexes columns = find_columns(log.available, options, log.path);
  builder.drop_attributes(columns.attributes);
  std::erase(columns.attributes, no_column);
  log.columns = mapping_of(columns, log.available);
  EventFields reader(columns);
  add_head(head, log.available.size(), reader, builder);
  reserve_all(builder, lines, stream.size_hint());
  for (JsonLines::Found found = lines.next(); found != JsonLines::Found::end;
       found = lines.next()) {
    if (found == JsonLines::Found::object) {
      builder.add(reader.event(object.fields()), lines.line());
    } else {
      builder.bad_row(lines.line(), std::string(lines.reason()));
    }
  }
}

}  // namespace

constinit const LogFormat formats::jsonl{
    .name = "jsonl", .extensions = ".jsonl .ndjson .json", .sniff = sniff, .read = read};

}  // namespace gemba::inline eventlog
