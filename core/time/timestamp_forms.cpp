#include "core/time/timestamp_forms.h"
#include "core/time/time.h"

namespace gemba::inline time {

namespace {

// Excel serials that cannot be taken for another number: 1954-10-03 to 2119-01-11.
constexpr int least_serial = 20'000;
constexpr int most_serial = 80'000;

// Takes what stands between a date and its clock. False when it cannot stand there.
bool take_gap(TimeCursor& cursor, const WrittenDate& date, bool& has_clock) {
  const bool year_first = date.style == DateStyle::year_first;
  const bool chinese = date.style == DateStyle::chinese;
  has_clock = true;
  if (year_first && (cursor.take('T') || cursor.take('t'))) return true;
  const bool comma = !year_first && !chinese && cursor.take(',');
  bool apart = cursor.take_spaces();
  if (comma && !apart) return false;
  if (is_digit(cursor.front()) && apart) return true;
  if (year_first || chinese) {
    if (const std::optional<int> weekday = take_chinese_weekday(cursor)) {
      if (*weekday != weekday_of(date.day)) return false;
      cursor.take_spaces();
      apart = true;
    }
  }
  if (is_digit(cursor.front()) ? apart || chinese : at_day_part(cursor)) return true;
  has_clock = false;
  return cursor.at_end() || (year_first && !apart);
}

// A date and, maybe, a clock and an offset; `digits` are those at the front.
std::optional<WrittenTime> read_dated(std::string_view text, std::size_t digits, DateOrder order) {
  TimeCursor cursor(text);
  const std::optional<WrittenDate> date = take_date(cursor, digits, order);
  if (!date) return std::nullopt;
  bool has_clock = digits > 8;
  std::optional<Micros> clock = 0;
  if (has_clock) {
    clock = take_digit_clock(cursor);
  } else {
    if (!take_gap(cursor, *date, has_clock)) return std::nullopt;
    if (has_clock) clock = take_clock(cursor);
  }
  if (!clock) return std::nullopt;
  WrittenTime time;
  time.local = date->day * micros_per_day + *clock;
  if (date->ambiguous) time.day_first = date->day_first * micros_per_day + *clock;
  time.decides = date->decides;
  if (cursor.at_end()) return time;
  const std::optional<Micros> offset =
      date->style == DateStyle::named ? take_rfc_offset(cursor) : take_offset(cursor);
  if (!offset || !cursor.at_end()) return std::nullopt;
  time.has_offset = true;
  time.offset = *offset;
  return time;
}

}  // namespace

std::optional<WrittenTime> read_written_time(std::string_view text, DateOrder order) {
  WrittenTime time;
  const std::size_t digits = TimeCursor(text).digits();
  switch (digits) {
    case 5:
      if (const auto local = read_serial(text, least_serial, most_serial)) {
        time.local = *local;
        return time;
      }
      return std::nullopt;
    case 10:
    case 13:
    case 16:
    case 19:
      if (const auto utc = read_epoch(text)) {
        time.local = *utc;
        time.has_offset = true;
        return time;
      }
      return std::nullopt;
    default:
      return read_dated(text, digits, order);
  }
}

}  // namespace gemba::inline time
