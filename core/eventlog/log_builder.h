#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/eventlog/event_log.h"

namespace gemba {

/// What to do about a file that is not UTF-8 text.
inline constexpr std::string_view utf8_advice =
    "convert the file, for example with iconv -f GB18030 -t UTF-8";

/// The texts of one event as a format found them; empty where there is none.
struct RawEvent {
  std::string_view case_id, activity, timestamp, start, resource, lifecycle, instance;
  std::span<const std::string_view> attributes;  ///< those of `ReadOptions::attributes`
};

/// Puts events into the columns of a log, the same way whatever the format they come from.
class LogBuilder {
 public:
  /// `log` must outlive the builder. Throws `UsageError` for an unknown time zone.
  LogBuilder(EventLog& log, const ReadOptions& options);

  /// Makes room for about so many events.
  void reserve(std::size_t events);

  /// Adds the event of a row that begins on `line`, or counts it as bad.
  void add(const RawEvent& event, std::uint64_t line);

  /// Adds an event of a case that is named later (`name_case`); its `case_id` is not looked at.
  /// False when it is bad.
  bool add_to_unnamed_case(const RawEvent& event, std::uint64_t line);

  /// Gives the events from index `first` on to a case: a case of its own when `name` is empty.
  void name_case(std::size_t first, std::string_view name);

  /// Gives the events from index `first` on the same text of an attribute (an index into
  /// `ReadOptions::attributes`).
  void fill_attribute(std::size_t first, std::size_t index, std::string_view text);

  /// Counts a row that could not be read.
  void bad_row(std::uint64_t line, std::string reason);

  /// Ends the log: rows without a time are bad in a log that has times. Call once, after the last
  /// event and with the columns of the log filled in. Throws `Error` for a log that has start times
  /// only.
  void finish();

  std::size_t size() const { return log_.size(); }

 private:
  struct Times {
    Micros end = no_time;
    Micros start = no_time;
  };

  struct Names {
    std::uint32_t activity = StringPool::none;
    std::uint32_t resource = StringPool::none;
    std::uint32_t instance = StringPool::none;
  };

  bool look_up_names(const RawEvent& event, std::uint64_t line, Names& names);
  bool read_times(const RawEvent& event, std::uint64_t line, Times& times);
  bool read_time(std::string_view text, std::uint64_t line, Micros& time);
  void note_times(const Times& times, std::uint64_t line);
  CaseId intern_case(std::string_view name);
  void drop_events_without_time();

  EventLog& log_;
  TimestampReader timestamps_;
  std::string last_case_name_;
  CaseId last_case_;
  std::vector<std::uint64_t> timeless_lines_;  ///< of the first events without a time
  std::size_t timeless_count_ = 0;
};

}  // namespace gemba
