#include "core/eventlog/log_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "core/base/error.h"
#include "core/base/text.h"

namespace gemba {

namespace {

// A column exists from the first value on; what came before it has none.
template <class T>
void put(std::vector<T>& column, std::size_t row, T value, T missing) {
  if (column.empty()) {
    if (value == missing) return;
    column.resize(row, missing);
  }
  column.push_back(value);
}

Transition transition_of(std::string_view text) {
  if (text.empty()) return Transition::none;
  constexpr std::array<std::pair<std::string_view, Transition>, 6> known = {{
      {"complete", Transition::complete},
      {"start", Transition::start},
      {"schedule", Transition::schedule},
      {"assign", Transition::assign},
      {"suspend", Transition::suspend},
      {"resume", Transition::resume},
  }};
  for (const auto& [word, transition] : known) {
    if (text == word) return transition;
  }
  const std::string lower = ascii_lower(text);
  for (const auto& [word, transition] : known) {
    if (lower == word) return transition;
  }
  return Transition::other;
}

std::string shortened(std::string_view text) {
  constexpr std::size_t columns = 40;
  return truncate_to_width(printable(text), columns);
}

// Stands for a text that is not in its pool yet, and may be added.
constexpr std::uint32_t fresh = StringPool::none - 1;

// The number of a text: `StringPool::none` for the empty one, `fresh` for a new one; no value for
// one that is not UTF-8. Only new texts are checked: the others are known to be good.
std::optional<std::uint32_t> look_up(const StringPool& pool, std::string_view text) {
  if (text.empty()) return StringPool::none;
  const std::uint32_t number = pool.find(text);
  if (number != StringPool::none) return number;
  if (find_invalid_utf8(text)) return std::nullopt;
  return fresh;
}

// Adds a text that was looked up, if it is new. Apart from looking it up, so that a bad row leaves
// no trace.
std::uint32_t settle(StringPool& pool, std::uint32_t number, std::string_view text) {
  return number == fresh ? pool.intern(text) : number;
}

// Keeps the values of `column` whose row is kept.
template <class T>
void keep_rows(std::vector<T>& column, const std::vector<bool>& keep) {
  if (column.empty()) return;
  std::size_t to = 0;
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (keep[row]) column[to++] = column[row];
  }
  column.resize(to);
}

// Numbers the texts that are still used anew, in order of first appearance.
template <class Value>
void renumber(StringPool& pool, std::vector<Value>& column, std::uint32_t Value::*number) {
  StringPool next;
  std::vector<std::uint32_t> number_of(pool.size(), StringPool::none);
  for (Value& value : column) {
    const std::uint32_t old = value.*number;
    if (old == StringPool::none) continue;
    std::uint32_t& renumbered = number_of[old];
    if (renumbered == StringPool::none) {
      const std::string_view text = pool[old];
      renumbered = pool.find(text) == old ? next.intern(text) : next.add_apart(text);
    }
    value.*number = renumbered;
  }
  pool = std::move(next);
}

}  // namespace

LogBuilder::LogBuilder(EventLog& log, const ReadOptions& options)
    : log_(log), timestamps_(TimeZone(options.log.timezone)) {
  log_.timezone = timestamps_.zone().name();
  for (const std::string& name : options.attributes) log_.attributes.push_back({name, {}, {}});
}

void LogBuilder::reserve(std::size_t events) {
  log_.case_of_event.reserve(events);
  log_.activity.reserve(events);
  if (log_.has_times()) log_.time.reserve(events);
  if (log_.has_starts()) log_.start.reserve(events);
  if (log_.has_resources()) log_.resource.reserve(events);
  if (log_.has_lifecycle()) log_.transition.reserve(events);
  if (!log_.instance.empty()) log_.instance.reserve(events);
}

void LogBuilder::bad_row(std::uint64_t line, std::string reason) {
  ++log_.quality.rows;
  ++log_.quality.bad_rows;
  if (log_.quality.bad_examples.size() < LogQuality::max_examples) {
    log_.quality.bad_examples.push_back({line, std::move(reason)});
  }
}

bool LogBuilder::read_time(std::string_view text, std::uint64_t line, Micros& time) {
  const std::optional<Timestamp> read = timestamps_.read(text);
  if (!read) {
    bad_row(line, fmt::format("'{}' is not a timestamp", shortened(text)));
    return false;
  }
  ++(read->has_offset ? log_.quality.times_with_offset : log_.quality.times_without_offset);
  time = read->utc;
  return true;
}

bool LogBuilder::read_times(const RawEvent& event, std::uint64_t line, Times& times) {
  if (!event.timestamp.empty() && !read_time(event.timestamp, line, times.end)) return false;
  return event.start.empty() || read_time(event.start, line, times.start);
}

CaseId LogBuilder::intern_case(std::string_view name) {
  if (name != last_case_name_) {
    last_case_ = CaseId(log_.cases.intern(name));
    last_case_name_ = name;
  }
  return last_case_;
}

void LogBuilder::add(const RawEvent& event, std::uint64_t line) {
  if (event.case_id.empty()) return bad_row(line, "it names no case");
  // In many logs the rows of a case stand together.
  std::optional<std::uint32_t> number = last_case_.value;
  const bool same_case = event.case_id == last_case_name_;
  if (!same_case) number = look_up(log_.cases, event.case_id);
  if (!number) return bad_row(line, fmt::format("its case is not UTF-8 text; {}", utf8_advice));
  if (!add_to_unnamed_case(event, line)) return;
  if (!same_case) {
    last_case_ = CaseId(settle(log_.cases, *number, event.case_id));
    last_case_name_ = event.case_id;
  }
  log_.case_of_event.back() = last_case_;
}

