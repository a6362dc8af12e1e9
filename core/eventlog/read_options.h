#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/timings.h"
#include "core/eventlog/bytes/read_progress.h"
#include "core/model/config.h"

namespace gemba::inline eventlog {

/// How a log is read.
struct ReadOptions {
  LogConfig log;                          ///< how the log is written; without a time zone it is UTC
  std::vector<std::string> attributes;    ///< further columns to keep, by name
  std::size_t optional_from = SIZE_MAX;   ///< attributes from this position on may be missing
  std::vector<std::string> column_names;  ///< of a table without a header; empty: it has one
  /// The sheet of a workbook to read; no other log is read then. Empty: that of `log`, if any.
  std::string sheet;
  std::size_t threads = 0;           ///< at most so many; 0 stands for the processors there are
  Timings* timings = nullptr;        ///< where to note how long the stages take
  ReadProgress* progress = nullptr;  ///< where to note how far the file is read
};

/// `over` where it says something, else `under`: flags over the configuration.
LogConfig overlay(const LogConfig& over, const LogConfig& under);

}  // namespace gemba::inline eventlog
