#pragma once
#include <string>
#include <vector>

#include "core/eventlog/formats/xlsx/archive.h"
#include "core/eventlog/formats/xlsx/number_format.h"
#include "core/eventlog/formats/xlsx/shared_strings.h"

namespace gemba::inline eventlog {

/// A worksheet of a workbook (ECMA-376 Part 1, 18.2.19).
struct Sheet {
  std::string name;
  std::string part;
  bool is_visible = true;
};

/// What the sheets of a workbook have in common.
struct Workbook {
  std::vector<Sheet> sheets;  ///< those with cells, in the order of their tabs
  bool since_1904 = false;    ///< days count from 1904-01-01 (18.2.28, `date1904`)
  std::vector<NumberFormat> formats;
  SharedStrings strings;
};

/// Reads all of a workbook but its sheets. Throws `Error` for what is no workbook of Office Open
/// XML, and says what it is; for parts that are missing or damaged.
Workbook read_workbook(const Archive& archive);

}  // namespace gemba::inline eventlog
