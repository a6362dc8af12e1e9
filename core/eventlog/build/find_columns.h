#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/build/time_columns.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// Stands for a column that a table does not have, and that may be missing: its texts are empty.
inline constexpr std::size_t no_column = SIZE_MAX;

/// The text of a row in a column.
inline std::string_view field_at(std::span<const std::string_view> fields, std::size_t column) {
  return column == no_column ? std::string_view() : fields[column];
}

/// Where each part of an event stands among the columns of a table; none where the table has no
/// such column.
struct ColumnIndexes {
  std::vector<std::size_t> case_columns;  ///< at least one
  std::size_t activity = 0;
  std::optional<std::size_t> timestamp, start, resource, lifecycle, instance;
  std::vector<std::size_t> attributes;  ///< those of `ReadOptions::attributes`, or `no_column`

  bool operator==(const ColumnIndexes&) const = default;
};

/// Finds the columns of a table by its header: those the options name, else the names of the XES
/// standard, else names common in English and Chinese; case, spaces, `_` and `-` do not matter, nor
/// do dots where no name is found with them. A log with nothing but a start time has that as its
/// time. Throws `UsageError` for a named column that does not exist and for more than one
/// candidate, `Error` when there is no case or activity.
ColumnIndexes find_columns(const std::vector<std::string>& header, const ReadOptions& options,
                           const std::string& path);

/// Whether a line names a case and an activity, and so is a header.
bool names_columns(const std::vector<std::string>& line, const ReadOptions& options);

/// Whether a column of this name may be one of those that `find_columns` finds.
bool may_be_found(const std::string& name, const ReadOptions& options);

/// Whether a line names a time.
bool names_time(const std::vector<std::string>& line, const ReadOptions& options);

/// Where no column is called like the time of an event, takes the one whose values are times.
/// Throws `UsageError` where there are several.
void use_times_by_value(const TimeColumns& seen, const std::vector<std::string>& header,
                        const std::string& path, ColumnIndexes& found);

/// The names of the columns found.
ColumnMapping mapping_of(const ColumnIndexes& found, const std::vector<std::string>& header);

}  // namespace gemba::inline eventlog
