#include <array>

#include "core/time/timestamp_forms.h"

namespace gemba::inline time {

namespace {

// What stands on a clock.
struct Hands {
  int hour = 0;
  int minute = 0;
  int second = 0;
  Micros fraction = 0;
  bool takes_am_pm = true;
  bool hour_only = false;  // a number that is a time of the day only with AM or PM
};

// Hours that a part of the day can have, and what makes them hours of the day.
struct HourRange {
  int first, last, add;
};

struct DayPart {
  std::string_view name;
  std::array<HourRange, 2> ranges;
};

constexpr DayPart day_parts[] = {
    {"上午", {{{0, 11, 0}, {12, 12, -12}}}}, {"下午", {{{1, 11, 12}, {12, 23, 0}}}},
    {"中午", {{{11, 14, 0}, {1, 2, 12}}}},   {"凌晨", {{{0, 6, 0}, {12, 12, -12}}}},
    {"早上", {{{1, 11, 0}, {1, 11, 0}}}},    {"晚上", {{{5, 11, 12}, {17, 23, 0}}}}};

const DayPart* take_day_part(TimeCursor& cursor) {
  if (is_ascii(cursor.front())) return nullptr;
  for (const DayPart& part : day_parts) {
    if (cursor.take(part.name)) return &part;
  }
  return nullptr;
}

// The fraction after a second, if there is one. False when its digits are missing.
bool take_second_fraction(TimeCursor& cursor, Hands& hands) {
  if (!cursor.take('.') && !cursor.take(',')) return true;
  const std::optional<Micros> fraction = take_fraction(cursor);
  hands.fraction = fraction.value_or(0);
  return fraction.has_value();
}

// `:03`, `:03:07.25`, the first colon taken.
bool take_after_colon(TimeCursor& cursor, Hands& hands) {
  hands.minute = cursor.number(2, 2);
  if (!cursor.take(':')) return true;
  hands.second = cursor.number(2, 2);
  return hands.second >= 0 && take_second_fraction(cursor, hands);
}

// `3分5秒`, `3分` or nothing.
bool take_after_hour_sign(TimeCursor& cursor, Hands& hands) {
  hands.takes_am_pm = false;
  if (!is_digit(cursor.front())) return true;
  hands.minute = cursor.number(1, 2);
  if (!cursor.take("分")) return false;
  if (!is_digit(cursor.front())) return true;
  hands.second = cursor.number(1, 2);
  return take_second_fraction(cursor, hands) && cursor.take("秒");
}

// `03`, `0307`, `0307.25`.
bool take_after_digits(TimeCursor& cursor, Hands& hands) {
  hands.takes_am_pm = false;
  hands.minute = cursor.number(2, 2);
  if (!is_digit(cursor.front())) return true;
  hands.second = cursor.number(2, 2);
  return hands.second >= 0 && take_second_fraction(cursor, hands);
}

bool take_hands(TimeCursor& cursor, Hands& hands) {
  hands.hour = cursor.number(1, 2);
  if (hands.hour < 0) return false;
  if (cursor.take(':')) return take_after_colon(cursor, hands);
  if (is_digit(cursor.front())) return take_after_digits(cursor, hands);
  if (cursor.take("时") || cursor.take("点")) return take_after_hour_sign(cursor, hands);
  hands.hour_only = true;
  return true;
}

// The hour of the day, or −1 when the part of the day does not have it.
int hour_of(const DayPart& part, int hour) {
  for (const HourRange& range : part.ranges) {
    if (hour >= range.first && hour <= range.last) return hour + range.add;
  }
  return -1;
}

// `+08:00`, `-0530`, `+08`; behind the word UTC also `+8`.
std::optional<Micros> take_signed_offset(TimeCursor& cursor, std::size_t least_digits = 2) {
  const bool negative = cursor.take('-');
  if (!negative && !cursor.take('+')) return std::nullopt;
  const int hours = cursor.number(least_digits, 2);
  if (hours < 0 || hours > 18) return std::nullopt;
  int minutes = 0;
  if (cursor.take(':') || is_digit(cursor.front())) minutes = cursor.number(2, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  const Micros offset = hours * micros_per_hour + minutes * micros_per_minute;
  return negative ? -offset : offset;
}

}  // namespace

std::optional<Micros> take_fraction(TimeCursor& cursor) {
  const std::string_view digits = cursor.rest().substr(0, cursor.digits());
  if (digits.empty()) return std::nullopt;
  Micros value = 0;
  Micros place = micros_per_second / 10;
  for (const char digit : digits.substr(0, 6)) {
    value += (digit - '0') * place;
    place /= 10;
  }
  cursor.skip(digits.size());
  return value;
}

bool at_day_part(const TimeCursor& cursor) {
  TimeCursor ahead = cursor;
  return take_day_part(ahead) != nullptr;
}

int hour_of_half(int hour, DayHalf half) {
  if (hour < 1 || hour > 12) return -1;
  return hour % 12 + (half == DayHalf::pm ? 12 : 0);
}

DayHalf take_day_half(TimeCursor& cursor) {
  TimeCursor ahead = cursor;
  ahead.take_spaces();
  const char letter = static_cast<char>(ahead.front() | 0x20);
  if (letter != 'a' && letter != 'p') return DayHalf::none;
  ahead.skip(1);
  if (ahead.take('.')) ahead.take(' ');
  if (!ahead.take('m') && !ahead.take('M')) return DayHalf::none;
  ahead.take('.');
  cursor = ahead;
  return letter == 'a' ? DayHalf::am : DayHalf::pm;
}

std::optional<Micros> time_of_day(int hour, int minute, int second, Micros fraction) {
  if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 60) return std::nullopt;
  const bool end_of_day = hour == 24 && minute == 0 && second == 0 && fraction == 0;
  if (hour > 23 && !end_of_day) return std::nullopt;
  return hour * micros_per_hour + minute * micros_per_minute + second * micros_per_second +
         fraction;
}

std::optional<Micros> take_clock(TimeCursor& cursor) {
  const DayPart* part = take_day_part(cursor);
  if (part != nullptr) cursor.take_spaces();
  Hands hands;
  if (!take_hands(cursor, hands)) return std::nullopt;
  int hour = hands.hour;
  bool whole = !hands.hour_only;
  if (part != nullptr) {
    hour = hour_of(*part, hour);
  } else if (hands.takes_am_pm) {
    const DayHalf half = take_day_half(cursor);
    if (half != DayHalf::none) {
      hour = hour_of_half(hour, half);
      whole = true;
    }
  }
  if (!whole) return std::nullopt;
  return time_of_day(hour, hands.minute, hands.second, hands.fraction);
}

std::optional<Micros> take_digit_clock(TimeCursor& cursor) {
  const std::size_t digits = cursor.digits();
  Hands hands;
  hands.hour = cursor.number(2, 2);
  hands.minute = cursor.number(2, 2);
  if (digits >= 6) hands.second = cursor.number(2, 2);
  if (digits == 9) {
    hands.fraction = *take_fraction(cursor);
  } else if (digits == 6 && !take_second_fraction(cursor, hands)) {
    return std::nullopt;
  }
  return time_of_day(hands.hour, hands.minute, hands.second, hands.fraction);
}

std::optional<Micros> rfc_zone(std::string_view name) {
  struct Zone {
    std::string_view name;
    int hours;
  };
  constexpr Zone zones[] = {{"ut", 0},   {"gmt", 0},  {"est", -5}, {"edt", -4}, {"cst", -6},
                            {"cdt", -5}, {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
  for (const Zone& zone : zones) {
    if (same_word(name, zone.name)) return zone.hours * micros_per_hour;
  }
  return std::nullopt;
}

std::optional<Micros> take_offset(TimeCursor& cursor) {
  cursor.take_spaces();
  if (!is_letter(cursor.front())) return take_signed_offset(cursor);
  const std::string_view word = cursor.word();
  if (word == "Z" || word == "z") return 0;
  if (word != "UTC" && word != "GMT") return std::nullopt;
  const bool more = cursor.front() == '+' || cursor.front() == '-';
  return more ? take_signed_offset(cursor, 1) : 0;
}

std::optional<Micros> take_rfc_offset(TimeCursor& cursor) {
  TimeCursor ahead = cursor;
  std::optional<Micros> offset = take_offset(ahead);
  if (!offset) {
    ahead = cursor;
    ahead.take_spaces();
    const std::string_view word = ahead.word();
    // The letters of the military zones were defined the wrong way round, and are read as UTC.
    const bool military = word.size() == 1 && word != "J" && word != "j";
    offset = military ? 0 : rfc_zone(word);
  }
  if (ahead.take_spaces()) {
    const std::size_t end = ahead.rest().find(')');
    if (!ahead.take('(') || end == std::string_view::npos) return std::nullopt;
    ahead.skip(end);
  }
  cursor = ahead;
  return offset;
}

}  // namespace gemba::inline time
