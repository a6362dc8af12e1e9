#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/eventlog/build/cleaning.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/build/table_header.h"
#include "core/eventlog/build/table_rows.h"
#include "core/eventlog/formats/csv/csv_rows.h"
#include "core/eventlog/formats/log_format.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

namespace {

bool sniff(std::string_view head) {
  return !head.empty() && head.front() != '<' && head.front() != '{';
}

// Excel may write its separator on a line before the header: `sep=;`.
bool next_header(CsvRows& rows) {
  if (!rows.next()) return false;
  const std::span<const std::string_view> fields = rows.fields();
  const bool names_separator = fields.size() == 2 && fields[0] == "sep=" && fields[1].empty();
  return !names_separator || rows.next();
}

void check_header(const CsvRows& rows, const EventLog& log) {
  if (rows.fields().size() > CsvRows::max_fields) {
    throw Error(fmt::format("'{}', line {}: the header has more than {} columns; is this a log?",
                            log.path, rows.line(), CsvRows::max_fields));
  }
  for (const std::string_view field : rows.fields()) {
    if (find_invalid_utf8(field)) {
      throw Error(
          fmt::format("'{}', line {}: the header is {}", log.path, rows.line(), log.misfit));
    }
  }
}

std::vector<std::string> read_header(CsvRows& rows, const ByteStream& stream,
                                     const ReadOptions& options, EventLog& log) {
  if (!next_header(rows)) {
    throw Error(
        fmt::format("'{}' has no header line; name the columns on its first line", log.path));
  }
  HeaderSearch search(options);
  do {
    check_header(rows, log);
    if (search.take(rows.fields())) {
      log.quality.lines_before_header = static_cast<std::int64_t>(rows.line()) - 1;
      return search.names();
    }
  } while (search.goes_on() && rows.next());
  if (stream.is_doubtful())
    throw Error(fmt::format("'{}', line 1: the header is {}", log.path, log.misfit));
  refuse_data_as_header(search.names(), "on its first line", log.path);
  return search.names();
}

// Once some rows are read, their length tells how many there will be.
void reserve_all(LogBuilder& builder, std::uint64_t bytes_read, std::uint64_t bytes) {
  const double bytes_per_row =
      static_cast<double>(bytes_read) / static_cast<double>(builder.size());
  constexpr double margin = 1.05;
  builder.reserve(static_cast<std::size_t>(static_cast<double>(bytes) / bytes_per_row * margin));
}

bool is_blank(std::span<const std::string_view> fields) {
  return std::all_of(fields.begin(), fields.end(),
                     [](std::string_view field) { return cut_blanks(field).empty(); });
}

// Looks for times in the rows behind the header, in the text that begins the file.
TimeColumns times_in(std::string_view head, const std::string& name, CsvDialect dialect,
                     std::uint64_t header_line, std::size_t width) {
  constexpr std::size_t most_rows = 200;
  TimeColumns times(width);
  // The last line may be cut.
  head = head.substr(0, head.rfind(dialect.line_end) + 1);
  ByteStream stream = ByteStream::of_text(head, name, {.encoding = "UTF-8"});
  CsvRows rows(stream, dialect);
  try {
    for (std::size_t count = 0; count < most_rows && rows.next(); ++count) {
      if (rows.line() > header_line) times.take(rows.fields());
    }
  } catch (const Error&) {
    // A quote that is closed behind the cut.
  }
  return times;
}

// Reads all rows up to the limit of `rows`, of which there are about `bytes`; 0 when that is not
// known.
void read_rows(CsvRows& rows, const ColumnIndexes& columns, std::size_t width, std::uint64_t bytes,
               LogBuilder& builder) {
  TableRows table(columns, builder);
  const std::uint64_t begin = rows.position();
  bool reserved = bytes == 0;
  for (CsvRows::Step step = rows.advance(); step != CsvRows::Step::end; step = rows.advance()) {
    if (step == CsvRows::Step::row) {
      const std::span<const std::string_view> fields = rows.fields();
      // A separator behind the last value says nothing, and neither do rows of nothing.
      const bool fits = fields.size() == width ||
                        (fields.size() > width && fields.size() <= CsvRows::max_fields &&
                         is_blank(fields.subspan(width)));
      if (fits && cut_blanks(fields.front()).empty() && is_blank(fields)) continue;
      if (fits) {
        table.take(fields.first(width), rows.line());
      } else {
        table.bad_row(rows.line(),
                      fmt::format("it has {} columns, the header has {}", fields.size(), width));
      }
      continue;
    }
    table.flush();
    if (!reserved && builder.size() > 0) {
      reserve_all(builder, rows.position() - begin, bytes);
      reserved = true;
    }
  }
  table.flush();
}

/// A part of a file that is read at the same time as the parts before it.
struct LaterPart {
  std::uint64_t offset;  ///< in the file, where `stream` begins
  ByteStream stream;
  CsvRows rows;
  LogBuilder builder;
  std::uint64_t begin;  ///< offset in the file where its first line begins
  bool failed = false;

