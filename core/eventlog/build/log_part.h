#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/columns/large_vector.h"
#include "core/columns/string_pool.h"
#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

/// A time that was read month first, and what it is if the day comes first.
struct DateChoice {
  std::uint32_t event;
  bool is_start;  ///< else it is the event's one time, or end
  Micros day_first;
};

/// The events of a contiguous part of a file as columns, in the order of the file. Numbers are
/// positions in the pools of the part. Optional columns are empty when the part does not have them.
struct LogPart {
  StringPool cases, activities, resources, instance_names;

  LargeVector<std::uint32_t> case_number;
  LargeVector<ActivityId> activity;
  LargeVector<Micros> time;
  LargeVector<Micros> start;
  LargeVector<ResourceId> resource;  ///< or `no_resource`
  LargeVector<Transition> transition;
  LargeVector<std::uint32_t> instance;  ///< or `StringPool::none`
  std::vector<AttributeColumn> attributes;

  LogQuality quality;
  std::vector<DateChoice> choices;            ///< times that no date has decided yet
  BadRow first_choice;                        ///< line and text of the first of them
  std::size_t timeless = 0;                   ///< events without a time
  std::vector<std::uint64_t> timeless_lines;  ///< of the first of them

  std::size_t size() const { return case_number.size(); }
};

/// What the `number`-th case that its log does not name is called.
inline std::string unnamed_case(std::int64_t number) {
  return "(unnamed " + std::to_string(number) + ")";
}

/// Leaves out the events without a time and what only they name, and counts them as bad rows. To be
/// called for a log that has times at all.
void drop_timeless_events(LogPart& part);

/// Puts the parts of a file, which follow each other in it, together: names are numbered in order
/// of first appearance, events are grouped by case and put in order of time (ties keep the order of
/// the file). Fills the columns, pools and counts of `log`; the result does not depend on how the
/// file was cut into parts or on `threads`.
void assemble(std::vector<LogPart>&& parts, std::size_t threads, EventLog& log);

}  // namespace gemba::inline eventlog
