#include <algorithm>
#include <array>
#include <chrono>

#include "core/time/time.h"
#include "core/time/timestamp_forms.h"

namespace gemba::inline time {

namespace {

constexpr int longest_year = 290'000;  // what microseconds in 64 bits hold, rounded down

// The place of a name, or of its first three letters, in a list; −1 when it is not there.
template <std::size_t size>
int place_of(std::string_view word, const std::array<std::string_view, size>& names) {
  for (std::size_t place = 0; place < size; ++place) {
    if (same_word(word, names[place].substr(0, 3)) || same_word(word, names[place])) {
      return static_cast<int>(place);
    }
  }
  return -1;
}

std::optional<WrittenDate> plain(std::optional<std::int64_t> day, DateStyle style) {
  if (!day) return std::nullopt;
  WrittenDate date;
  date.day = *day;
  date.style = style;
  return date;
}

int take_year(TimeCursor& cursor) {
  const int year = cursor.number(4, 4);
  return is_digit(cursor.front()) ? -1 : year;
}

// `W02-1`, `W021`, the `W` taken (ISO 8601, 4.1.4).
std::optional<std::int64_t> take_week_date(TimeCursor& cursor, std::int64_t year, bool extended) {
  const int week = cursor.number(2, 2);
  if (week < 1 || week > 53 || (extended && !cursor.take('-'))) return std::nullopt;
  const int weekday = cursor.number(1, 1);
  if (weekday < 1 || weekday > 7) return std::nullopt;
  // Week 1 is the one with 4 January in it.
  const auto monday_of_week_1 = [](std::int64_t of) {
    const std::int64_t fourth = *days_of(of, 1, 4);
    return fourth - weekday_of(fourth);
  };
  const std::int64_t day = monday_of_week_1(year) + std::int64_t{7} * (week - 1) + weekday - 1;
  if (week == 53 && day >= monday_of_week_1(year + 1)) return std::nullopt;
  return day;
}

// `005`, the day of the year (ISO 8601, 4.1.3).
std::optional<std::int64_t> take_ordinal(TimeCursor& cursor, std::int64_t year) {
  const int number = cursor.number(3, 3);
  const std::int64_t day = *days_of(year, 1, 1) + number - 1;
  if (number < 1 || day > *days_of(year, 12, 31)) return std::nullopt;
  return day;
}

// `年1月5日`.
std::optional<WrittenDate> take_after_chinese_year(TimeCursor& cursor, std::int64_t year) {
  if (!cursor.take("年")) return std::nullopt;
  const int month = cursor.number(1, 2);
  if (month < 0 || !cursor.take("月")) return std::nullopt;
  const int day = cursor.number(1, 2);
  if (day < 0 || !cursor.take("日")) return std::nullopt;
  return plain(days_of(year, month, day), DateStyle::chinese);
}

// What follows a year: `-01-05`, `/1/5`, `-W02-1`, `年1月5日`.
std::optional<WrittenDate> take_after_year(TimeCursor& cursor, std::int64_t year) {
  const char separator = cursor.front();
  if (separator == 'W') {
    cursor.skip(1);
    return plain(take_week_date(cursor, year, false), DateStyle::year_first);
  }
  if (separator != '-' && separator != '/' && separator != '.') {
    return take_after_chinese_year(cursor, year);
  }
  cursor.skip(1);
  if (separator == '-') {
    if (cursor.take('W')) {
      return plain(take_week_date(cursor, year, true), DateStyle::year_first);
    }
    if (cursor.digits() == 3) return plain(take_ordinal(cursor, year), DateStyle::year_first);
  }
  const int month = cursor.number(1, 2);
  if (month < 0 || !cursor.take(separator)) return std::nullopt;
  return plain(days_of(year, month, cursor.number(1, 2)), DateStyle::year_first);
}

// `+012026-01-05`, `-000044-03-15`: the expanded years of ECMAScript, which knows no year −0.
std::optional<WrittenDate> take_expanded(TimeCursor& cursor) {
  const bool negative = cursor.take('-');
  if (!negative && !cursor.take('+')) return std::nullopt;
  const int year = cursor.number(6, 6);
  const bool good = year >= 0 && year <= longest_year && !(negative && year == 0);
  if (!good || cursor.front() != '-') return std::nullopt;
  return take_after_year(cursor, negative ? -year : year);
}

// `1/5/2026`, either way unless the order is decided or the date decides it.
std::optional<WrittenDate> in_order(int first, int second, int year, DateOrder order) {
  const auto month_first = days_of(year, first, second);
  const auto day_first = days_of(year, second, first);
  if (order == DateOrder::month_first) return plain(month_first, DateStyle::numeric);
  if (order == DateOrder::day_first) return plain(day_first, DateStyle::numeric);
  std::optional<WrittenDate> date =
      plain(month_first ? month_first : day_first, DateStyle::numeric);
  if (!date) return std::nullopt;
  if (month_first && day_first) {
    date->ambiguous = *month_first != *day_first;
    date->day_first = *day_first;
  } else {
    date->decides = month_first ? DateOrder::month_first : DateOrder::day_first;
  }
  return date;
}

// `5 Jan 2026`, `05-Jan-2026`: what follows the day.
std::optional<WrittenDate> take_after_day(TimeCursor& cursor, int day) {
  const bool dashes = cursor.take('-');
  if (!dashes && !cursor.take_spaces()) return std::nullopt;
  const int month = month_of(cursor.word());
  if (month < 0 || !(dashes ? cursor.take('-') : cursor.take_spaces())) return std::nullopt;
  return plain(days_of(take_year(cursor), month, day), DateStyle::named);
}

std::optional<WrittenDate> take_day_or_month_first(TimeCursor& cursor, DateOrder order) {
  const int first = cursor.number(1, 2);
  const std::string_view rest = cursor.rest();
  if (rest.size() < 2) return std::nullopt;
  const char separator = rest[0];
  if (separator == ' ' || (separator == '-' && is_letter(rest[1]))) {
    return take_after_day(cursor, first);
  }
  if (separator != '.' && separator != '/' && separator != '-') return std::nullopt;
  cursor.skip(1);
  const int second = cursor.number(1, 2);
  if (second < 0 || !cursor.take(separator)) return std::nullopt;
  const int year = take_year(cursor);
  if (year < 0) return std::nullopt;
  if (separator == '.') return plain(days_of(year, second, first), DateStyle::numeric);
  return in_order(first, second, year, order);
}

// `Jan 5, 2026`: what follows the name of the month.
std::optional<WrittenDate> take_after_month(TimeCursor& cursor, int month) {
  if (month < 0 || !cursor.take_spaces()) return std::nullopt;
  const int day = cursor.number(1, 2);
  const bool comma = cursor.take(',');
  if (!cursor.take_spaces() && !comma) return std::nullopt;
  return plain(days_of(take_year(cursor), month, day), DateStyle::named);
}

// A date with the name of its month, maybe after an English weekday.
std::optional<WrittenDate> take_named(TimeCursor& cursor) {
  std::string_view word = cursor.word();
  const int weekday = english_weekday(word);
  if (weekday >= 0) {
    const bool comma = cursor.take(',');
    if (!cursor.take_spaces() && !comma) return std::nullopt;
    word = cursor.word();
  }
  std::optional<WrittenDate> date;
  if (!word.empty()) {
    date = take_after_month(cursor, month_of(word));
  } else {
    const int day = cursor.number(1, 2);
    date = take_after_day(cursor, day);
  }
  if (date && weekday >= 0 && weekday_of(date->day) != weekday) return std::nullopt;
  return date;
}

}  // namespace

std::optional<std::int64_t> days_of(std::int64_t year, int month, int day) {
  using namespace std::chrono;
  if (month < 1 || day < 1) return std::nullopt;
  // The calendar repeats every 400 years, and <chrono> ends with the year 32767.
  constexpr std::int64_t days_per_cycle = 146'097;
  std::int64_t cycle = 0;
  if (year < 0 || year > 9999) {
    cycle = (year - (year < 0 ? 399 : 0)) / 400;
    year -= cycle * 400;
  }
  const year_month_day date{std::chrono::year{static_cast<int>(year)},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return sys_days{date}.time_since_epoch().count() + cycle * days_per_cycle;
}

int month_of(std::string_view word) {
  constexpr std::array<std::string_view, 12> months = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (same_word(word, "sept")) return 9;
  const int place = place_of(word, months);
  return place < 0 ? -1 : place + 1;
}

int english_weekday(std::string_view word) {
  constexpr std::array<std::string_view, 7> weekdays = {
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
  return place_of(word, weekdays);
}

std::optional<int> take_chinese_weekday(TimeCursor& cursor) {
  if (is_ascii(cursor.front())) return std::nullopt;
  TimeCursor ahead = cursor;
  if (!ahead.take("星期") && !ahead.take("周")) return std::nullopt;
  constexpr std::array<std::string_view, 8> names = {"一", "二", "三", "四",
                                                     "五", "六", "日", "天"};
  for (std::size_t place = 0; place < names.size(); ++place) {
    if (!ahead.take(names[place])) continue;
    cursor = ahead;
    return static_cast<int>(std::min<std::size_t>(place, 6));  // 天 is another word for 日
  }
  return std::nullopt;
}

std::optional<WrittenDate> take_date(TimeCursor& cursor, std::size_t digits, DateOrder order) {
  switch (digits) {
    case 0:
      return is_letter(cursor.front()) ? take_named(cursor) : take_expanded(cursor);
    case 1:
    case 2:
      return take_day_or_month_first(cursor, order);
    case 4: {
      const int year = cursor.number(4, 4);
      return take_after_year(cursor, year);
    }
    case 8:
    case 12:
    case 14:
    case 17: {
      const int year = cursor.number(4, 4);
      const int month = cursor.number(2, 2);
      return plain(days_of(year, month, cursor.number(2, 2)), DateStyle::year_first);
    }
    default:
      return std::nullopt;
  }
}

}  // namespace gemba::inline time