  LaterPart(std::uint64_t at, ByteStream from, CsvDialect dialect, LogBuilder builds)
      : offset(at),
        stream(std::move(from)),
        rows(stream, dialect, {.in_the_middle = true}),
        builder(std::move(builds)),
        begin(at + rows.position()) {}
};

/// A file whose rows are read: the first part, and those that other threads read.
struct TableReading {
  CsvRows& rows;
  LogBuilder& builder;
  const ColumnIndexes& columns;
  std::size_t width;
  std::uint64_t size;  ///< of all rows in bytes, about; 0 when that is not known
  std::vector<std::unique_ptr<LaterPart>> later = {};

  void cut(const ByteStream& stream, CsvDialect dialect);
  void read_all();
  void join();
  void read_on(CsvRows& from, std::uint64_t first_line);
};

// Cuts the file into as many parts as there are threads, unless it is too short to be worth it, or
// cannot be read in several places.
void TableReading::cut(const ByteStream& stream, CsvDialect dialect) {
  constexpr std::uint64_t shortest = std::uint64_t{2} << 20U;
  const std::uint64_t count = std::min<std::uint64_t>(builder.threads(), size / shortest);
  for (std::uint64_t number = 1; number < count; ++number) {
    const std::uint64_t offset = rows.position() + share_begin(size, number, count);
    std::optional<ByteStream> from = stream.from(offset);
    if (!from) return;
    later.push_back(
        std::make_unique<LaterPart>(offset, *std::move(from), dialect, builder.next_part()));
  }
}

void TableReading::read_all() {
  for (std::size_t number = 0; number < later.size(); ++number) {
    const std::uint64_t end = later[number]->begin;
    if (number == 0) {
      rows.end_at(end);
    } else {
      later[number - 1]->rows.end_at(end - later[number - 1]->offset);
    }
  }
  const std::uint64_t bytes = size / (later.size() + 1);
  in_parallel(later.size() + 1, [&](std::size_t number) {
    // The first part has room for what may only be put behind it in the end.
    if (number == 0) return read_rows(rows, columns, width, size, builder);
    LaterPart& part = *later[number - 1];
    try {
      read_rows(part.rows, columns, width, bytes, part.builder);
    } catch (const std::exception&) {
      // It may have been read in vain; if not, the same is found again where it counts.
      part.failed = true;
    }
  });
}

// A cut may stand within quotes: then the part behind it was read in vain. That shows at the seam,
// where the part in front has to end exactly where the first line of the one behind begins.
void TableReading::join() {
  CsvRows* before = &rows;
  std::uint64_t offset = 0;
  std::uint64_t first_line = 1;
  for (const std::unique_ptr<LaterPart>& part : later) {
    const bool meets = offset + before->position() == part->begin && !part->failed;
    const std::uint64_t next_line = first_line + before->next_line() - 1;
    if (!meets || !builder.append(std::move(part->builder), next_line))
      return read_on(*before, first_line);
    before = &part->rows;
    offset = part->offset;
    first_line = next_line;
  }
}

void TableReading::read_on(CsvRows& from, std::uint64_t first_line) {
  LogBuilder rest = builder.next_part();
  from.end_at(UINT64_MAX);
  read_rows(from, columns, width, size, rest);
  builder.append(std::move(rest), first_line);
}

void read(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder) {
  const CsvDialect dialect = sniff_dialect(stream.peek());
  constexpr std::size_t sample_size = std::size_t{64} << 10U;
  const std::string head(stream.peek().substr(0, sample_size));
  CsvRows rows(stream, dialect);
  log.available =
      options.column_names.empty() ? read_header(rows, stream, options, log) : options.column_names;
  ColumnIndexes columns = find_columns(log.available, options, log.path);
  const std::uint64_t header_line = options.column_names.empty() ? rows.line() : 0;
  if (!columns.timestamp) {
    use_times_by_value(times_in(head, log.path, dialect, header_line, log.available.size()),
                       log.available, log.path, columns);
    log.quality.time_by_values = columns.timestamp.has_value();
  }
  builder.drop_attributes(columns.attributes);
  std::erase(columns.attributes, no_column);
  log.columns = mapping_of(columns, log.available);
  const std::uint64_t size = stream.size_hint() - std::min(rows.position(), stream.size_hint());
  TableReading reading{rows, builder, columns, log.available.size(), size};
  reading.cut(stream, dialect);
  reading.read_all();
  reading.join();
}

}  // namespace

constinit const LogFormat formats::csv{.name = "csv",
                                       .extensions = ".csv .tsv .txt",
                                       .takes_column_names = true,
                                       .sniff = sniff,
                                       .read = read};

}  // namespace gemba::inline eventlog
