#pragma once
#include <cstdint>

#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/formats/xes/xes_scanner.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// Who reads the XML of a log. The log is the same, and so is every error.
enum class XesFrontEnd : std::uint8_t {
  scanner,  ///< the scanner, and expat from where it declines
  expat     ///< expat alone
};

/// How a document is taken; the log is the same whatever this says.
struct XesSettings {
  XesFrontEnd front_end = XesFrontEnd::scanner;
  std::size_t block = XesScanner::usual_block;  ///< bytes that the scanner takes at a time
  /// A file is not cut into parts for several threads that have fewer bytes than this.
  std::uint64_t shortest_part = std::uint64_t{1} << 20U;
};

/// Reads all of `stream`, XES 1.0 or 2.0 (IEEE 1849-2016) in UTF-8 whatever it declares, into
/// `builder`, and fills `columns` and `available` of `log`. Throws `Error` with the line for what
/// is no log, `UsageError` for a named attribute that no event has.
void read_xes(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder,
              const XesSettings& settings = {});

}  // namespace gemba::inline eventlog
