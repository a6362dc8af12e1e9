// Separated texts: rows are those of a plain reader, whatever the buffer and the way marks are
// found; logs are the same whatever the number of threads, and what is read holds together.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/eventlog/formats/csv/csv_rows.h"
#include "core/eventlog/query/log_statistics.h"
#include "core/eventlog/read_log.h"

namespace {

using namespace gemba;

void require(bool condition) {
  if (!condition) __builtin_trap();
}

using Rows = std::vector<std::vector<std::string>>;

/// One character after the other, by the rules that `CsvRows` promises. None for a quote that is
/// never closed.
struct PlainReader {
  std::string_view text;
  CsvDialect dialect;
  std::size_t at = 0;

  bool ends_field() const {
    return at == text.size() || text[at] == dialect.separator || text[at] == dialect.line_end;
  }

  bool take_field(std::string& field) {
    if (at < text.size() && text[at] == '"') {
      ++at;
      while (true) {
        if (at == text.size()) return false;
        if (text[at] == '"') {
          if (at + 1 == text.size() || text[at + 1] != '"') break;
          ++at;
        }
        field += text[at++];
      }
      ++at;
      // A carriage return that ends the line is no text, alone behind a quote.
      const std::size_t begin = at;
      while (!ends_field()) ++at;
      const std::string_view rest = text.substr(begin, at - begin);
      if (rest != "\r") field += rest;
      return true;
    }
    while (!ends_field()) field += text[at++];
    return true;
  }

  bool read(Rows& rows) {
    while (at < text.size()) {
      const std::size_t begin = at;
      std::vector<std::string> row;
      std::size_t last_begin = at;
      while (true) {
        last_begin = at;
        if (!take_field(row.emplace_back())) return false;
        if (at == text.size() || text[at] == dialect.line_end) break;
        ++at;
      }
      const bool quoted_last =
          text[last_begin == text.size() ? begin : last_begin] == '"' && last_begin < text.size();
      std::string& last = row.back();
      const bool returns = dialect.line_end == '\n' && at > last_begin && text[at - 1] == '\r';
      if (returns && last.ends_with('\r') && !(quoted_last && text[at - 2] == '"')) last.pop_back();
      at = at < text.size() ? at + 1 : at;
      if (row.size() == 1 && last.empty() && text[begin] != '"') continue;
      rows.push_back(std::move(row));
    }
    return true;
  }
};

bool read_rows(std::string_view text, CsvDialect dialect, std::size_t buffer, FindMarks find,
               Rows& rows) {
  ByteStream stream = ByteStream::of_text(text, "x", {.encoding = "utf-8"});
  CsvRows reader(stream, dialect, {.find_marks = find, .buffer_size = buffer});
  try {
    while (reader.next()) {
      const auto fields = reader.fields();
      rows.emplace_back(fields.begin(), fields.end());
    }
  } catch (const Error&) {
    return false;
  }
  return true;
}

/// What a log says, or why it cannot be read.
std::string summary(std::string_view text, std::size_t threads) {
  ReadOptions options;
  options.threads = threads;
  try {
    const EventLog log = read_log_text(text, "x", options);
    const LogStatistics found = statistics_of(log, {.threads = threads});
    require(log.quality.rows == static_cast<std::int64_t>(log.size()) + log.quality.bad_rows);
    require(log.first.back() == log.size());
    std::string shown = std::to_string(found.cases) + " " + std::to_string(found.events);
    std::int64_t edges = 0;
    for (const EdgeStatistics& edge : found.edges) edges += edge.count;
    require(edges == found.events - found.cases);
    for (std::size_t id = 0; id < log.case_count(); ++id) {
      const EventRange events = log.events_of(CaseId(id));
      shown += log.name(CaseId(id));
      for (std::uint32_t event = events.begin; event < events.end; ++event) {
        require(log.activity[event].index() < log.activities.size());
        if (log.has_times() && event > events.begin)
          require(log.time[event - 1] <= log.time[event]);
        shown += log.name(log.activity[event]);
      }
    }
    return shown;
  } catch (const Error& error) {
    return error.what();
  } catch (const UsageError& error) {
    return error.what();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // A stream leaves out a byte order mark and everything that is packed.
  const bool plain = !text.starts_with("\xEF\xBB\xBF") && !text.starts_with("\x1f\x8b") &&
                     !text.starts_with("\x28\xb5\x2f\xfd") && !text.starts_with("\xFF\xFE") &&
                     !text.starts_with("\xFE\xFF") && !text.starts_with("\x50\x2A\x4D\x18");
  if (plain && size < 4096) {
    const CsvDialect dialect = sniff_dialect(text);
    Rows expected;
    const bool good = PlainReader{text, dialect}.read(expected);
    for (const std::size_t buffer : {std::size_t{1}, std::size_t{16}, std::size_t{8192}}) {
      for (const FindMarks find : {find_marks_portable, best_find_marks()}) {
        Rows rows;
        require(read_rows(text, dialect, buffer, find, rows) == good);
        if (good) require(rows == expected);
      }
    }
  }
  require(summary(text, 1) == summary(text, 2));
  return 0;
}
