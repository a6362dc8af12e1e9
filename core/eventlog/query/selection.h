#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/conditions/expression.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/query/column_numbers.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// Whether an attribute has one value (or none) per case, and so says something about cases.
bool is_case_level(const EventLog& log, const AttributeColumn& attribute);

/// The first number among the values that an attribute has in a stretch of events.
std::optional<double> first_number(const AttributeColumn& attribute, const ColumnNumbers& numbers,
                                   EventRange events);

/// The log with some of its events (indices in rising order) and the cases that they belong to.
/// What is known about how the file was written stays as it is.
EventLog select_events(const EventLog& log, std::span<const std::uint32_t> events);

/// The events that a condition holds for.
struct Matches {
  std::vector<std::uint32_t> events;  ///< in rising order
  bool by_case = false;               ///< the condition speaks of cases only: they match as a whole
  std::vector<UnreadNumbers> unread;  ///< what is compared with a number, and is none: taken to be
                                      ///< missing
};

/// Finds the events for which a condition over attributes of the log (`ReadOptions::attributes` has
/// all its names) holds; where a value is missing that matters, it does not. What stands beside a
/// number is read as one, as people write numbers.
Matches find_matches(const EventLog& log, const Expr& condition);

/// The events that share a value of an attribute.
struct EventGroup {
  std::optional<std::string_view> value;  ///< none for the events without a value
  std::vector<std::uint32_t> events;      ///< in rising order
};

/// Splits the events of a log by an attribute: the largest group first, equal ones by value; the
/// events without a value last.
std::vector<EventGroup> group_events(const EventLog& log, const AttributeColumn& attribute);

}  // namespace gemba::inline eventlog
