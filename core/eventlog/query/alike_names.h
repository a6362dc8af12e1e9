#pragma once
#include <string_view>
#include <utility>
#include <vector>

#include "core/columns/string_pool.h"

namespace gemba::inline eventlog {

/// Pairs of names that differ in case or width of letters only (`Close`, `close`, `ＣＬＯＳＥ`), by
/// first appearance; the first few.
std::vector<std::pair<std::string_view, std::string_view>> alike_names(const StringPool& names);

}  // namespace gemba::inline eventlog
