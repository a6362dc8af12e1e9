#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/columns/large_vector.h"
#include "core/columns/string_pool.h"
#include "core/time/duration.h"
#include "core/time/timestamp.h"

namespace gemba::inline eventlog {

/// Stands for a time that is not known.
inline constexpr Micros no_time = std::numeric_limits<Micros>::min();

/// How the names of attributes of XES traces begin, among those of events.
inline constexpr std::string_view trace_prefix = "case:";

/// Stands for a resource that is not known.
inline constexpr ResourceId no_resource{StringPool::none};

/// Transitions of the standard lifecycle model (XES 2.0, IEEE 1849-2016, section 7.2), read without
/// regard to case.
enum class Transition : std::uint8_t {
  none,  ///< the event names no transition
  schedule,
  assign,
  start,
  suspend,
  resume,
  complete,
  other
};

/// Which column (CSV) or attribute (XES) each part of an event was read from; empty when the log
/// has none.
struct ColumnMapping {
  std::vector<std::string> case_columns;  ///< several are joined to one case id
  std::string activity, timestamp, start, resource, lifecycle, instance;
};

/// A row (of a table) or event (XES) that could not be read.
struct BadRow {
  /// What is wrong with it, where that matters later.
  enum class Kind : std::uint8_t {
    other,
    not_a_timestamp  ///< a time of it is none; how times are read is known when the file ends
  };

  /// 1-based line of the (decompressed) file where the row begins; in a sheet, the row's number.
  std::uint64_t line = 0;
  std::string reason;
  Kind kind = Kind::other;
};

/// A word that a log has where others belong, and how often.
struct StrangeWord {
  std::string word;
  std::int64_t count = 0;
};

/// What is remarkable about how a log was written.
struct LogQuality {
  std::int64_t rows = 0;                 ///< rows or events seen, good and bad
  std::int64_t lines_before_header = 0;  ///< titles, empty lines and the like in front of it
  std::int64_t bad_rows = 0;             ///< left out; the caller decides whether that is a failure
  std::vector<BadRow> bad_examples;      ///< the first bad rows, at most `max_examples`
  std::int64_t missing_resources =
      0;  ///< good rows without a resource, in a log that has resources
  std::int64_t missing_starts =
      0;                        ///< good rows without a start time, in a log that has start times
  bool time_by_values = false;  ///< no column is called like the time: its values told it
  std::int64_t bad_starts = 0;  ///< start times that cannot be read: left out
  BadRow first_bad_start;       ///< the first of them
  std::int64_t open_rows = 0;   ///< good rows with a start and no end: work that goes on
  std::int64_t cut_values = 0;  ///< ids, names and values that had blanks at their ends
  std::int64_t missing_words = 0;  ///< values such as `NULL` that stand for a missing one
  std::string first_missing_word;  ///< the first of them
  std::vector<StrangeWord> strange_transitions;  ///< lifecycle words that are none
  bool newest_first = false;  ///< the file runs backwards: equal times were turned round
  std::int64_t times_with_offset = 0;
  std::int64_t times_without_offset = 0;  ///< read in the time zone of the options
  std::int64_t skipped_times = 0;         ///< local times that the zone's clocks never showed
  std::int64_t repeated_times = 0;        ///< local times that they showed twice
  std::int64_t steps_back = 0;       ///< rows with an earlier time than the row before in the file
  std::int64_t unnamed_cases = 0;    ///< XES traces without a name, each a case of its own
  std::int64_t empty_traces = 0;     ///< XES traces without an event: they are no cases
  std::int64_t named_traces = 0;     ///< XES traces with a name and an event
  std::int64_t repeated_traces = 0;  ///< those of them that have the name of one before
  std::vector<std::string> late_members;  ///< columns of JSON that were met too late to be read
  std::uint64_t late_line = 0;            ///< where the first of them stands
  std::int64_t starts_after_end = 0;      ///< rows whose start time is later than their end time
  std::int64_t cases_out_of_order = 0;    ///< cases not in order of time in the file

