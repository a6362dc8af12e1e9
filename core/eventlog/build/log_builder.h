#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/build/cleaning.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_part.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/read_options.h"
#include "core/time/timestamp.h"

namespace gemba::inline eventlog {

/// The texts of one event as a format found them; empty where there is none.
struct RawEvent {
  std::string_view case_id, activity, timestamp, start, resource, lifecycle, instance;
  std::span<const std::string_view> attributes;  ///< those of `EventLog::attributes`
};

/// The texts of some events, part by part. A format that can give many at once is read faster: what
/// is looked up is asked of memory before it is needed.
struct EventBatch {
  static constexpr std::size_t capacity = 64;
  using Texts = std::array<std::string_view, capacity>;

  std::size_t size = 0;
  std::array<std::uint64_t, capacity> line{};
  Texts case_id, activity, timestamp, start, resource, lifecycle, instance;
  std::vector<Texts> attributes;  ///< those of `EventLog::attributes`

  RawEvent event(std::size_t index, std::vector<std::string_view>& attribute_texts) const;
};

/// Puts events into columns, the same way whatever the format they come from.
class LogBuilder {
 public:
  /// `log` must outlive the builder. Throws `UsageError` for an unknown time zone.
  LogBuilder(EventLog& log, const ReadOptions& options);

  /// Leaves out the attributes that have no column (`no_column`, as `ColumnIndexes` has them).
  /// Before any event is added.
  void drop_attributes(const std::vector<std::size_t>& columns);

  /// Forgets all events, to read the log once more. The attributes are again those of `options`.
  void restart(const ReadOptions& options);

  /// A builder for a later part of the same log, to be joined by `append`.
  LogBuilder next_part() const;

  /// Makes room for about so many events.
  void reserve(std::size_t events);

  /// Adds the event of a row that begins on `line`, or counts it as bad.
  void add(const RawEvent& event, std::uint64_t line);

  /// Adds the events of a batch, or counts them as bad. Blanks at the ends of its texts are cut
  /// off.
  void add(EventBatch& batch);

  /// Adds an event of a case that is named later (`name_case`); its `case_id` is not looked at.
  /// False when it is bad.
  bool add_to_unnamed_case(const RawEvent& event, std::uint64_t line);

  /// Gives the events from index `first` on to a case: a case of its own when `name` is empty.
  void name_case(std::size_t first, std::string_view name);

  /// Gives the events from index `first` on the same text of an attribute (an index into
  /// `ReadOptions::attributes`), which stands on `line`, or on no line that is known (0).
  void fill_attribute(std::size_t first, std::size_t index, std::string_view text,
                      std::uint64_t line);

  /// Counts a case without any row.
  void empty_case() { ++part_.quality.empty_traces; }

  /// Counts a row that could not be read.
  void bad_row(std::uint64_t line, std::string reason, BadRow::Kind kind = BadRow::Kind::other);

  /// Joins the part that follows in the file, read by another builder from `first_line` of it on.
  /// False, and nothing changes, when it was read on other terms than it would have been behind
  /// this part: with day and month the other way round.
  bool append(LogBuilder&& next, std::uint64_t first_line);

  /// Ends the log: rows without a time are bad in a log that has times. Call once, after the last
  /// event and with the columns of the log filled in. Throws `Error` for a log that has start times
  /// only.
  void finish();

  /// So many threads may read parts at the same time.
  std::size_t threads() const { return threads_; }

  /// No log has more activities; `add` and `finish` throw `Error` for one that seems to.
  static constexpr std::size_t most_activities = 65'536;

  /// Events added by this builder itself.
  std::size_t size() const { return part_.size(); }

 private:
  /// Times of an event; `no_time` where there is none.
  struct Times {
    Micros end = no_time;
    Micros start = no_time;
    Micros end_day_first = no_moment;  ///< where day and month may be either way round
    Micros start_day_first = no_moment;
    std::uint8_t with_offset = 0;
    std::uint8_t without_offset = 0;
    bool open = false;  ///< `end` is the start, and there is no end

    bool is_unusual() const {
      return end == no_time || end_day_first != no_moment || start_day_first != no_moment;
    }
  };

  struct Names {
    std::uint32_t activity = StringPool::none;
    std::uint32_t resource = StringPool::none;
    std::uint32_t instance = StringPool::none;
  };

  struct PlainRows;

  LogBuilder(EventLog& log, std::size_t threads, const TimestampReader& timestamps,
             const MissingWords& missing)
      : log_(log), threads_(threads), timestamps_(timestamps), missing_(missing) {}

  void clean(std::string_view& text);
  void clean_value(std::string_view& text);
  void clean_times(std::string_view& end, std::string_view& start);
  void drop_missing(std::string_view& text);
  RawEvent cleaned(const RawEvent& event);
  void clean(EventBatch& batch);
  void add_clean(const RawEvent& event, std::uint64_t line);
  bool add_clean_to_unnamed_case(const RawEvent& event, std::uint64_t line);
  Transition transition_of(std::string_view word);

  bool add_plain(const EventBatch& batch, std::size_t index, const StringPool::Key& key,
                 PlainRows& rows);
  void put(PlainRows& rows);
  void put(std::uint32_t case_number, const Names& names, const Times& times, Transition transition,
           std::uint64_t line);
  void note_unusual(const Times& times, std::size_t row, std::uint64_t line);
  void bad_case(std::string_view text, std::uint64_t line);
  bool look_up_names(const RawEvent& event, std::uint64_t line, Names& names);
  bool bad_time(std::string_view text, std::uint64_t line);
  bool read_times(std::string_view end, std::string_view start, std::uint64_t line, Times& times);
  bool read_time(std::string_view text, std::uint64_t line, Micros& time, Micros& day_first,
                 Times& times);
  void refuse_more_activities(std::size_t count) const;
  void refuse_shortened_cases() const;
  void settle_dates(LogPart& part) const;
  void close_part();
  void finish_parts(std::vector<LogPart>& parts) const;

  EventLog& log_;
  LogPart part_;
  std::vector<LogPart> later_;  ///< parts that follow `part_`
  std::size_t threads_;
  TimestampReader timestamps_;
  MissingWords missing_;
  std::vector<std::string_view> attribute_texts_;  ///< of an event that is cleaned
};

}  // namespace gemba::inline eventlog
