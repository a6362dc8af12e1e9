#include <algorithm>
#include <numeric>
#include <utility>

#include "core/base/parallel.h"
#include "core/eventlog/build/log_part.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::uint32_t none = StringPool::none;

// Renumbers names of one part: its number → the number in the log. Empty for the first part, whose
// numbers stay as they are.
using NumberMap = LargeVector<std::uint32_t>;

std::uint32_t renumbered(const NumberMap& map, std::uint32_t number) {
  return map.empty() || number == none ? number : map[number];
}

template <class Tag>
Id<Tag> renumbered(const NumberMap& map, Id<Tag> id) {
  return Id<Tag>(renumbered(map, id.value));
}

NumberMap add_names(StringPool& all, const StringPool& part) {
  NumberMap map;
  for (std::uint32_t number = 0; number < part.size(); ++number)
    map.push_back(all.intern(part[number]));
  return map;
}

// What joining two parts needs to know about the one in front.
struct EarlierNames {
  const StringPool& names;
  const NumberMap& map;
};

// Looks up some names of a part, those from `begin` up to `end` that have no number yet, in an
// earlier one. Many are looked up at once, since most lookups miss the cache.
void find_names(const EarlierNames& earlier, const StringPool& part, std::size_t begin,
                std::size_t end, NumberMap& map) {
  constexpr std::size_t at_once = 32;
  StringPool::Key keys[at_once];
  for (std::size_t first = begin; first < end; first += at_once) {
    const std::size_t last = std::min(first + at_once, end);
    for (std::size_t number = first; number < last; ++number) {
      keys[number - first] = StringPool::key_of(part[static_cast<std::uint32_t>(number)]);
      earlier.names.prefetch(keys[number - first]);
    }
    for (std::size_t number = first; number < last; ++number) {
      if (map[number] != none) continue;
      const std::string_view name = part[static_cast<std::uint32_t>(number)];
      map[number] = renumbered(earlier.map, earlier.names.find(name, keys[number - first]));
    }
  }
}

// A case without a name is none of those that are called like it.
void keep_apart(const StringPool& names, NumberMap& map) {
  for (std::uint32_t number = 0; number < names.size(); ++number) {
    if (names.find(names[number]) != number) map[number] = none;
  }
}

// Numbers the cases of all parts in order of first appearance. There may be millions: a part finds
// those that the parts before it have, and only the others are added to the list.
std::vector<NumberMap> join_cases(std::vector<LogPart>& parts, std::size_t threads,
                                  TextList& cases) {
  std::vector<NumberMap> maps(parts.size());
  auto count = static_cast<std::uint32_t>(parts.front().cases.size());
  for (std::size_t part = 1; part < parts.size(); ++part) {
    const StringPool& names = parts[part].cases;
    NumberMap& map = maps[part];
    map.assign(names.size(), none);
    for (std::size_t before = 0; before < part; ++before) {
      in_parallel(threads, [&](std::size_t thread) {
        find_names({parts[before].cases, maps[before]}, names,
                   share_begin(names.size(), thread, threads),
                   share_begin(names.size(), thread + 1, threads), map);
      });
    }
    if (parts[part].quality.unnamed_cases > 0) keep_apart(names, map);
    for (std::uint32_t& number : map) {
      if (number == none) number = count++;
    }
  }
  cases = parts.front().cases.take_texts();
  for (std::size_t part = 1; part < parts.size(); ++part) {
    const StringPool names = std::move(parts[part].cases);
    for (std::uint32_t number = 0; number < names.size(); ++number) {
      if (maps[part][number] == cases.size()) cases.add(names[number]);
    }
  }
  return maps;
}

template <class Member>
std::vector<NumberMap> join_names(std::vector<LogPart>& parts, StringPool& all, Member pool) {
  std::vector<NumberMap> maps(parts.size());
  all = std::move(parts.front().*pool);
  for (std::size_t part = 1; part < parts.size(); ++part) {
    maps[part] = add_names(all, parts[part].*pool);
    parts[part].*pool = {};
  }
  return maps;
}

// A counting sort: what stood for the case of a row becomes its place in the log. Parts are
// independent of each other once it is known how many events of each case stand before them.
// Returns the number of all rows.
std::size_t place_rows(std::vector<LogPart>& parts, std::size_t threads, EventLog& log) {
  const std::vector<NumberMap> maps = join_cases(parts, threads, log.cases);
  const std::size_t cases = log.cases.size();
  std::vector<LargeVector<std::uint32_t>> next(parts.size());
  in_parallel(parts.size(), [&](std::size_t part) {
    next[part].assign(cases, 0);
    for (std::uint32_t& number : parts[part].case_number) {
      number = renumbered(maps[part], number);
      ++next[part][number];
    }
  });
  log.first.assign(cases + 1, 0);
  std::uint32_t begin = 0;
  for (std::size_t number = 0; number < cases; ++number) {
    log.first[number] = begin;
    for (LargeVector<std::uint32_t>& of_part : next) begin += std::exchange(of_part[number], begin);
  }
  log.first[cases] = begin;
  in_parallel(parts.size(), [&](std::size_t part) {
    for (std::uint32_t& number : parts[part].case_number) number = next[part][number]++;
  });
  return begin;
}

