#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/read_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::uint32_t none = StringPool::none;

// Adds the first `count` of some values to a column that exists from the first value on.
template <class T>
void put_values(LargeVector<T>& column, std::size_t row, const T* values, std::size_t count,
                T missing) {
  if (column.empty()) {
    if (std::all_of(values, values + count, [&](T value) { return value == missing; })) return;
    column.reserve(std::max(column.capacity(), row + count));
    column.resize(row, missing);
  }
  column.insert(column.end(), values, values + count);
}

std::string shortened(std::string_view text) {
  constexpr std::size_t columns = 40;
  return truncate_to_width(printable(text), columns);
}

// Stands for a text that is not in its pool yet, and may be added.
constexpr std::uint32_t fresh = none - 1;

bool has_nul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

// The number of a text: `none` for the empty one, `fresh` for a new one; no value for
// one that is not UTF-8 or has a NUL in it. Only new texts are checked: the others are known to be
// good.
std::optional<std::uint32_t> look_up(const StringPool& pool, std::string_view text) {
  if (text.empty()) return none;
  const std::uint32_t number = pool.find(text);
  if (number != none) return number;
  if (find_invalid_utf8(text) || has_nul(text)) return std::nullopt;
  return fresh;
}

// Adds a text that was looked up, if it is new. Apart from looking it up, so that a bad row leaves
// no trace.
std::uint32_t settle(StringPool& pool, std::uint32_t number, std::string_view text) {
  return number == fresh ? pool.intern(text) : number;
}

}  // namespace

RawEvent EventBatch::event(std::size_t index,
                           std::vector<std::string_view>& attribute_texts) const {
  attribute_texts.clear();
  for (const Texts& texts : attributes) attribute_texts.push_back(texts[index]);
  return {.case_id = case_id[index],
          .activity = activity[index],
          .timestamp = timestamp[index],
          .start = start[index],
          .resource = resource[index],
          .lifecycle = lifecycle[index],
          .instance = instance[index],
          .attributes = attribute_texts};
}

LogBuilder::LogBuilder(EventLog& log, const ReadOptions& options)
    : log_(log),
      threads_(thread_count(options.threads)),
      timestamps_(
          TimeZone(options.log.timezone),
          parse_time_format(options.log.time_format.empty() ? "auto" : options.log.time_format)),
      missing_(options.log.missing.value_or(usual_missing_words())) {
  log_.timezone = timestamps_.zone().name();
  restart(options);
}

void LogBuilder::restart(const ReadOptions& options) {
  timestamps_ = TimestampReader(
      TimeZone(options.log.timezone),
      parse_time_format(options.log.time_format.empty() ? "auto" : options.log.time_format));
  part_ = {};
  later_.clear();
  log_.attributes.clear();
  for (const std::string& name : options.attributes) {
    log_.attributes.push_back({.name = name});
    part_.attributes.push_back({.name = name});
  }
}

void LogBuilder::drop_attributes(const std::vector<std::size_t>& columns) {
  for (std::size_t index = columns.size(); index-- > 0;) {
    if (columns[index] != no_column) continue;
    const auto place = static_cast<std::ptrdiff_t>(index);
    log_.attributes.erase(log_.attributes.begin() + place);
    part_.attributes.erase(part_.attributes.begin() + place);
  }
}

LogBuilder LogBuilder::next_part() const {
  LogBuilder next(log_, threads_, timestamps_, missing_);
  next.timestamps_.clear_counts();
  next.part_.attributes.resize(part_.attributes.size());
  return next;
}

void LogBuilder::reserve(std::size_t events) {
  part_.case_number.reserve(events);
  part_.activity.reserve(events);
  if (!part_.time.empty()) part_.time.reserve(events);
  if (!part_.start.empty()) part_.start.reserve(events);
  if (!part_.resource.empty()) part_.resource.reserve(events);
  if (!part_.transition.empty()) part_.transition.reserve(events);
  if (!part_.instance.empty()) part_.instance.reserve(events);
  for (AttributeColumn& column : part_.attributes) column.number_of_event.reserve(events);
}

