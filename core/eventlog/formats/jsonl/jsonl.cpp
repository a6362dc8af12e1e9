#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/build/event_fields.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/formats/jsonl/json_lines.h"
#include "core/eventlog/formats/jsonl/json_wrapper.h"
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

/// Reads a log, and once more where members that first occur late must be known from the start.
class LogReading {
 public:
  LogReading(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder)
      : stream_(stream), options_(options), log_(log), builder_(builder) {}

  void run() {
    wrapper_ = JsonWrapper::find(stream_, options_);
    bool done = read_from(stream_);
    while (!done) {
      std::optional<ByteStream> again = stream_.from(0);
      log_.columns = {};
      builder_.restart(options_);
      done = read_from(*again);
    }
  }

 private:
  bool read_from(ByteStream& stream);
  JsonLines::Found next(JsonLines& lines);
  bool look_for_columns(JsonLines& lines);
  bool read_rows(JsonLines& lines, EventFields& reader);
  bool takes_late(const JsonLines& lines, std::size_t first);
  bool changes_columns(const std::string& name) const;
  void end(JsonLines& lines);

  ByteStream& stream_;
  const ReadOptions& options_;
  EventLog& log_;
  LogBuilder& builder_;
  std::optional<JsonWrapper> wrapper_;
  std::uint64_t objects_ = 0;       ///< read so far
  std::vector<std::string> known_;  ///< columns that are known before reading
  ColumnIndexes columns_;
};

JsonLines::Found LogReading::next(JsonLines& lines) {
  const JsonLines::Found found = lines.next();
  if (found != JsonLines::Found::end) ++objects_;
  return found;
}

// Reads all; false when it has to be read again, with what is known by then.
bool LogReading::read_from(ByteStream& stream) {
  JsonLines lines(stream);
  if (wrapper_) lines.enter_array(wrapper_->begin());
  lines.object().know_columns(known_);
  const std::vector<HeadRow> head = read_head(lines, log_);
  objects_ = head.size();
  if (head.empty()) return true;
  require_columns(lines.object().columns(), head, log_.path);
  if (!look_for_columns(lines)) return false;
  lines.object().settle_columns();
  log_.available = lines.object().columns();
  ColumnIndexes present = columns_;
  builder_.drop_attributes(present.attributes);
  std::erase(present.attributes, no_column);
  log_.columns = mapping_of(present, log_.available);
  EventFields reader(present);
  add_head(head, log_.available.size(), reader, builder_);
  reserve_all(builder_, lines, stream.size_hint());
  return read_rows(lines, reader);
}

// What the first objects lack may be a member that first occurs late: then it is looked for in all
// of them.
bool LogReading::look_for_columns(JsonLines& lines) {
  const std::size_t known = lines.object().columns().size();
  std::exception_ptr failure;
  try {
    columns_ = find_columns(lines.object().columns(), options_, log_.path);
    return true;
  } catch (const std::runtime_error&) {
    failure = std::current_exception();
  }
  std::uint64_t late_line = 0;
  try {
    for (JsonLines::Found found = next(lines); found != JsonLines::Found::end;
         found = next(lines)) {
      const std::size_t now = lines.object().columns().size();
      if (now > JsonObject::max_columns) break;
      if (late_line == 0 && now > known) late_line = lines.line();
    }
  } catch (const Error&) {
    std::rethrow_exception(failure);
  }
  end(lines);
  if (late_line == 0) std::rethrow_exception(failure);
  known_ = lines.object().columns();
  find_columns(known_, options_, log_.path);
  if (stream_.from(0)) return false;
  throw Error(fmt::format(
      "'{}', line {}: members that the log needs first occur here, too late to be read from a pipe "
      "or a packed file; give it as a plain file in UTF-8",
      log_.path, late_line));
}

bool LogReading::read_rows(JsonLines& lines, EventFields& reader) {
  JsonObject& object = lines.object();
  std::size_t late = object.late_names().size();
  for (JsonLines::Found found = next(lines); found != JsonLines::Found::end; found = next(lines)) {
    if (found == JsonLines::Found::bad_line) {
      builder_.bad_row(lines.line(), std::string(lines.reason()));
      continue;
    }
    if (object.late_names().size() > late) {
      if (!takes_late(lines, late)) return false;
      late = object.late_names().size();
    }
    builder_.add(reader.event(object.fields()), lines.line());
  }
  end(lines);
  return true;
}

void LogReading::end(JsonLines& lines) {
  if (wrapper_) wrapper_->finish(lines, objects_);
}

// False when the log has to be read again for a late member. Where it cannot be, the member is
// noted.
bool LogReading::takes_late(const JsonLines& lines, std::size_t first) {
  const std::vector<std::string>& names = lines.object().late_names();
  for (std::size_t at = first; at < names.size(); ++at) {
    const std::string& name = names[at];
    if (find_invalid_utf8(name) || !may_be_found(name, options_) || !changes_columns(name))
      continue;
    if (stream_.from(0)) {
      known_ = log_.available;
      for (const std::string& each : names) {
        if (!find_invalid_utf8(each) && may_be_found(each, options_)) known_.push_back(each);
      }
      return false;
    }
    if (log_.quality.late_members.empty()) log_.quality.late_line = lines.line();
    log_.quality.late_members.push_back(name);
  }
  return true;
}

bool LogReading::changes_columns(const std::string& name) const {
  std::vector<std::string> names = log_.available;
  names.push_back(name);
  return find_columns(names, options_, log_.path) != columns_;
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  LogReading(stream, options, log, builder).run();
}

}  // namespace

constinit const LogFormat formats::jsonl{
    .name = "jsonl", .extensions = ".jsonl .ndjson .json", .sniff = sniff, .read = read};

}  // namespace gemba::inline eventlog
