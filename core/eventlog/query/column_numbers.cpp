#include "core/eventlog/query/column_numbers.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace gemba::inline eventlog {

ColumnNumbers::ColumnNumbers(const AttributeColumn& attribute) : attribute_(attribute) {
  const DecimalMark mark = decimal_mark_of(attribute.values);
  numbers_.reserve(attribute.values.size());
  for (std::uint32_t value = 0; value < attribute.values.size(); ++value)
    numbers_.push_back(written_number(attribute.values[value], mark));
}

ExprValue ColumnNumbers::value_of(std::uint32_t value) const {
  if (value == StringPool::none) return std::monostate();
  return LoggedValue{std::string(attribute_.values[value]), numbers_[value]};
}

std::optional<UnreadNumbers> unread_numbers(const EventLog& log, const AttributeColumn& attribute) {
  const ColumnNumbers numbers(attribute);
  UnreadNumbers unread;
  unread.column = attribute.name;
  std::uint32_t first = StringPool::none;
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    const EventRange events = log.events_of(CaseId(id));
    const std::int64_t before = unread.events;
    for (std::uint32_t event = events.begin; event < events.end; ++event) {
      const std::uint32_t value = attribute.number_of_event[event];
      if (value == StringPool::none || numbers[value]) continue;
      ++unread.events;
      first = std::min(first, value);
    }
    if (unread.events > before) ++unread.cases;
  }
  if (unread.events == 0) return std::nullopt;
  unread.example = attribute.values[first];
  if (first < attribute.first_lines.size()) unread.line = attribute.first_lines[first];
  return unread;
}

std::string example_of(const UnreadNumbers& unread) {
  constexpr std::size_t widest = 40;
  const std::string text =
      fmt::format("'{}'", truncate_to_width(printable(unread.example), widest));
  return unread.line == 0 ? text : fmt::format("{} (line {})", text, unread.line);
}

}  // namespace gemba::inline eventlog
