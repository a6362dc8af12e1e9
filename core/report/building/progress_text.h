#pragma once
#include <string>
#include <string_view>

#include "core/eventlog/bytes/read_progress.h"

namespace gemba::inline report {

/// How far a log is read after some seconds, in at most `width` columns:
/// `log.csv: 412 MiB of 1.3 GiB, 206 MiB/s, 5s left`. Without a total there is no time left; once
/// all is taken, its cases are being put together.
std::string progress_text(std::string_view name, const ReadProgress& progress, double seconds,
                          std::size_t width);

}  // namespace gemba::inline report
