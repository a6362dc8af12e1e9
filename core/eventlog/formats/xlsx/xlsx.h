#pragma once
#include <cstddef>

#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// How the XML of a sheet is taken; the log is the same whatever this says, and so is every error.
struct XlsxSettings {
  bool scans = true;  ///< rows as nearly all writers have them are read by `SheetScanner`
  std::size_t window = std::size_t{1} << 20U;  ///< bytes that are looked at at a time
};

/// Reads a sheet of a workbook (ECMA-376 = ISO/IEC 29500, transitional or strict) into `builder`
/// and fills `columns`, `available` and `sheet` of `log`. Throws `Error` for what is no workbook or
/// is damaged, `UsageError` for a sheet that does not exist.
void read_xlsx(ByteStream& stream, const ReadOptions& options, EventLog& log, LogBuilder& builder,
               const XlsxSettings& settings = {});

}  // namespace gemba::inline eventlog
