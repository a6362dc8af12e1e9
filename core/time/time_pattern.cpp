#include "core/time/time.h"
#include "core/time/timestamp_forms.h"

// A reader of our own for strptime's patterns: the date library's computes with values that it
// never set where a text does not fit, and takes twenty times as long.

namespace gemba::inline time {

namespace {

struct Fields {
  int year = -1;
  int month = -1;
  int day = -1;
  int weekday = -1;
  int hour = 0;
  DayHalf half = DayHalf::none;
  int minute = 0;
  int second = 0;
  Micros fraction = 0;
};

bool is_white(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

void skip_white(TimeCursor& cursor) {
  while (is_white(cursor.front())) cursor.skip(1);
}

bool set(int& field, int value) {
  field = value;
  return value >= 0;
}

// POSIX: 69 to 99 are in the 20th century.
int full_year(int year) { return year < 0 ? -1 : year + (year < 69 ? 2000 : 1900); }

// The second and its decimals, unless their mark is what the pattern wants next.
bool take_second(TimeCursor& cursor, char next, Fields& fields) {
  if (!set(fields.second, cursor.number(1, 2))) return false;
  const char mark = cursor.front();
  const bool decimals = (mark == '.' || mark == ',') && mark != next;
  if (!decimals) return true;
  cursor.skip(1);
  const std::optional<Micros> fraction = take_fraction(cursor);
  fields.fraction = fraction.value_or(0);
  return fraction.has_value();
}

bool take_zone_name(TimeCursor& cursor, PatternTime& time) {
  const std::string_view rest = cursor.rest();
  std::size_t size = 0;
  while (size < rest.size() && (is_letter(rest[size]) || is_digit(rest[size]) ||
                                std::string_view("_/+-").find(rest[size]) != std::string::npos)) {
    ++size;
  }
  time.zone = rest.substr(0, size);
  cursor.skip(size);
  return size > 0;
}

// The conversions that stand for several, in full; empty for the others.
std::string_view spelled_out(char letter) {
  switch (letter) {
    case 'F':
      return "%Y-%m-%d";
    case 'D':
      return "%m/%d/%y";
    case 'R':
      return "%H:%M";
    case 'T':
      return "%H:%M:%S";
    case 'r':
      return "%I:%M:%S %p";
    default:
      return {};
  }
}

// One conversion; `next` is what follows it in the pattern.
bool take_conversion(TimeCursor& cursor, char letter, char next, Fields& fields,
                     PatternTime& time) {
  switch (letter) {
    case 'Y':
      return set(fields.year, cursor.number(4, 4));
    case 'y':
      return set(fields.year, full_year(cursor.number(2, 2)));
    case 'm':
      return set(fields.month, cursor.number(1, 2));
    case 'b':
    case 'B':
    case 'h':
      return set(fields.month, month_of(cursor.word()));
    case 'e':
      cursor.take_spaces();
      [[fallthrough]];
    case 'd':
      return set(fields.day, cursor.number(1, 2));
    case 'H':
    case 'I':
      return set(fields.hour, cursor.number(1, 2));
    case 'M':
      return set(fields.minute, cursor.number(1, 2));
    case 'S':
      return take_second(cursor, next, fields);
    case 'p':
      fields.half = take_day_half(cursor);
      return fields.half != DayHalf::none;
    case 'a':
    case 'A':
      return set(fields.weekday, english_weekday(cursor.word()));
    case 'z':
      time.offset = take_offset(cursor);
      return time.offset.has_value();
    case 'Z':
      return take_zone_name(cursor, time);
    case 'n':
    case 't':
      skip_white(cursor);
      return true;
    default:
      return cursor.take(letter);
  }
}

bool take_pattern(TimeCursor& cursor, std::string_view pattern, Fields& fields, PatternTime& time) {
  TimeCursor wanted(pattern);
  while (!wanted.at_end()) {
    const char sign = wanted.front();
    wanted.skip(1);
    if (is_white(sign)) {
      skip_white(cursor);
      continue;
    }
    if (sign != '%') {
      if (!cursor.take(sign)) return false;
      continue;
    }
    wanted.take('E');
    const char letter = wanted.front();
    wanted.skip(1);
    const std::string_view longer = spelled_out(letter);
    const bool good = longer.empty() ? take_conversion(cursor, letter, wanted.front(), fields, time)
                                     : take_pattern(cursor, longer, fields, time);
    if (!good) return false;
  }
  return true;
}

}  // namespace

std::optional<PatternTime> read_pattern_time(std::string_view pattern, std::string_view text) {
  TimeCursor cursor(text);
  Fields fields;
  PatternTime time;
  if (!take_pattern(cursor, pattern, fields, time) || !cursor.at_end()) return std::nullopt;
  const auto day = days_of(fields.year, fields.month, fields.day);
  const int hour =
      fields.half == DayHalf::none ? fields.hour : hour_of_half(fields.hour, fields.half);
  const auto clock = time_of_day(hour, fields.minute, fields.second, fields.fraction);
  if (!day || !clock) return std::nullopt;
  if (fields.weekday >= 0 && fields.weekday != weekday_of(*day)) return std::nullopt;
  time.local = *day * micros_per_day + *clock;
  return time;
}

}  // namespace gemba::inline time