void LogBuilder::bad_row(std::uint64_t line, std::string reason, BadRow::Kind kind) {
  ++part_.quality.rows;
  ++part_.quality.bad_rows;
  if (part_.quality.bad_examples.size() < LogQuality::max_examples) {
    part_.quality.bad_examples.push_back({line, std::move(reason), kind});
  }
}

bool LogBuilder::read_time(std::string_view text, std::uint64_t line, Micros& time,
                           Micros& day_first, Times& times) {
  const std::optional<Timestamp> read = timestamps_.read(text);
  if (!read) return false;
  ++(read->has_offset ? times.with_offset : times.without_offset);
  time = read->utc;
  if (read->is_ambiguous()) {
    day_first = read->day_first;
    if (part_.first_choice.line == 0) part_.first_choice = {line, shortened(text)};
  }
  return true;
}

bool LogBuilder::bad_time(std::string_view text, std::uint64_t line) {
  bad_row(line, fmt::format("'{}' is not a timestamp", shortened(text)),
          BadRow::Kind::not_a_timestamp);
  return false;
}

// Of a row without an end its start is the one time that is known: work that goes on. A start that
// cannot be read costs no more than the start.
bool LogBuilder::read_times(std::string_view end, std::string_view start, std::uint64_t line,
                            Times& times) {
  if (!end.empty()) {
    if (!read_time(end, line, times.end, times.end_day_first, times)) return bad_time(end, line);
    if (!start.empty() && !read_time(start, line, times.start, times.start_day_first, times) &&
        part_.quality.bad_starts++ == 0)
      part_.quality.first_bad_start = {line, shortened(start), BadRow::Kind::not_a_timestamp};
    return true;
  }
  if (start.empty()) return true;
  times.open = !log_.columns.timestamp.empty();
  const bool good = times.open ? read_time(start, line, times.end, times.end_day_first, times)
                               : read_time(start, line, times.start, times.start_day_first, times);
  return good || bad_time(start, line);
}

/// The good rows of a batch as numbers, to be added to the columns all at once.
struct LogBuilder::PlainRows {
  static constexpr std::size_t capacity = EventBatch::capacity;
  std::size_t size = 0;
  std::array<std::uint32_t, capacity> case_number;
  std::array<ActivityId, capacity> activity;
  std::array<ResourceId, capacity> resource;
  std::array<Micros, capacity> time, start;
  std::array<Transition, capacity> transition;
  std::int64_t with_offset = 0;
  std::int64_t without_offset = 0;
  std::vector<std::array<std::uint32_t, EventBatch::capacity>> attributes;  ///< by attribute
};

// First memory is asked for what is looked up last. Rows with new names or anything unusual go the
// slow way, one by one.
void LogBuilder::add(EventBatch& batch) {
  clean(batch);
  std::array<StringPool::Key, EventBatch::capacity> keys;
  PlainRows rows;
  rows.attributes.resize(batch.attributes.size());
  for (std::size_t index = 0; index < batch.size; ++index) {
    keys[index] = StringPool::key_of(batch.case_id[index]);
    part_.cases.prefetch(keys[index]);
  }
  std::vector<std::string_view> attribute_texts;
  for (std::size_t index = 0; index < batch.size; ++index) {
    if (add_plain(batch, index, keys[index], rows)) continue;
    put(rows);
    add_clean(batch.event(index, attribute_texts), batch.line[index]);
  }
  put(rows);
}

