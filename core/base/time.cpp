#include "core/base/time.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <vector>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"

namespace gemba {

namespace {

constexpr Micros micros_per_minute = 60 * micros_per_second;
constexpr Micros micros_per_hour = 60 * micros_per_minute;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The rest of a text that is being read; every function takes what it understands from the front.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  void skip(std::size_t count) { rest_.remove_prefix(count); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A number of at least `least` and at most `most` digits, or −1.
  int number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t count = 0;
    while (count < most && count < rest_.size() && is_digit(rest_[count])) {
      value = value * 10 + (rest_[count] - '0');
      ++count;
    }
    if (count < least) return -1;
    rest_.remove_prefix(count);
    return value;
  }

 private:
  std::string_view rest_;
};

std::optional<Micros> midnight(int year, int month, int day) {
  if (year < 0 || month < 1 || day < 1) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Micros{std::chrono::sys_days{date}.time_since_epoch().count()} * micros_per_day;
}

std::optional<Micros> read_date(Cursor& cursor) {
  const int year = cursor.number(4, 4);
  if (year < 0) return std::nullopt;
  for (const char separator : {'-', '/', '.'}) {
    if (!cursor.take(separator)) continue;
    const int month = cursor.number(1, 2);
    if (month < 0 || !cursor.take(separator)) return std::nullopt;
    return midnight(year, month, cursor.number(1, 2));
  }
  const int month = cursor.number(2, 2);
  return midnight(year, month, cursor.number(2, 2));
}

// Digits after the decimal mark, as microseconds; none when there are no digits.
std::optional<Micros> read_fraction(Cursor& cursor) {
  Micros value = 0;
  Micros place = micros_per_second / 10;
  std::size_t count = 0;
  const std::string_view digits = cursor.rest();
  for (; count < digits.size() && is_digit(digits[count]); ++count) {
    value += (digits[count] - '0') * place;
    place /= 10;
  }
  if (count == 0) return std::nullopt;
  cursor.skip(count);
  return value;
}

// `9:03`, `09:03:07.25`, `090307`. 24:00:00 is the end of the day, second 60 a leap second.
std::optional<Micros> read_clock(Cursor& cursor) {
  const int hour = cursor.number(1, 2);
  if (hour < 0) return std::nullopt;
  const bool colons = cursor.take(':');
  const int minute = cursor.number(2, 2);
  if (minute < 0) return std::nullopt;
  int second = 0;
  Micros fraction = 0;
  const bool has_seconds =
      colons ? cursor.take(':') : !cursor.at_end() && is_digit(cursor.rest()[0]);
  if (has_seconds) {
    second = cursor.number(2, 2);
    if (second < 0) return std::nullopt;
    if (cursor.take('.') || cursor.take(',')) {
      const std::optional<Micros> digits = read_fraction(cursor);
      if (!digits) return std::nullopt;
      fraction = *digits;
    }
  }
  const bool whole_day = hour == 24 && minute == 0 && second == 0 && fraction == 0;
  if ((hour > 23 && !whole_day) || minute > 59 || second > 60) return std::nullopt;
  return hour * micros_per_hour + minute * micros_per_minute + second * micros_per_second +
         fraction;
}

// `+08:00`, `-0530`, `+08`.
std::optional<Micros> read_signed_offset(Cursor& cursor) {
  const bool negative = cursor.take('-');
  if (!negative && !cursor.take('+')) return std::nullopt;
  const int hours = cursor.number(2, 2);
  if (hours < 0 || hours > 18) return std::nullopt;
  int minutes = 0;
  if (cursor.take(':') || !cursor.at_end()) minutes = cursor.number(2, 2);
  if (minutes < 0 || minutes > 59) return std::nullopt;
  const Micros offset = hours * micros_per_hour + minutes * micros_per_minute;
  return negative ? -offset : offset;
}

std::optional<Micros> read_offset(Cursor& cursor) {
  cursor.take(' ');
  if (!cursor.at_end() && (cursor.rest()[0] == '+' || cursor.rest()[0] == '-')) {
    return read_signed_offset(cursor);
  }
  for (const std::string_view utc : {"Z", "z", "UTC", "GMT"}) {
    if (cursor.rest() != utc) continue;
    cursor.skip(utc.size());
    return 0;
  }
  return std::nullopt;
}

[[noreturn]] void fail_unknown_zone(std::string_view name) {
  std::vector<std::string_view> known;
  for (const date::time_zone& zone : date::get_tzdb().zones) known.push_back(zone.name());
  throw UsageError(
      fmt::format("time zone '{}' does not exist; write a name such as Asia/Shanghai or an offset "
                  "such as +08:00{}",
                  name, did_you_mean(name, known)));
}

}  // namespace

