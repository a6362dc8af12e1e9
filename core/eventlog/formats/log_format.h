#pragma once
#include <span>
#include <string_view>

#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

class LogBuilder;

/// A file format of event logs. Asked in the order of `formats.def`; the first whose `sniff` agrees
/// reads the log.
struct LogFormat {
  std::string_view name;
  std::string_view extensions;      ///< usual file name endings, for help texts
  bool takes_column_names = false;  ///< a file may lack the names, which options give then
  bool is_binary = false;           ///< a container: asked before all formats that are texts
  bool has_sheets = false;          ///< one of which may be named
  /// Whether a text that begins with `head` (without byte order mark) is of this format.
  bool (*sniff)(std::string_view head);
  /// Reads all of `stream` into `builder` and fills `columns` and `available` of `log`.
  void (*read)(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder);
};

namespace formats {
#define FORMAT(name) extern const LogFormat name;
#include "core/eventlog/formats/formats.def"
#undef FORMAT
}  // namespace formats

/// All formats.
std::span<const LogFormat* const> log_formats();

}  // namespace gemba::inline eventlog