// False for a row that is not plain; nothing was done then.
bool LogBuilder::add_plain(const EventBatch& batch, std::size_t index, const StringPool::Key& key,
                           PlainRows& rows) {
  const std::size_t row = rows.size;
  const std::string_view case_id = batch.case_id[index];
  const std::string_view resource = batch.resource[index];
  rows.activity[row] = ActivityId(part_.activities.find(batch.activity[index]));
  rows.resource[row] = resource.empty() ? no_resource : ResourceId(part_.resources.find(resource));
  const bool known = rows.activity[row].value != none &&
                     (rows.resource[row] != no_resource || resource.empty()) &&
                     batch.instance[index].empty() && !case_id.empty();
  if (!known) return false;
  for (std::size_t attribute = 0; attribute < batch.attributes.size(); ++attribute) {
    const std::string_view text = batch.attributes[attribute][index];
    const std::uint32_t value = text.empty() ? none : part_.attributes[attribute].values.find(text);
    if (value == none && !text.empty()) return false;
    rows.attributes[attribute][row] = value;
  }
  std::uint32_t number = part_.cases.find(case_id, key);
  if (number == none && find_invalid_utf8(case_id)) return false;
  const std::uint64_t line = batch.line[index];
  Times times;
  if (!read_times(batch.timestamp[index], batch.start[index], line, times)) return true;
  if (number == none) number = part_.cases.add_new(case_id, key);
  rows.case_number[row] = number;
  rows.time[row] = times.end;
  rows.start[row] = times.start;
  rows.transition[row] = times.open ? Transition::start : transition_of(batch.lifecycle[index]);
  part_.quality.open_rows += times.open ? 1 : 0;
  rows.with_offset += times.with_offset;
  rows.without_offset += times.without_offset;
  const std::size_t place = part_.size() + rows.size++;
  if (times.is_unusual()) note_unusual(times, place, line);
  return true;
}

