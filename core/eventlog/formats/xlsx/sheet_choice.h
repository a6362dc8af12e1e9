#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/eventlog/formats/xlsx/sheet_rows.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// The sheet that is read.
struct SheetChoice {
  const Sheet* sheet = nullptr;
  std::vector<std::string> columns = {};  ///< the names in its header, or those of the options
  std::uint64_t header_row = 0;           ///< 0 where the options name the columns
  std::vector<std::string> others = {};   ///< further sheets that look like logs
};

/// Chooses the sheet that the options name, else the first visible one whose header names a case,
/// an activity and a time, else the first whose header names a case and an activity. Throws
/// `UsageError` for a sheet that does not exist, and where columns are named for one of several
/// sheets; `Error` where there is no header.
SheetChoice choose_sheet(const Archive& archive, const Workbook& book, const ReadOptions& options);

}  // namespace gemba::inline eventlog