  static constexpr std::size_t max_examples = 10;
};

/// Rows that are earlier than the row before, in a file whose rows are in order of time but for few
/// (at most one in a hundred): there the clock was put back, or times are wrong. None in a file in
/// another order.
std::optional<std::int64_t> clock_jumps(const LogQuality& quality);

/// A further column that was asked for, as text: one number into `values` per event,
/// `StringPool::none` where empty.
struct AttributeColumn {
  std::string name;
  StringPool values = {};
  LargeVector<std::uint32_t> number_of_event = {};
  std::vector<std::uint64_t> first_lines = {};  ///< by number of a value: where it stands first

  /// Number of a text of a row that begins on `line`; `StringPool::none` where it is empty.
  std::uint32_t intern(std::string_view text, std::uint64_t line) {
    if (text.empty()) return StringPool::none;
    const std::uint32_t number = values.intern(text);
    if (number == first_lines.size()) first_lines.push_back(line);
    return number;
  }
};

/// What was made of a log after it was read.
struct LogChanges {
  std::string condition;          ///< only what it holds for was kept; empty: everything
  bool by_case = false;           ///< the condition speaks of cases as a whole
  std::int64_t cases_before = 0;  ///< what there was without the condition
  std::int64_t events_before = 0;
  std::vector<std::string> unread;   ///< values that the condition compares with numbers, and are
                                     ///< none: what is not known of them, each a sentence
  std::string activity_map;          ///< file that activities were renamed by; empty: none
  std::int64_t events_left_out = 0;  ///< of activities that it leaves out
  std::vector<std::string> unused_names;  ///< of the file, of which the log has no activity
};

/// A stretch of events: indices into the columns of a log from `begin` up to `end`.
struct EventRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::size_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
};

/// An event log as columns: the same index in each of them is one event. The events of a case stand
/// together, in order of time; events with equal times, and all events of a log without times, keep
/// the order of the file. Every id is good. Optional columns are empty when the log does not have
/// them.
struct EventLog {
  std::string path;    ///< as the user gave it; `-` for standard input
  std::string format;  ///< name of the format it was read as: `csv`, `jsonl`, `xes`, `xlsx`
  std::string sheet;   ///< the sheet of a workbook that it was read from; else empty
  std::vector<std::string> other_sheets;  ///< further sheets of it that look like logs
  std::string encoding;                   ///< of the file: `UTF-8`, `GB18030`
  std::string misfit;  ///< what is wrong with a text in another one: `ByteStream::misfit`
  ColumnMapping columns;
  std::vector<std::string>
      available;         ///< names of all columns (CSV, JSON) or event attributes seen (XES)
  std::string timezone;  ///< zone of times without an offset: `UTC`, `Asia/Shanghai`
  DateOrder date_order = DateOrder::undecided;  ///< how dates such as 1/5/2026 were read, if any

  TextList cases;
  StringPool activities, resources, instance_names;

  /// By CaseId: where its events begin; one more at the end.
  std::vector<std::uint32_t> first = {0};

  LargeVector<ActivityId> activity;
  LargeVector<Micros> time;   ///< end of the activity, or its one time; empty without times
  LargeVector<Micros> start;  ///< start of the activity, or `no_time`; empty without start times
  LargeVector<ResourceId> resource;     ///< or `no_resource`; empty without resources
  LargeVector<Transition> transition;   ///< empty without lifecycle transitions
  LargeVector<std::uint32_t> instance;  ///< number in `instance_names`, or `StringPool::none`
  /// Those of `ReadOptions::attributes`, in that order; a table lacks the optional ones that it has
  /// no column for.
  std::vector<AttributeColumn> attributes;

  LogQuality quality;
  LogChanges changes;

  std::size_t size() const { return activity.size(); }
  std::size_t case_count() const { return first.size() - 1; }
  EventRange events_of(CaseId id) const { return {first[id.index()], first[id.index() + 1]}; }
  bool has_times() const { return !time.empty(); }
  bool has_starts() const { return !start.empty(); }
  bool has_resources() const { return !resource.empty(); }
  bool has_lifecycle() const { return !transition.empty(); }
  std::string_view name(CaseId id) const { return cases[id.value]; }
  std::string_view name(ActivityId id) const { return activities[id.value]; }
  std::string_view name(ResourceId id) const { return resources[id.value]; }
};

}  // namespace gemba::inline eventlog
