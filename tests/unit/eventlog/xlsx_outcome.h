#pragma once
#include <string>
#include <string_view>

#include "core/eventlog/formats/xlsx/xlsx.h"
#include "tests/unit/eventlog/xes_outcome.h"

namespace gemba {

/// What becomes of a workbook: the whole log, or the error.
inline std::string xlsx_outcome(std::string_view bytes, const XlsxSettings& settings,
                                const ReadOptions& options = {}) {
  try {
    EventLog log;
    log.path = "x.xlsx";
    LogBuilder builder(log, options);
    ByteStream stream = ByteStream::of_text(bytes, log.path, stream_options_for(bytes));
    read_xlsx(stream, options, log, builder, settings);
    builder.finish();
    return log.sheet + "\n" + whole_log(log);
  } catch (const std::runtime_error& error) {
    return fmt::format("error: {}", error.what());
  }
}

}  // namespace gemba
