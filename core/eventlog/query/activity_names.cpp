#include "core/eventlog/query/activity_names.h"

#include <fmt/format.h>

#include <unordered_map>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/formats/csv/csv_rows.h"
#include "core/eventlog/query/selection.h"

namespace gemba::inline eventlog {

namespace {

[[noreturn]] void fail(const std::string& path, std::uint64_t line, const std::string& what) {
  throw Error(fmt::format("'{}', line {}: {}", path, line, what));
}

ActivityName read_name(const CsvRows& rows, const std::string& path) {
  const auto fields = rows.fields();
  if (fields.size() != 2) {
    fail(path, rows.line(),
         fmt::format("it has {} columns; write two, the name in the log and the name to use",
                     fields.size()));
  }
  for (const std::string_view field : fields) {
    if (find_invalid_utf8(field))
      fail(path, rows.line(), "it holds text that is not UTF-8; save the file as UTF-8");
  }
  ActivityName name{std::string(trimmed(fields[0])), std::string(trimmed(fields[1])), rows.line()};
  if (name.in_log.empty()) fail(path, rows.line(), "its first column names no activity");
  return name;
}

// The numbers that activities of the log have once they are renamed; none where their events are
// left out.
std::vector<std::uint32_t> renumber(const EventLog& log, const ActivityNames& names,
                                    EventLog& renamed) {
  std::vector<const ActivityName*> found(log.activities.size(), nullptr);
  for (const ActivityName& name : names.names) {
    const std::uint32_t number = log.activities.find(name.in_log);
    if (number != StringPool::none) {
      found[number] = &name;
    } else if (&name != &names.names.front()) {
      renamed.changes.unused_names.push_back(name.in_log);
    }
  }
  renamed.activities = {};
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t number = 0; number < found.size(); ++number) {
    const std::string_view name =
        found[number] == nullptr ? log.activities[number] : found[number]->to_use;
    numbers.push_back(name.empty() ? StringPool::none : renamed.activities.intern(name));
  }
  return numbers;
}

}  // namespace

ActivityNames read_activity_names(const std::string& path) {
  ByteStream stream = ByteStream::open(path);
  CsvRows rows(stream, sniff_dialect(stream.peek()));
  ActivityNames names{path, {}};
  std::unordered_map<std::string, std::uint64_t> lines;
  while (rows.next()) {
    ActivityName name = read_name(rows, path);
    const auto [before, added] = lines.emplace(name.in_log, name.line);
    if (!added) {
      fail(path, name.line,
           fmt::format("'{}' has a name already on line {}; keep one of the two",
                       printable(name.in_log), before->second));
    }
    names.names.push_back(std::move(name));
  }
  if (names.names.empty())
    throw Error(fmt::format("'{}' names no activities; write rows of two columns", path));
  return names;
}

EventLog rename_activities(const EventLog& log, const ActivityNames& names) {
  EventLog shell;
  const std::vector<std::uint32_t> numbers = renumber(log, names, shell);
  std::vector<std::uint32_t> kept;
  kept.reserve(log.size());
  for (std::uint32_t event = 0; event < log.size(); ++event) {
    if (numbers[log.activity[event].index()] != StringPool::none) kept.push_back(event);
  }
  EventLog renamed = select_events(log, kept);
  for (ActivityId& activity : renamed.activity) activity = ActivityId(numbers[activity.index()]);
  renamed.activities = std::move(shell.activities);
  renamed.changes.activity_map = names.path;
  renamed.changes.unused_names = std::move(shell.changes.unused_names);
  renamed.changes.events_left_out = static_cast<std::int64_t>(log.size() - kept.size());
  return renamed;
}

}  // namespace gemba::inline eventlog
