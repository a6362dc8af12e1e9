#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/eventlog/event_log.h"

namespace gemba::inline eventlog {

/// The name that events of an activity are to have.
struct ActivityName {
  std::string in_log;
  std::string to_use;  ///< empty: events of the activity are left out
  std::uint64_t line = 0;
};

/// A file of activity names: a separated text of two columns, the name in the log and the name to
/// use, one activity per row.
struct ActivityNames {
  std::string path;
  std::vector<ActivityName> names;
};

/// Reads such a file. Throws `Error` with the line for a row that has not two columns, names no
/// activity, or names one again, and when the file cannot be read.
ActivityNames read_activity_names(const std::string& path);

/// The same log with other names of activities; activities that get one name become one. Names of
/// the file that do not occur in the log are listed in `LogChanges`, but for a first row, which is
/// then a header.
EventLog rename_activities(const EventLog& log, const ActivityNames& names);

}  // namespace gemba::inline eventlog
