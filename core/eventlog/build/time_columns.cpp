#include "core/eventlog/build/time_columns.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/eventlog/build/cleaning.h"
#include "core/time/timestamp.h"

namespace gemba::inline eventlog {

void TimeColumns::take(std::span<const std::string_view> fields) {
  TimestampReader reader;
  for (std::size_t column = 0; column < std::min(fields.size(), filled_.size()); ++column) {
    const std::string_view text = cut_blanks(fields[column]);
    if (text.empty()) continue;
    ++filled_[column];
    // A number may be a moment, and mostly is anything else.
    if (!number_in(text) && reader.read(text)) ++times_[column];
  }
}

std::vector<std::size_t> TimeColumns::found() const {
  constexpr double nearly_all = 0.9;
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < filled_.size(); ++column) {
    const auto filled = static_cast<double>(filled_[column]);
    if (filled > 0 && static_cast<double>(times_[column]) >= nearly_all * filled)
      columns.push_back(column);
  }
  return columns;
}

}  // namespace gemba::inline eventlog
