#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace gemba::inline eventlog {

/// Tells which columns of a table hold times, by the values of some of its rows.
class TimeColumns {
 public:
  explicit TimeColumns(std::size_t width) : filled_(width, 0), times_(width, 0) {}

  void take(std::span<const std::string_view> fields);

  /// Columns of whose values nearly all are times and no bare numbers, in their order.
  std::vector<std::size_t> found() const;

 private:
  std::vector<std::int64_t> filled_, times_;  ///< values by column
};

}  // namespace gemba::inline eventlog
