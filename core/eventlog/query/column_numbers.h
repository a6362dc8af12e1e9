#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/columns/written_number.h"
#include "core/conditions/expression.h"
#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

/// The values of an attribute as numbers, each read once, as the whole column writes them
/// (`written_number`).
class ColumnNumbers {
 public:
  explicit ColumnNumbers(const AttributeColumn& attribute);

  /// The number that a value is (its number in the column's pool); none for any other text and for
  /// `StringPool::none`.
  std::optional<double> operator[](std::uint32_t value) const {
    return value == StringPool::none ? std::nullopt : numbers_[value];
  }

  /// A value for a condition: the text with its number, nothing for `StringPool::none`.
  ExprValue value_of(std::uint32_t value) const;

 private:
  const AttributeColumn& attribute_;
  std::vector<std::optional<double>> numbers_;  ///< by number in the pool
};

/// Values of a column that were asked to be numbers and are none.
struct UnreadNumbers {
  std::string column;
  std::int64_t events = 0;
  std::int64_t cases = 0;  ///< in which there is such an event
  std::string example;     ///< the first such value
  std::uint64_t line = 0;  ///< where it stands first; 0 where that is not known
};

/// None where every value of the column, one of the log's, is a number, or missing.
std::optional<UnreadNumbers> unread_numbers(const EventLog& log, const AttributeColumn& attribute);

/// `'¥ --' (line 17)`.
std::string example_of(const UnreadNumbers& unread);

}  // namespace gemba::inline eventlog