bool LogBuilder::add_to_unnamed_case(const RawEvent& event, std::uint64_t line) {
  constexpr std::size_t most_events = StringPool::none - 1;
  if (log_.size() >= most_events)
    throw Error(fmt::format("'{}' has more than {} events", log_.path, most_events));
  if (event.activity.empty()) {
    bad_row(line, "it names no activity");
    return false;
  }
  Times times;
  Names names;
  if (!look_up_names(event, line, names) || !read_times(event, line, times)) return false;
  ++log_.quality.rows;
  note_times(times, line);
  const std::size_t row = log_.size();
  log_.case_of_event.emplace_back(StringPool::none);
  log_.activity.emplace_back(settle(log_.activities, names.activity, event.activity));
  put(log_.time, row, times.end, no_time);
  put(log_.start, row, times.start, no_time);
  put(log_.resource, row, ResourceId(settle(log_.resources, names.resource, event.resource)),
      no_resource);
  put(log_.transition, row, transition_of(event.lifecycle), Transition::none);
  put(log_.instance, row, settle(log_.instance_names, names.instance, event.instance),
      StringPool::none);
  for (std::size_t index = 0; index < event.attributes.size(); ++index) {
    AttributeColumn& column = log_.attributes[index];
    const std::string_view text = event.attributes[index];
    column.number_of_event.push_back(text.empty() ? StringPool::none : column.values.intern(text));
  }
  return true;
}

bool LogBuilder::look_up_names(const RawEvent& event, std::uint64_t line, Names& names) {
  const auto activity = look_up(log_.activities, event.activity);
  const auto resource = look_up(log_.resources, event.resource);
  const auto instance = look_up(log_.instance_names, event.instance);
  bool good = activity && resource && instance;
  for (std::size_t index = 0; good && index < event.attributes.size(); ++index) {
    good = look_up(log_.attributes[index].values, event.attributes[index]).has_value();
  }
  if (!good) {
    bad_row(line, fmt::format("it holds text that is not UTF-8; {}", utf8_advice));
    return false;
  }
  names = {*activity, *resource, *instance};
  return true;
}

void LogBuilder::note_times(const Times& times, std::uint64_t line) {
  if (times.end == no_time) {
    ++timeless_count_;
    if (timeless_lines_.size() < LogQuality::max_examples) timeless_lines_.push_back(line);
  } else if (times.start != no_time && times.start > times.end) {
    ++log_.quality.starts_after_end;
  }
}

void LogBuilder::name_case(std::size_t first, std::string_view name) {
  CaseId id;
  if (name.empty()) {
    ++log_.quality.unnamed_cases;
    id = CaseId(log_.cases.add_apart(fmt::format("(unnamed {})", log_.quality.unnamed_cases)));
  } else {
    id = intern_case(name);
  }
  std::fill(log_.case_of_event.begin() + static_cast<std::ptrdiff_t>(first),
            log_.case_of_event.end(), id);
}

void LogBuilder::fill_attribute(std::size_t first, std::size_t index, std::string_view text) {
  AttributeColumn& column = log_.attributes[index];
  const std::uint32_t number = text.empty() ? StringPool::none : column.values.intern(text);
  std::fill(column.number_of_event.begin() + static_cast<std::ptrdiff_t>(first),
            column.number_of_event.end(), number);
}

void LogBuilder::drop_events_without_time() {
  std::vector<bool> keep(log_.size());
  for (std::size_t row = 0; row < keep.size(); ++row) keep[row] = log_.time[row] != no_time;
  keep_rows(log_.case_of_event, keep);
  keep_rows(log_.activity, keep);
  keep_rows(log_.time, keep);
  keep_rows(log_.start, keep);
  keep_rows(log_.resource, keep);
  keep_rows(log_.transition, keep);
  keep_rows(log_.instance, keep);
  for (AttributeColumn& column : log_.attributes) keep_rows(column.number_of_event, keep);
  renumber(log_.cases, log_.case_of_event, &CaseId::value);
  renumber(log_.activities, log_.activity, &ActivityId::value);
  renumber(log_.resources, log_.resource, &ResourceId::value);
  LogQuality& quality = log_.quality;
  quality.bad_rows += static_cast<std::int64_t>(timeless_count_);
  for (const std::uint64_t line : timeless_lines_)
    quality.bad_examples.push_back({line, "it has no time"});
  std::stable_sort(quality.bad_examples.begin(), quality.bad_examples.end(),
                   [](const BadRow& a, const BadRow& b) { return a.line < b.line; });
  if (quality.bad_examples.size() > LogQuality::max_examples) {
    quality.bad_examples.resize(LogQuality::max_examples);
  }
}

void LogBuilder::finish() {
  if (!log_.has_times() && log_.has_starts()) {
    throw Error(fmt::format(
        "'{}' has start times ('{}') and no end times; name the column of the end times, or of the "
        "one time per event, with --timestamp",
        log_.path, log_.columns.start));
  }
  if (log_.has_times() && timeless_count_ > 0) drop_events_without_time();
  if (log_.has_resources()) {
    log_.quality.missing_resources =
        std::count(log_.resource.begin(), log_.resource.end(), no_resource);
  }
  if (log_.has_starts()) {
    log_.quality.missing_starts = std::count(log_.start.begin(), log_.start.end(), no_time);
  }
}

}  // namespace gemba