TimeZone::TimeZone(std::string_view name) {
  if (name.empty()) return;
  name_ = name;
  Cursor cursor(name);
  if (const std::optional<Micros> offset = read_offset(cursor); offset && cursor.at_end()) {
    offset_ = *offset;
    return;
  }
  try {
    zone_ = date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    fail_unknown_zone(name);
  }
}

Micros TimeZone::to_utc(Micros local) {
  if (zone_ == nullptr) return local - offset_;
  if (local >= cached_begin_ && local < cached_end_) return local - cached_offset_;
  const auto* zone = static_cast<const date::time_zone*>(zone_);
  using std::chrono::microseconds;
  const date::local_info info = zone->get_info(
      date::floor<std::chrono::seconds>(date::local_time<microseconds>(microseconds(local))));
  const Micros offset = microseconds(info.first.offset).count();
  if (info.result == date::local_info::unique) {
    // The borders are moments; a day inwards no local time can be ambiguous or skipped, in any
    // zone.
    constexpr std::int64_t far = std::numeric_limits<Micros>::max() / 4 / micros_per_second;
    const auto seconds = [far](date::sys_seconds moment) {
      return std::clamp(moment.time_since_epoch().count(), -far, far);
    };
    cached_begin_ = seconds(info.first.begin) * micros_per_second + offset + micros_per_day;
    cached_end_ = seconds(info.first.end) * micros_per_second + offset - micros_per_day;
    cached_offset_ = offset;
  }
  return local - offset;
}

Micros TimeZone::to_local(Micros utc) const {
  if (zone_ == nullptr) return utc + offset_;
  using std::chrono::microseconds;
  const date::sys_time<microseconds> moment{microseconds(utc)};
  const date::sys_info info = static_cast<const date::time_zone*>(zone_)->get_info(
      date::floor<std::chrono::seconds>(moment));
  return utc + microseconds(info.offset).count();
}

std::optional<Timestamp> TimestampReader::read(std::string_view text) {
  text = trimmed(text);
  Cursor cursor(text);
  Micros local = 0;
  constexpr std::size_t date_size = sizeof cached_date_;
  if (has_cached_date_ && text.size() > date_size &&
      (text[date_size] == 'T' || text[date_size] == ' ') &&
      std::memcmp(text.data(), cached_date_, date_size) == 0) {
    local = cached_midnight_;
    cursor.skip(date_size);
  } else {
    const std::optional<Micros> date = read_date(cursor);
    if (!date) return std::nullopt;
    local = *date;
    if (text.size() - cursor.rest().size() == date_size) {
      std::memcpy(cached_date_, text.data(), date_size);
      cached_midnight_ = local;
      has_cached_date_ = true;
    }
  }
  if (cursor.take('T') || cursor.take('t') || cursor.take(' ')) {
    const std::optional<Micros> clock = read_clock(cursor);
    if (!clock) return std::nullopt;
    local += *clock;
  }
  if (cursor.at_end()) return Timestamp{zone_.to_utc(local), false};
  const std::optional<Micros> offset = read_offset(cursor);
  if (!offset || !cursor.at_end()) return std::nullopt;
  return Timestamp{local - *offset, true};
}

std::string format_utc(Micros utc) {
  using namespace std::chrono;
  const sys_time<microseconds> moment{microseconds(utc)};
  const sys_days day = floor<days>(moment);
  const year_month_day date{day};
  const hh_mm_ss<microseconds> clock{moment - day};
  std::string text =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count());
  const auto fraction = clock.subseconds().count();
  if (fraction % 1000 != 0) {
    text += fmt::format(".{:06}", fraction);
  } else if (fraction != 0) {
    text += fmt::format(".{:03}", fraction / 1000);
  }
  return text + 'Z';
}

}  // namespace gemba
