#include "core/time/duration.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

namespace gemba::inline time {
namespace {

constexpr std::size_t max_digits = 18;  // of a number: more cannot fit into 64 bits anyway

struct Unit {
  std::string_view name;
  Micros micros;
};

constexpr std::array<Unit, 6> plain_units = {{{"w", 7 * micros_per_day},
                                              {"d", micros_per_day},
                                              {"h", micros_per_hour},
                                              {"m", micros_per_minute},
                                              {"s", micros_per_second},
                                              {"ms", 1000}}};
constexpr std::array<Unit, 2> iso_date_units = {{{"W", 7 * micros_per_day}, {"D", micros_per_day}}};
constexpr std::array<Unit, 3> iso_time_units = {
    {{"H", micros_per_hour}, {"M", micros_per_minute}, {"S", micros_per_second}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A decimal number, exact: its whole part and its fraction.
struct Decimal {
  std::int64_t whole = 0;
  double fraction = 0;
};

/// Takes `12` or `1.5` from the front of `text`.
std::optional<Decimal> take_decimal(std::string_view& text) {
  Decimal number;
  std::size_t at = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    if (at == max_digits) return std::nullopt;
    number.whole = number.whole * 10 + (text[at] - '0');
  }
  if (at == 0) return std::nullopt;
  if (at < text.size() && text[at] == '.') {
    const std::size_t first = ++at;
    double place = 0.1;
    for (; at < text.size() && is_digit(text[at]); ++at, place /= 10) {
      if (at - first == max_digits) return std::nullopt;
      number.fraction += (text[at] - '0') * place;
    }
    if (at == first) return std::nullopt;
  }
  text.remove_prefix(at);
  return number;
}

std::string_view take_letters(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && is_letter(text[end])) ++end;
  const std::string_view letters = text.substr(0, end);
  text.remove_prefix(end);
  return letters;
}

/// Adds `number` units; false when the sum is too long to count in microseconds.
bool add(Micros& sum, const Decimal& number, Micros unit) {
  Micros whole = 0;
  if (__builtin_mul_overflow(number.whole, unit, &whole)) return false;
  const auto part = static_cast<Micros>(std::llround(number.fraction * static_cast<double>(unit)));
  return !__builtin_add_overflow(sum, whole, &sum) && !__builtin_add_overflow(sum, part, &sum);
}

/// A sequence of numbers with units, each unit at most once and the larger before the smaller.
template <std::size_t Count>
bool take_all(std::string_view text, const std::array<Unit, Count>& units, Micros& sum) {
  std::size_t next = 0;
  while (!text.empty()) {
    const auto number = take_decimal(text);
    if (!number) return false;
    const std::string_view name = take_letters(text);
    while (next < Count && units[next].name != name) ++next;
    if (next == Count || !add(sum, *number, units[next].micros)) return false;
    ++next;
  }
  return true;
}

Duration elapsed(Micros micros) { return {Duration::Kind::elapsed, micros, 0}; }

/// ISO 8601-1:2019, 5.5.2, without years and months, whose length is not fixed.
std::optional<Duration> parse_iso(std::string_view text) {
  text.remove_prefix(1);
  const std::size_t mark = text.find('T');
  const std::string_view days = text.substr(0, mark);
  Micros sum = 0;
  if (days.empty() && mark == std::string_view::npos) return std::nullopt;
  if (!take_all(days, iso_date_units, sum)) return std::nullopt;
  if (mark == std::string_view::npos) return elapsed(sum);
  const std::string_view times = text.substr(mark + 1);
  if (times.empty() || !take_all(times, iso_time_units, sum)) return std::nullopt;
  return elapsed(sum);
}

std::optional<Duration> parse_business(std::string_view text) {
  const auto number = take_decimal(text);
  if (!number) return std::nullopt;
  if (text == "bd") {
    const double days = static_cast<double>(number->whole) + number->fraction;
    return Duration{Duration::Kind::business_days, 0, days};
  }
  Micros micros = 0;
  if (text != "bh" || !add(micros, *number, micros_per_hour)) return std::nullopt;
  return Duration{Duration::Kind::business_hours, micros, 0};
}

/// `0.25`, `1.5`, `7`: with at most `places` decimals, none of them a trailing zero.
std::string decimal_text(double value, int places) {
  std::string text = fmt::format("{:.{}f}", value, places);
  if (text.find('.') == std::string::npos) return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

/// `3d 4h`; the smaller unit is left out when it is zero.
std::string two_units(double small_count, double per_large, char large, char small) {
  const double count = std::floor(small_count / per_large);
  const double rest = small_count - count * per_large;
  std::string text = fmt::format("{:.0f}{}", count, large);
  if (rest >= 1) text += fmt::format(" {:.0f}{}", rest, small);
  return text;
}

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == 'P') return parse_iso(text);
  if (text.ends_with("bd") || text.ends_with("bh")) return parse_business(text);
  Micros sum = 0;
  if (!take_all(text, plain_units, sum)) return std::nullopt;
  return elapsed(sum);
}

double working_seconds(const Duration& duration, double hours_per_business_day) {
  if (duration.kind == Duration::Kind::business_days) {
    return duration.days * hours_per_business_day * 3600;
  }
  return static_cast<double>(duration.micros) / static_cast<double>(micros_per_second);
}

std::string humane_seconds(double seconds) {
  if (!std::isfinite(seconds)) return "-";
  if (seconds < 0) {
    const std::string text = humane_seconds(-seconds);
    return text == "0s" ? text : "-" + text;
  }
  // Each unit is chosen after rounding, so that 59.9 s is 1m and never 60s.
  if (seconds < 0.9995) return decimal_text(seconds, 3) + "s";
  if (seconds < 9.95) return decimal_text(seconds, 1) + "s";
  const double whole_seconds = std::round(seconds);
  if (whole_seconds < 60) return fmt::format("{:.0f}s", whole_seconds);
  if (whole_seconds < 3600) return two_units(whole_seconds, 60, 'm', 's');
  const double minutes = std::round(seconds / 60);
  if (minutes < 24 * 60) return two_units(minutes, 60, 'h', 'm');
  return two_units(std::round(seconds / 3600), 24, 'd', 'h');
}

}  // namespace gemba::inline time