// Some rows of one part: a piece of work for a thread.
struct Slice {
  std::size_t part;
  std::size_t begin, end;
};

// All rows of the parts from `first` on.
std::vector<Slice> slices_of(const std::vector<LogPart>& parts, std::size_t first,
                             std::size_t threads) {
  std::vector<Slice> slices;
  const std::size_t each = parts.size() - first < threads ? threads : 1;
  for (std::size_t part = first; part < parts.size(); ++part) {
    const std::size_t size = parts[part].size();
    for (std::size_t number = 0; number < each; ++number) {
      slices.push_back(
          {part, share_begin(size, number, each), share_begin(size, number + 1, each)});
    }
  }
  return slices;
}

// Whether every row of a part, the first, stands at its place already: its rows are grouped by case
// and no later one belongs to any but the last of them.
bool stays(const LogPart& part) {
  for (std::size_t row = 0; row < part.size(); ++row) {
    if (part.case_number[row] != row) return false;
  }
  return true;
}

/// Moves the columns of the parts to their places in the log.
struct Mover {
  std::vector<LogPart>& parts;
  std::size_t size;                         ///< of all parts
  bool first_stays = stays(parts.front());  ///< its columns become those of the log as they are
  std::vector<Slice> slices;                ///< what is to be moved

  Mover(std::vector<LogPart>& from, std::size_t rows, std::size_t threads)
      : parts(from), size(rows), slices(slices_of(from, first_stays ? 1 : 0, threads)) {}

  // `column_of(part)` is the column; `missing` stands for the values of a part that does not have
  // it, `convert(part, value)` makes a value of the log from one of the part.
  template <class To, class ColumnOf, class Convert>
  void operator()(LargeVector<To>& to, To missing, ColumnOf column_of, Convert convert) const {
    const bool exists = std::any_of(parts.begin(), parts.end(),
                                    [&](LogPart& part) { return !column_of(part).empty(); });
    if (!exists) return;
    if (first_stays) {
      to = std::move(column_of(parts.front()));
      to.resize(parts.front().size(), missing);
    }
    to.resize(size);
    in_parallel(slices.size(), [&](std::size_t number) {
      const Slice& rows = slices[number];
      LogPart& part = parts[rows.part];
      const auto& from = column_of(part);
      const std::uint32_t* const place = part.case_number.data();
      for (std::size_t row = rows.begin; row < rows.end; ++row)
        to[place[row]] = from.empty() ? missing : convert(rows.part, from[row]);
    });
    for (LogPart& part : parts) release(column_of(part));
  }

  template <class Value>
  void plain(LargeVector<Value>& to, Value missing, LargeVector<Value> LogPart::*column) const {
    (*this)(
        to, missing, [&](LogPart & part) -> auto& { return part.*column; },
        [](std::size_t, Value value) { return value; });
  }

  template <class Number>
  void named(LargeVector<Number>& to, Number missing, StringPool& names, StringPool LogPart::*pool,
             LargeVector<Number> LogPart::*column) const {
    const std::vector<NumberMap> maps = join_names(parts, names, pool);
    (*this)(
        to, missing, [&](LogPart & part) -> auto& { return part.*column; },
        [&](std::size_t part, Number number) { return renumbered(maps[part], number); });
  }

  void attribute(AttributeColumn& to, std::size_t index) const {
    std::vector<NumberMap> maps(parts.size());
    to.values = std::move(parts.front().attributes[index].values);
    to.first_lines = std::move(parts.front().attributes[index].first_lines);
    for (std::size_t part = 1; part < parts.size(); ++part) {
      const AttributeColumn& from = parts[part].attributes[index];
      const std::size_t known = to.values.size();
      to.first_lines.resize(known + from.values.size());
      maps[part] = add_names(to.values, from.values);
      for (std::uint32_t value = 0; value < from.values.size(); ++value) {
        const std::uint32_t place = renumbered(maps[part], value);
        if (place >= known) to.first_lines[place] = from.first_lines[value];
      }
      to.first_lines.resize(to.values.size());
    }
    (*this)(
        to.number_of_event,
        none, [&](LogPart & part) -> auto& { return part.attributes[index].number_of_event; },
        [&](std::size_t part, std::uint32_t number) { return renumbered(maps[part], number); });
  }
};

template <class Value>
void reorder(LargeVector<Value>& column, std::uint32_t begin,
             const std::vector<std::uint32_t>& order) {
  if (column.empty()) return;
  std::vector<Value> sorted;
  sorted.reserve(order.size());
  for (const std::uint32_t event : order) sorted.push_back(column[event]);
  std::copy(sorted.begin(), sorted.end(), column.begin() + begin);
}