void LogBuilder::put(PlainRows& rows) {
  const std::size_t row = part_.size();
  const std::size_t count = std::exchange(rows.size, 0);
  part_.quality.rows += static_cast<std::int64_t>(count);
  part_.quality.times_with_offset += std::exchange(rows.with_offset, 0);
  part_.quality.times_without_offset += std::exchange(rows.without_offset, 0);
  part_.case_number.insert(part_.case_number.end(), rows.case_number.begin(),
                           rows.case_number.begin() + static_cast<std::ptrdiff_t>(count));
  part_.activity.insert(part_.activity.end(), rows.activity.begin(),
                        rows.activity.begin() + static_cast<std::ptrdiff_t>(count));
  put_values(part_.time, row, rows.time.data(), count, no_time);
  put_values(part_.start, row, rows.start.data(), count, no_time);
  put_values(part_.resource, row, rows.resource.data(), count, no_resource);
  put_values(part_.transition, row, rows.transition.data(), count, Transition::none);
  if (!part_.instance.empty()) part_.instance.resize(part_.size(), none);
  for (std::size_t attribute = 0; attribute < rows.attributes.size(); ++attribute) {
    auto& numbers = part_.attributes[attribute].number_of_event;
    const auto begin = rows.attributes[attribute].begin();
    numbers.insert(numbers.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
  }
  if (!part_.choices.empty()) settle_dates(part_);
}

constexpr std::string_view nul_inside =
    "a NUL byte, which is no text; export the log again, or take such bytes out (tr -d '\\000')";

void LogBuilder::bad_case(std::string_view text, std::uint64_t line) {
  bad_row(line, has_nul(text) ? fmt::format("its case holds {}", nul_inside)
                              : fmt::format("its case is {}", log_.misfit));
}

void LogBuilder::add(const RawEvent& event, std::uint64_t line) { add_clean(cleaned(event), line); }

bool LogBuilder::add_to_unnamed_case(const RawEvent& event, std::uint64_t line) {
  return add_clean_to_unnamed_case(cleaned(event), line);
}

void LogBuilder::add_clean(const RawEvent& event, std::uint64_t line) {
  if (event.case_id.empty()) return bad_row(line, "it names no case");
  const std::optional<std::uint32_t> known = look_up(part_.cases, event.case_id);
  if (!known) return bad_case(event.case_id, line);
  if (add_clean_to_unnamed_case(event, line))
    part_.case_number.back() = settle(part_.cases, *known, event.case_id);
}

bool LogBuilder::add_clean_to_unnamed_case(const RawEvent& event, std::uint64_t line) {
  if (event.activity.empty()) {
    bad_row(line, "it names no activity");
    return false;
  }
  Times times;
  Names names;
  if (!look_up_names(event, line, names) ||
      !read_times(event.timestamp, event.start, line, times)) {
    return false;
  }
  if (names.activity == fresh) refuse_more_activities(part_.activities.size() + 1);
  names = {settle(part_.activities, names.activity, event.activity),
           settle(part_.resources, names.resource, event.resource),
           settle(part_.instance_names, names.instance, event.instance)};
  part_.quality.open_rows += times.open ? 1 : 0;
  put(none, names, times, times.open ? Transition::start : transition_of(event.lifecycle), line);
  for (std::size_t index = 0; index < event.attributes.size(); ++index) {
    AttributeColumn& column = part_.attributes[index];
    column.number_of_event.push_back(column.intern(event.attributes[index], line));
  }
  return true;
}

// Whoever names a column of numbers or texts as the activity should not have to wait for a table of
// a million lines.
void LogBuilder::refuse_more_activities(std::size_t count) const {
  if (count <= most_activities) return;
  throw Error(
      fmt::format("'{}' has more than {} different activities in '{}'; name the column of the "
                  "activity with --activity",
                  log_.path, most_activities, log_.columns.activity));
}

void LogBuilder::put(std::uint32_t case_number, const Names& names, const Times& times,
                     Transition transition, std::uint64_t line) {
  const std::size_t row = part_.size();
  ++part_.quality.rows;
  part_.case_number.push_back(case_number);
  part_.activity.push_back(ActivityId(names.activity));
  put_values(part_.time, row, &times.end, 1, no_time);
  put_values(part_.start, row, &times.start, 1, no_time);
  const ResourceId resource(names.resource);
  put_values(part_.resource, row, &resource, 1, no_resource);
  put_values(part_.transition, row, &transition, 1, Transition::none);
  put_values(part_.instance, row, &names.instance, 1, none);
  part_.quality.times_with_offset += times.with_offset;
  part_.quality.times_without_offset += times.without_offset;
  if (times.is_unusual()) note_unusual(times, row, line);
  if (!part_.choices.empty()) settle_dates(part_);
}

// Notes a missing time and times that can be read either way.
void LogBuilder::note_unusual(const Times& times, std::size_t row, std::uint64_t line) {
  if (times.end == no_time) {
    ++part_.timeless;
    if (part_.timeless_lines.size() < LogQuality::max_examples)
      part_.timeless_lines.push_back(line);
  }
  if (times.end_day_first != no_moment)
    part_.choices.push_back({static_cast<std::uint32_t>(row), false, times.end_day_first});
  if (times.start_day_first != no_moment)
    part_.choices.push_back({static_cast<std::uint32_t>(row), true, times.start_day_first});
}

bool LogBuilder::look_up_names(const RawEvent& event, std::uint64_t line, Names& names) {
  const auto activity = look_up(part_.activities, event.activity);
  const auto resource = look_up(part_.resources, event.resource);
  const auto instance = look_up(part_.instance_names, event.instance);
  bool good = activity && resource && instance;
  for (std::size_t index = 0; good && index < event.attributes.size(); ++index) {
    good = look_up(part_.attributes[index].values, event.attributes[index]).has_value();
  }
  if (!good) {
    const bool nul = has_nul(event.activity) || has_nul(event.resource) ||
                     has_nul(event.instance) ||
                     std::any_of(event.attributes.begin(), event.attributes.end(), has_nul);
    bad_row(line, nul ? fmt::format("it holds {}", nul_inside)
                      : fmt::format("it holds what is {}", log_.misfit));
    return false;
  }
  names = {*activity, *resource, *instance};
  return true;
}

void LogBuilder::name_case(std::size_t first, std::string_view name) {
  clean(name);
  std::uint32_t number = none;
  if (name.empty()) {
    ++part_.quality.unnamed_cases;
    number = part_.cases.add_apart(unnamed_case(part_.quality.unnamed_cases));
  } else {
    ++part_.quality.named_traces;
    number = part_.cases.intern(name);
  }
  std::fill(part_.case_number.begin() + static_cast<std::ptrdiff_t>(first), part_.case_number.end(),
            number);
}

void LogBuilder::fill_attribute(std::size_t first, std::size_t index, std::string_view text,
                                std::uint64_t line) {
  AttributeColumn& column = part_.attributes[index];
  clean_value(text);
  const std::uint32_t number = column.intern(text, line);
  std::fill(column.number_of_event.begin() + static_cast<std::ptrdiff_t>(first),
            column.number_of_event.end(), number);
}

}  // namespace gemba::inline eventlog
