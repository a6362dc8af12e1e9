#include <charconv>
#include <limits>

#include "core/time/timestamp_forms.h"

namespace gemba::inline time {

namespace {

// Digits that fit into 64 bits.
std::optional<std::uint64_t> whole_number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

// The two sides of a decimal mark. False when there is anything but digits, or none at a side.
bool split_decimal(std::string_view text, std::string_view& whole, std::string_view& decimals) {
  TimeCursor cursor(text);
  whole = text.substr(0, cursor.digits());
  cursor.skip(whole.size());
  decimals = {};
  if (whole.empty()) return false;
  if (cursor.at_end()) return true;
  if (!cursor.take('.') && !cursor.take(',')) return false;
  decimals = cursor.rest();
  return !decimals.empty() && cursor.digits() == decimals.size();
}

// A part of a day in milliseconds. Excel keeps days in doubles of about 15 digits, and writers
// round or cut those again: where the whole second is nearer than one in the last decimal, it is
// meant.
Micros day_part(std::string_view decimals) {
  constexpr std::int64_t millis_per_day = 86'400'000;
  std::int64_t numerator = 0;
  std::int64_t denominator = 1;
  for (const char digit : decimals.substr(0, 11)) {  // more would overflow, and are microseconds
    numerator = numerator * 10 + (digit - '0');
    denominator *= 10;
  }
  numerator *= millis_per_day;
  const std::int64_t second = 1000 * denominator;
  const std::int64_t whole = (numerator + second / 2) / second * 1000;
  const std::int64_t error = numerator - whole * denominator;
  if (error >= -millis_per_day && error <= millis_per_day) return whole * 1000;
  return (numerator + denominator / 2) / denominator * 1000;
}

}  // namespace

std::optional<Micros> read_epoch(std::string_view text) {
  std::string_view whole, decimals;
  if (!split_decimal(text, whole, decimals) || whole[0] == '0') return std::nullopt;
  if (whole.size() == 10) return read_units(text, micros_per_second);
  const std::optional<std::uint64_t> number = whole_number(whole);
  if (!decimals.empty() || !number) return std::nullopt;
  switch (whole.size()) {
    case 13:
      return static_cast<Micros>(*number * 1000);
    case 16:
      return static_cast<Micros>(*number);
    case 19:
      return static_cast<Micros>(*number / 1000);
    default:
      return std::nullopt;
  }
}

std::optional<Micros> read_units(std::string_view text, Micros unit) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::string_view whole, decimals;
  if (!split_decimal(text, whole, decimals)) return std::nullopt;
  const std::optional<std::uint64_t> number = whole_number(whole);
  const auto most = static_cast<std::uint64_t>(std::numeric_limits<Micros>::max() / unit - 1);
  if (!number || *number > most) return std::nullopt;
  Micros value = static_cast<Micros>(*number) * unit;
  for (const char digit : decimals) {
    unit /= 10;
    value += (digit - '0') * unit;
  }
  return negative ? -value : value;
}

std::optional<Micros> read_serial(std::string_view text, int least, int most) {
  constexpr std::int64_t day_zero = -25'569;  // 1899-12-30
  std::string_view whole, decimals;
  if (!split_decimal(text, whole, decimals)) return std::nullopt;
  const std::optional<std::uint64_t> number = whole_number(whole);
  if (!number || *number > static_cast<std::uint64_t>(most)) return std::nullopt;
  const auto day = static_cast<std::int64_t>(*number);
  if (day < least) return std::nullopt;
  return (day + day_zero) * micros_per_day + day_part(decimals);
}

}  // namespace gemba::inline time
