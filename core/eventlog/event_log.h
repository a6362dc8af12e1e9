#pragma once
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/duration.h"
#include "core/base/ids.h"
#include "core/base/string_pool.h"
#include "core/model/config.h"

namespace gemba {

/// Stands for a time that is not known.
inline constexpr Micros no_time = std::numeric_limits<Micros>::min();

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

/// A row (CSV) or event (XES) that could not be read.
struct BadRow {
  std::uint64_t line = 0;  ///< 1-based line of the (decompressed) file where the row begins
  std::string reason;
};

/// What is remarkable about how a log was written.
struct LogQuality {
  std::int64_t rows = 0;             ///< rows or events seen, good and bad
  std::int64_t bad_rows = 0;         ///< left out; the caller decides whether that is a failure
  std::vector<BadRow> bad_examples;  ///< the first bad rows, at most `max_examples`
  std::int64_t missing_resources =
      0;  ///< good rows without a resource, in a log that has resources
  std::int64_t missing_starts =
      0;  ///< good rows without a start time, in a log that has start times
  std::int64_t times_with_offset = 0;
  std::int64_t times_without_offset = 0;  ///< read in the time zone of the options
  std::int64_t unnamed_cases = 0;         ///< XES traces without a name, each a case of its own
  std::int64_t empty_traces = 0;          ///< XES traces without an event: they are no cases
  std::int64_t starts_after_end = 0;      ///< rows whose start time is later than their end time

  static constexpr std::size_t max_examples = 10;
};

/// A further column that was asked for, as text: one number into `values` per event,
/// `StringPool::none` where empty.
struct AttributeColumn {
  std::string name;
  StringPool values;
  std::vector<std::uint32_t> number_of_event;
};

/// An event log as columns: the same index in each of them is one event, in the order of the file.
/// Every id is good. Optional columns are empty when the log does not have them.
struct EventLog {
  std::string path;    ///< as the user gave it; `-` for standard input
  std::string format;  ///< name of the format it was read as: `csv`, `jsonl`, `xes`
  ColumnMapping columns;
  std::vector<std::string>
      available;         ///< names of all columns (CSV, JSON) or event attributes seen (XES)
  std::string timezone;  ///< zone of times without an offset: `UTC`, `Asia/Shanghai`

  StringPool cases, activities, resources, instance_names;

  std::vector<CaseId> case_of_event;
  std::vector<ActivityId> activity;
  std::vector<Micros> time;   ///< end of the activity, or the event's one time; empty without times
  std::vector<Micros> start;  ///< start of the activity, or `no_time`; empty without start times
  std::vector<ResourceId> resource;    ///< or `no_resource`; empty without resources
  std::vector<Transition> transition;  ///< empty without lifecycle transitions
  std::vector<std::uint32_t>
      instance;  ///< number in `instance_names`, or `StringPool::none`; empty without
  std::vector<AttributeColumn> attributes;  ///< those of `ReadOptions::attributes`, in that order

  LogQuality quality;

  std::size_t size() const { return case_of_event.size(); }
  bool has_times() const { return !time.empty(); }
  bool has_starts() const { return !start.empty(); }
  bool has_resources() const { return !resource.empty(); }
  bool has_lifecycle() const { return !transition.empty(); }
  std::string_view name(CaseId id) const { return cases[id.value]; }
  std::string_view name(ActivityId id) const { return activities[id.value]; }
  std::string_view name(ResourceId id) const { return resources[id.value]; }
};

/// How a log is read.
struct ReadOptions {
  LogConfig log;  ///< columns (empty: found by name) and time zone (empty: UTC)
  std::vector<std::string> attributes;  ///< further columns to keep, by name
};

/// `over` where it says something, else `under`: flags over the configuration.
LogConfig overlay(const LogConfig& over, const LogConfig& under);

/// Reads a log (`-` is standard input). Compression and format are told by content, not by name.
/// Rows that cannot be read are counted in `quality`. Throws `Error` (unreadable or damaged input,
/// a needed column not found) or `UsageError` (a named column that does not exist, ambiguous
/// columns, an unknown time zone).
EventLog read_log(const std::string& path, const ReadOptions& options = {});

/// Reads a log that is already in memory; `name` stands for its path in messages.
EventLog read_log_text(std::string_view bytes, std::string name, const ReadOptions& options = {});

/// The events of each case in order of time; events with equal times keep their order in the file.
struct CaseTable {
  std::vector<std::uint32_t>
      first;  ///< by CaseId: where its events begin in `events`; one more at the end
  std::vector<std::uint32_t> events;  ///< indices into the columns of the log
  std::int64_t cases_out_of_order =
      0;  ///< cases whose events did not stand in order of time in the file

  std::size_t size() const { return first.size() - 1; }
  std::span<const std::uint32_t> of(CaseId id) const {
    return std::span(events).subspan(first[id.index()], first[id.index() + 1] - first[id.index()]);
  }
};

/// Groups the events by case (every case of the log has an entry). Keeps file order in a log
/// without times.
CaseTable sort_by_case(const EventLog& log);

}  // namespace gemba
