#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/toml/scope.h"

namespace gemba::inline toml {
namespace {

constexpr int minutes_per_day = 24 * 60;
constexpr std::array<std::string_view, 7> day_names = {"mon", "tue", "wed", "thu",
                                                       "fri", "sat", "sun"};

/// `HH:MM`, also `24:00`; minutes from midnight.
std::optional<int> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t at : {0U, 1U, 3U, 4U}) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
  }
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
  if (minutes > 59 || hours * 60 + minutes > minutes_per_day) return std::nullopt;
  return hours * 60 + minutes;
}

/// `09:00-18:00`; the end may be before the begin: then it is on the next day.
std::optional<Shift> parse_shift(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto begin = parse_clock(trimmed(text.substr(0, dash)));
  const auto end = parse_clock(trimmed(text.substr(dash + 1)));
  if (!begin || !end || *begin == *end || *begin == minutes_per_day) return std::nullopt;
  return Shift{*begin, *end};
}

/// The days of `mon`, `mon-fri`, `mon,wed` or `sat-mon`; reports S002 and returns none when one is
/// unknown.
std::vector<std::size_t> parse_days(Reading& reading, const Node& item) {
  std::vector<std::size_t> days;
  const std::vector<std::string_view> names(day_names.begin(), day_names.end());
  const auto day = [&](std::string_view name) -> std::optional<std::size_t> {
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    const auto at = std::find(names.begin(), names.end(), name);
    if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
    const auto guess = reading.guess(name, names);
    const std::string advice =
        guess ? ask(guess) : "; write mon, tue, wed, thu, fri, sat, sun, \"mon,wed\" or mon-fri";
    reading.report("S002", item.key_span, fmt::format("{} is not a day{}", quoted(name), advice));
    return std::nullopt;
  };
  std::string_view rest = item.key;
  // Seven days are all there are; a longer list repeats itself.
  for (int parts = 0; parts < 7; ++parts) {
    const std::size_t comma = rest.find(',');
    const std::string_view part = rest.substr(0, comma);
    const std::size_t dash = part.find('-');
    const auto first = day(part.substr(0, dash));
    const auto last = dash == std::string_view::npos ? first : day(part.substr(dash + 1));
    if (!first || !last) return {};
    for (std::size_t at = *first;; at = (at + 1) % 7) {
      days.push_back(at);
      if (at == *last) break;
    }
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return days;
}

/// A shift on one weekday with the value that it came from.
struct Placed {
  Shift shift;
  SourceSpan span;
};

using Week = std::array<std::vector<Placed>, 7>;

void place(Week& week, std::size_t day, Shift shift, SourceSpan span) {
  if (shift.begin < shift.end) {
    week[day].push_back({shift, span});
    return;
  }
  week[day].push_back({{shift.begin, minutes_per_day}, span});
  if (shift.end > 0) week[(day + 1) % 7].push_back({{0, shift.end}, span});
}

Week read_week(Reading& reading, const Node& hours) {
  Week week;
  for (const Node& item : hours.items) {
    const std::vector<std::size_t> days = parse_days(reading, item);
    for (const Node* value : text_items(reading, item)) {
      const auto shift = parse_shift(value->text);
      if (!shift) {
        reading.report("S003", value->span,
                       fmt::format("{} are not opening hours; write them like \"09:00-18:00\"",
                                   quoted(value->text)));
        continue;
      }
      for (const std::size_t day : days) place(week, day, *shift, value->span);
    }
  }
  return week;
}

/// Sorted, and joined where they overlap; what overlaps goes to `overlaps`.
std::vector<Shift> settle(std::vector<Placed>& day, std::vector<SourceSpan>& overlaps) {
  std::stable_sort(day.begin(), day.end(),
                   [](const Placed& a, const Placed& b) { return a.shift.begin < b.shift.begin; });
  std::vector<Shift> shifts;
  for (const Placed& placed : day) {
    if (shifts.empty() || placed.shift.begin > shifts.back().end) {
      shifts.push_back(placed.shift);
      continue;
    }
    if (placed.shift.begin < shifts.back().end) overlaps.push_back(placed.span);
    shifts.back().end = std::max(shifts.back().end, placed.shift.end);
  }
  return shifts;
}

/// Fills the week of a calendar; false when it is never open.
bool read_hours(Reading& reading, const Node& hours, Calendar& calendar) {
  Week week = read_week(reading, hours);
  std::vector<SourceSpan> overlaps;
  bool open = false;
  for (std::size_t day = 0; day < week.size(); ++day) {
    calendar.hours[day] = settle(week[day], overlaps);
    open = open || !calendar.hours[day].empty();
  }
  // One value stands for several days and is still one fault.
  std::sort(overlaps.begin(), overlaps.end());
  overlaps.erase(std::unique(overlaps.begin(), overlaps.end()), overlaps.end());
  for (const SourceSpan& span : overlaps) {
    reading.report("S003", span, "these hours overlap with others of the same day");
  }
  return open;
}

std::vector<Date> read_dates(Reading& reading, const Node& table, std::string_view key) {
  std::vector<Date> dates;
  const Node* value = member(table, key);
  if (value == nullptr) return dates;
  if (value->kind != Node::Kind::list) {
    report_type(reading, *value, "a list of dates like [2026-10-01, 2026-10-02]");
    return dates;
  }
  for (const Node& item : value->items) {
    if (const auto date = as_date(reading, item)) dates.push_back(*date);
  }
  std::sort(dates.begin(), dates.end());
  dates.erase(std::unique(dates.begin(), dates.end()), dates.end());
  return dates;
}

}  // namespace

Calendar read_calendar(Reading& reading, const Node& table) {
  check_keys(reading, table, keys::calendar);
  Calendar calendar;
  calendar.name = read_text(reading, table, "name");
  const std::string timezone = read_text(reading, table, "timezone");
  if (!timezone.empty()) calendar.timezone = timezone;
  calendar.off = read_dates(reading, table, "off");
  calendar.work = read_dates(reading, table, "work");

  const std::size_t faults = reading.reported;
  bool open = false;
  if (const Node* hours = read_table(reading, table, "hours")) {
    open = read_hours(reading, *hours, calendar);
    if (!open && reading.reported == faults) {
      reading.report("S003", hours->span, "this calendar is never open");
    }
  } else if (member(table, "hours") == nullptr) {
    reading.report("S004", table.span,
                   "a calendar needs 'hours', like hours = { mon-fri = \"09:00-18:00\" }");
  }
  if (!open) {
    for (auto& day : calendar.hours) day = {{0, minutes_per_day}};
  }
  return calendar;
}

}  // namespace gemba::inline toml
