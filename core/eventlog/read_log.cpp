#include "core/eventlog/read_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/bytes/decompress.h"
#include "core/eventlog/formats/log_format.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::size_t looked_at = std::size_t{64} << 10U;  // bytes that tell what a file is

// Where the first NUL byte of a text stands, which is a text but for few of them.
std::optional<std::size_t> find_stray_nul(std::string_view head) {
  const std::size_t first = head.find('\0');
  if (first == std::string_view::npos) return std::nullopt;
  const auto is_control = [](char c) {
    return c != '\0' && static_cast<unsigned char>(c) < 0x20 &&
           std::string_view("\t\n\v\f\r\x1A").find(c) == std::string_view::npos;
  };
  const auto nuls = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
  const bool is_text = head.substr(0, first).find('\n') != std::string_view::npos ||
                       (first > 0 && nuls < 1 + head.size() / 100);
  if (!is_text || std::any_of(head.begin(), head.end(), is_control)) return std::nullopt;
  return first;
}

// Names what users give us by mistake, or none.
std::string_view describe_foreign(std::string_view head) {
  if (sniff_compression(head) != Compression::none) return "packed twice; unpack it once";
  if (head.starts_with("%PDF-")) return "a PDF document; export the log as CSV or XES";
  if (head.starts_with("SQLite format 3")) {
    return "an SQLite database; if it is an object-centric log (OCEL 2.0), flatten it on one "
           "object "
           "type first; export the log as CSV or XES";
  }
  if (head.substr(0, looked_at).find('\0') != std::string_view::npos)
    return "a binary file; export the log as CSV or XES";
  return {};
}

// What is wrong with a text in no encoding that can be told.
[[noreturn]] void fail_encoding(const std::string& name, std::string_view head) {
  const std::string_view valid = head.substr(0, find_invalid_utf8(head).value_or(head.size()));
  throw Error(
      fmt::format("'{}', line {}: this is not UTF-8 text; name its encoding with --encoding, for "
                  "example windows-1252",
                  name, 1 + std::count(valid.begin(), valid.end(), '\n')));
}

std::string known_formats() {
  std::string list;
  for (const LogFormat* format : log_formats()) {
    add_item(list, fmt::format("{} ({})", format->name, format->extensions));
  }
  return list;
}

const LogFormat& format_of(ByteStream& stream) {
  const std::string_view head = stream.peek();
  if (head.empty()) throw Error(fmt::format("'{}' is empty; export the log again", stream.name()));
  const auto find = [&](bool is_binary) {
    const auto formats = log_formats();
    const auto found = std::find_if(formats.begin(), formats.end(), [&](const LogFormat* format) {
      return format->is_binary == is_binary && format->sniff(head);
    });
    return found == formats.end() ? nullptr : *found;
  };
  if (const LogFormat* format = find(true)) return *format;
  if (const auto nul = find_stray_nul(head.substr(0, looked_at))) {
    throw Error(fmt::format(
        "'{}', line {}: a NUL byte stands in the text; export the log again, or take such bytes "
        "out "
        "(tr -d '\\000')",
        stream.name(),
        1 + std::count(head.begin(), head.begin() + static_cast<std::ptrdiff_t>(*nul), '\n')));
  }
  const std::string_view foreign = describe_foreign(head);
  if (!foreign.empty()) throw Error(fmt::format("'{}' is {}", stream.name(), foreign));
  if (stream.encoding().empty()) fail_encoding(stream.name(), head);
  if (const LogFormat* format = find(false)) return *format;
  throw Error(
      fmt::format("'{}' is of no known log format; known are {}", stream.name(), known_formats()));
}

StreamOptions stream_options(const ReadOptions& options) {
  return {.encoding = options.log.encoding, .progress = options.progress};
}

// Which of day and month comes first may be decided far behind the rows that it refuses.
void describe_times(const ReadOptions& options, EventLog& log) {
  const std::string& wanted = options.log.time_format;
  TimeFormat format = parse_time_format(wanted.empty() ? "auto" : wanted);
  if (format.kind == TimeFormat::Kind::automatic && log.date_order != DateOrder::undecided) {
    format.kind = log.date_order == DateOrder::day_first ? TimeFormat::Kind::day_first
                                                         : TimeFormat::Kind::month_first;
  }
  const std::string words = describe(format);
  if (words.empty()) return;
  for (BadRow& row : log.quality.bad_examples) {
    if (row.kind == BadRow::Kind::not_a_timestamp) row.reason += fmt::format(" ({})", words);
  }
}

EventLog read_stream(ByteStream stream, const ReadOptions& options) {
  EventLog log;
  log.path = stream.name();
  log.encoding = stream.encoding();
  log.misfit = stream.misfit();
  LogBuilder builder(log, options);
  const LogFormat& format = format_of(stream);
  log.format = format.name;
  if (!options.column_names.empty() && !format.takes_column_names) {
    throw UsageError(
        fmt::format("'{}' is a log of format {}, which names its columns itself; leave "
                    "out --columns",
                    log.path, log.format));
  }
  if (!options.sheet.empty() && !format.has_sheets) {
    throw UsageError(
        fmt::format("'{}' is a log of format {}, which has no sheets; leave out "
                    "--sheet",
                    log.path, log.format));
  }
  timed(options.timings, "read rows", [&] { format.read(stream, options, log, builder); });
  timed(options.timings, "group by case", [&] { builder.finish(); });
  describe_times(options, log);
  if (log.quality.rows == 0) {
    throw Error(fmt::format("'{}' has no events; export the log again with its rows", log.path));
  }
  return log;
}

}  // namespace

std::span<const LogFormat* const> log_formats() {
  static constexpr const LogFormat* all[] = {
#define FORMAT(name) &formats::name,
#include "core/eventlog/formats/formats.def"
#undef FORMAT
  };
  return all;
}

EventLog read_log(const std::string& path, const ReadOptions& options) {
  return read_stream(ByteStream::open(path, stream_options(options)), options);
}

EventLog read_log_text(std::string_view bytes, std::string name, const ReadOptions& options) {
  return read_stream(ByteStream::of_text(bytes, std::move(name), stream_options(options)), options);
}

}  // namespace gemba::inline eventlog
