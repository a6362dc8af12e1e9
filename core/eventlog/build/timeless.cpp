#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/eventlog/build/log_part.h"

namespace gemba::inline eventlog {

namespace {

// Keeps the values of `column` whose row is kept.
template <class T>
void keep_rows(LargeVector<T>& column, const std::vector<bool>& keep) {
  if (column.empty()) return;
  std::size_t to = 0;
  for (std::size_t row = 0; row < keep.size(); ++row) {
    if (keep[row]) column[to++] = column[row];
  }
  column.resize(to);
}

std::uint32_t& number_in(std::uint32_t& number) { return number; }
template <class Tag>
std::uint32_t& number_in(Id<Tag>& id) {
  return id.value;
}

// Numbers the texts that are still used anew, in order of first appearance.
template <class Value>
void renumber(StringPool& pool, LargeVector<Value>& column) {
  StringPool next;
  std::vector<std::uint32_t> number_of(pool.size(), StringPool::none);
  for (Value& value : column) {
    std::uint32_t& number = number_in(value);
    if (number == StringPool::none) continue;
    std::uint32_t& renumbered = number_of[number];
    if (renumbered == StringPool::none) {
      const std::string_view text = pool[number];
      renumbered = pool.find(text) == number ? next.intern(text) : next.add_apart(text);
    }
    number = renumbered;
  }
  pool = std::move(next);
}

}  // namespace

void drop_timeless_events(LogPart& part) {
  if (part.timeless == 0) return;
  std::vector<bool> keep(part.size(), false);
  for (std::size_t row = 0; row < part.time.size(); ++row) keep[row] = part.time[row] != no_time;
  keep_rows(part.case_number, keep);
  keep_rows(part.activity, keep);
  keep_rows(part.time, keep);
  keep_rows(part.start, keep);
  keep_rows(part.resource, keep);
  keep_rows(part.transition, keep);
  keep_rows(part.instance, keep);
  for (AttributeColumn& column : part.attributes) keep_rows(column.number_of_event, keep);
  renumber(part.cases, part.case_number);
  renumber(part.activities, part.activity);
  renumber(part.resources, part.resource);
  LogQuality& quality = part.quality;
  quality.bad_rows += static_cast<std::int64_t>(std::exchange(part.timeless, 0));
  for (const std::uint64_t line : part.timeless_lines)
    quality.bad_examples.push_back({line, "it has no time"});
  std::stable_sort(quality.bad_examples.begin(), quality.bad_examples.end(),
                   [](const BadRow& a, const BadRow& b) { return a.line < b.line; });
  if (quality.bad_examples.size() > LogQuality::max_examples) {
    quality.bad_examples.resize(LogQuality::max_examples);
  }
}

}  // namespace gemba::inline eventlog