void sort_case(EventLog& log, EventRange events, std::vector<std::uint32_t>& order) {
  order.resize(events.size());
  std::iota(order.begin(), order.end(), events.begin);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return log.time[a] < log.time[b]; });
  reorder(log.activity, events.begin, order);
  reorder(log.start, events.begin, order);
  reorder(log.resource, events.begin, order);
  reorder(log.transition, events.begin, order);
  reorder(log.instance, events.begin, order);
  for (AttributeColumn& attribute : log.attributes)
    reorder(attribute.number_of_event, events.begin, order);
  reorder(log.time, events.begin, order);
}

// Whether within each case times never rise from row to row, and fall somewhere: an export whose
// newest event stands first.
bool runs_backwards(const EventLog& log) {
  bool falls = false;
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    const EventRange events = log.events_of(CaseId(id));
    for (std::uint32_t event = events.begin + 1; event < events.end; ++event) {
      if (log.time[event] > log.time[event - 1]) return false;
      falls = falls || log.time[event] < log.time[event - 1];
    }
  }
  return falls;
}

void turn_case(EventLog& log, EventRange events) {
  const auto turn = [&](auto& column) {
    if (!column.empty()) std::reverse(column.begin() + events.begin, column.begin() + events.end);
  };
  turn(log.activity);
  turn(log.start);
  turn(log.resource);
  turn(log.transition);
  turn(log.instance);
  for (AttributeColumn& attribute : log.attributes) turn(attribute.number_of_event);
  turn(log.time);
}

// Puts the cases in order of time whose events do not stand in it, and counts them.
void sort_cases(EventLog& log, std::size_t threads) {
  log.quality.newest_first = runs_backwards(log);
  if (log.quality.newest_first) {
    for (std::size_t id = 0; id < log.case_count(); ++id) turn_case(log, log.events_of(CaseId(id)));
    return;
  }
  std::vector<std::int64_t> sorted(threads, 0);
  in_parallel(threads, [&](std::size_t thread) {
    std::vector<std::uint32_t> order;
    const std::size_t end = share_begin(log.case_count(), thread + 1, threads);
    for (std::size_t id = share_begin(log.case_count(), thread, threads); id < end; ++id) {
      const EventRange events = log.events_of(CaseId(id));
      const auto begin = log.time.begin();
      if (std::is_sorted(begin + events.begin, begin + events.end)) continue;
      ++sorted[thread];
      sort_case(log, events, order);
    }
  });
  log.quality.cases_out_of_order = std::accumulate(sorted.begin(), sorted.end(), std::int64_t{0});
}

void add_strange(std::vector<StrangeWord>& all, const std::vector<StrangeWord>& part) {
  for (const StrangeWord& word : part) {
    const auto known = std::find_if(
        all.begin(), all.end(), [&](const StrangeWord& each) { return each.word == word.word; });
    if (known != all.end()) {
      known->count += word.count;
    } else if (all.size() < LogQuality::max_examples) {
      all.push_back(word);
    }
  }
}

void add_quality(LogQuality& all, LogQuality&& part) {
  all.rows += part.rows;
  all.bad_rows += part.bad_rows;
  for (BadRow& row : part.bad_examples) {
    if (all.bad_examples.size() < LogQuality::max_examples)
      all.bad_examples.push_back(std::move(row));
  }
  all.times_with_offset += part.times_with_offset;
  all.times_without_offset += part.times_without_offset;
  if (all.bad_starts == 0) all.first_bad_start = std::move(part.first_bad_start);
  all.bad_starts += part.bad_starts;
  all.open_rows += part.open_rows;
  all.cut_values += part.cut_values;
  if (all.missing_words == 0) all.first_missing_word = std::move(part.first_missing_word);
  all.missing_words += part.missing_words;
  add_strange(all.strange_transitions, part.strange_transitions);
  all.unnamed_cases += part.unnamed_cases;
  all.empty_traces += part.empty_traces;
  all.named_traces += part.named_traces;
  all.skipped_times += part.skipped_times;
  all.repeated_times += part.repeated_times;
  all.steps_back += part.steps_back;
}

}  // namespace

void assemble(std::vector<LogPart>&& parts, std::size_t threads, EventLog& log) {
  for (LogPart& part : parts) add_quality(log.quality, std::move(part.quality));
  const std::size_t size = place_rows(parts, threads, log);
  const Mover move(parts, size, threads);
  move.plain(log.time, no_time, &LogPart::time);
  move.plain(log.start, no_time, &LogPart::start);
  move.named(log.activity, ActivityId(0), log.activities, &LogPart::activities, &LogPart::activity);
  move.named(log.resource, no_resource, log.resources, &LogPart::resources, &LogPart::resource);
  move.plain(log.transition, Transition::none, &LogPart::transition);
  move.named(log.instance, none, log.instance_names, &LogPart::instance_names, &LogPart::instance);
  for (std::size_t index = 0; index < log.attributes.size(); ++index)
    move.attribute(log.attributes[index], index);
  parts.clear();
  if (log.has_times()) sort_cases(log, threads);
}

}  // namespace gemba::inline eventlog
