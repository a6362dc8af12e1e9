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

// Only a text seen for the first time is checked: the others are known to be good.
bool is_new_and_broken(const StringPool& pool, std::string_view text) {
  return pool.find(text) == StringPool::none && find_invalid_utf8(text).has_value();
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
    std::uint32_t& fresh = number_of[old];
    if (fresh == StringPool::none) {
      const std::string_view text = pool[old];
      fresh = pool.find(text) == old ? next.intern(text) : next.add_apart(text);
    }
    value.*number = fresh;
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

bool LogBuilder::has_broken_text(const RawEvent& event) const {
  for (std::size_t index = 0; index < event.attributes.size(); ++index) {
    if (is_new_and_broken(log_.attributes[index].values, event.attributes[index])) return true;
  }
  return is_new_and_broken(log_.activities, event.activity) ||
         is_new_and_broken(log_.resources, event.resource) ||
         is_new_and_broken(log_.instance_names, event.instance);
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
  const bool same_case = event.case_id == last_case_name_;
  if (!same_case && is_new_and_broken(log_.cases, event.case_id)) {
    return bad_row(line, "its case is not valid UTF-8 text");
  }
  if (add_checked(event, CaseId(StringPool::none), line)) {
    log_.case_of_event.back() = intern_case(event.case_id);
  }
}

void LogBuilder::add_to_unnamed_case(const RawEvent& event, std::uint64_t line) {
  add_checked(event, CaseId(StringPool::none), line);
}

bool LogBuilder::add_checked(const RawEvent& event, CaseId case_id, std::uint64_t line) {
  constexpr std::size_t most_events = StringPool::none - 1;
  const std::size_t row = log_.size();
  if (row >= most_events)
    throw Error(fmt::format("'{}' has more than {} events", log_.path, most_events));
  Times times;
  if (event.activity.empty()) {
    bad_row(line, "it names no activity");
    return false;
  }
  if (has_broken_text(event)) {
    bad_row(line, "it holds text that is not valid UTF-8");
    return false;
  }
  if (!read_times(event, line, times)) return false;
  ++log_.quality.rows;
  if (times.end == no_time) {
    ++timeless_count_;
    if (timeless_.size() < LogQuality::max_examples) timeless_.emplace_back(row, line);
  } else if (times.start != no_time && times.start > times.end) {
    ++log_.quality.starts_after_end;
  }
  log_.case_of_event.push_back(case_id);
  log_.activity.emplace_back(log_.activities.intern(event.activity));
  put(log_.time, row, times.end, no_time);
  put(log_.start, row, times.start, no_time);
  put(log_.resource, row,
      event.resource.empty() ? no_resource : ResourceId(log_.resources.intern(event.resource)),
      no_resource);
  put(log_.transition, row, transition_of(event.lifecycle), Transition::none);
  put(log_.instance, row,
      event.instance.empty() ? StringPool::none : log_.instance_names.intern(event.instance),
      StringPool::none);
  for (std::size_t index = 0; index < event.attributes.size(); ++index) {
    AttributeColumn& column = log_.attributes[index];
    const std::string_view text = event.attributes[index];
    column.number_of_event.push_back(text.empty() ? StringPool::none : column.values.intern(text));
  }
  return true;
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
  for (const auto& [row, line] : timeless_)
    quality.bad_examples.push_back({line, "it has no time"});
  std::stable_sort(quality.bad_examples.begin(), quality.bad_examples.end(),
                   [](const BadRow& a, const BadRow& b) { return a.line < b.line; });
  if (quality.bad_examples.size() > LogQuality::max_examples) {
    quality.bad_examples.resize(LogQuality::max_examples);
  }
}

void LogBuilder::finish() {
  if (!log_.has_times()) log_.start.clear();
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
