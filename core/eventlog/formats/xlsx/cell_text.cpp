#include "core/eventlog/formats/xlsx/cell_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/time/time.h"
#include "core/time/timestamp_forms.h"

namespace gemba::inline eventlog {

namespace {

constexpr int last_serial = 2'958'465;     // 9999-12-31, counted from 1900
constexpr std::int64_t epoch = 25'569;     // 1970-01-01, counted from 1900
constexpr std::int64_t from_1904 = 1'462;  // 1904-01-01, counted from 1900
constexpr std::int64_t false_leap_day = 60;
constexpr Micros micros_per_milli = 1'000;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether a text is digits alone, with a sign or without.
bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit) &&
         (text[0] != '0' || text.size() == 1);
}

/// Whether a text is a decimal number that a double holds as it is written.
bool is_short_decimal(std::string_view text) {
  constexpr std::size_t exact_digits = 15;
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() - 1 > exact_digits) return false;
  const std::string_view decimals = text.substr(point + 1);
  return is_integer(text.substr(0, point)) && text[0] != '-' && !decimals.empty() &&
         std::all_of(decimals.begin(), decimals.end(), is_digit) && decimals.back() != '0';
}

}  // namespace

std::string_view TextStore::keep(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > block_size / 4) {
    long_texts_.push_back(std::make_unique_for_overwrite<char[]>(text.size()));
    std::memcpy(long_texts_.back().get(), text.data(), text.size());
    return {long_texts_.back().get(), text.size()};
  }
  if (block_size - used_ < text.size()) {
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block_size));
    used_ = 0;
  }
  char* const to = blocks_.back().get() + used_;
  std::memcpy(to, text.data(), text.size());
  used_ += text.size();
  return {to, text.size()};
}

void TextStore::clear() {
  if (blocks_.size() > 1) blocks_.resize(1);
  long_texts_.clear();
  used_ = blocks_.empty() ? block_size : 0;
}

std::string_view plain_number(std::string_view text, std::string& buffer) {
  if (is_integer(text) || is_short_decimal(text)) return text == "-0" ? "0" : text;
  constexpr double largest = 1e21;
  constexpr double smallest = 1e-20;
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, value);
  if (fault != std::errc() || stop != end || !std::isfinite(value)) return text;
  if (value == 0) return "0";
  const double size = std::abs(value);
  const bool fits = size < largest && size >= smallest;
  std::array<char, 64> digits;
  const auto written =
      std::to_chars(digits.data(), digits.data() + digits.size(), value,
                    fits ? std::chars_format::fixed : std::chars_format::scientific);
  buffer.assign(digits.data(), written.ptr);
  return buffer;
}

std::string_view NumberTexts::write(std::string_view text, NumberFormat format) {
  if (format.is_time()) {
    // As nearly all are written; a double would be read and written in vain.
    const std::string_view time = write_time(text, format.kind);
    if (!time.empty()) return time;
  }
  const std::string_view digits = plain_number(text, number_);
  switch (format.kind) {
    case NumberFormat::Kind::date:
    case NumberFormat::Kind::moment: {
      const std::string_view time = write_time(digits, format.kind);
      return time.empty() ? digits : time;
    }
    case NumberFormat::Kind::elapsed:
      return write_elapsed(digits);
    case NumberFormat::Kind::padded:
      return write_padded(digits, format.width);
    case NumberFormat::Kind::number:
      break;
  }
  return digits;
}

// Empty for what is no time. The days are those of 1900 here, counted from 1899-12-30: right from
// 1900-03-01 on.
std::string_view NumberTexts::write_time(std::string_view digits, NumberFormat::Kind kind) {
  const int last = last_serial - (since_1904_ ? static_cast<int>(from_1904) : 0);
  const std::optional<Micros> local = read_serial(digits, 0, last);
  if (!local) return {};
  const std::int64_t millis = (*local + epoch * micros_per_day) / micros_per_milli;
  constexpr std::int64_t millis_per_day = micros_per_day / micros_per_milli;
  const std::int64_t day = millis / millis_per_day;
  const std::int64_t clock = millis % millis_per_day;
  if (day > last) return {};
  const bool has_day = day > 0 || (since_1904_ && kind == NumberFormat::Kind::date);
  text_.clear();
  if (has_day) put_day(since_1904_ ? day + from_1904 : day);
  if (has_day && kind == NumberFormat::Kind::date && clock == 0) return text_;
  if (has_day) text_ += 'T';
  put_clock(clock);
  return text_;
}

void NumberTexts::put_day(std::int64_t serial) {
  if (serial != last_day_) {
    last_day_ = serial;
    last_date_ = serial == false_leap_day
                     ? "1900-02-29"
                     : format_date(civil_date(serial - epoch + (serial < false_leap_day ? 1 : 0)));
  }
  text_ += last_date_;
}

void NumberTexts::put_clock(std::int64_t millis) {
  constexpr std::size_t without_millis = 8;
  std::array<char, 12> clock = {'0', '0', ':', '0', '0', ':', '0', '0', '.', '0', '0', '0'};
  const auto put = [&](std::size_t at, std::int64_t value) {
    clock[at] = static_cast<char>('0' + value / 10);
    clock[at + 1] = static_cast<char>('0' + value % 10);
  };
  put(0, millis / 3'600'000);
  put(3, millis / 60'000 % 60);
  put(6, millis / 1'000 % 60);
  clock[9] = static_cast<char>('0' + millis % 1'000 / 100);
  put(10, millis % 100);
  text_.append(clock.data(), millis % 1'000 == 0 ? without_millis : clock.size());
}

std::string_view NumberTexts::write_elapsed(std::string_view digits) {
  const std::optional<Micros> local = read_serial(digits, 0, last_serial);
  if (!local) return digits;
  const std::int64_t millis = (*local + epoch * micros_per_day) / micros_per_milli;
  constexpr std::int64_t hour = 3'600'000;
  text_.clear();
  put_clock(millis % hour);
  text_.replace(0, 2, fmt::format("{}", millis / hour));
  return text_;
}

std::string_view NumberTexts::write_padded(std::string_view digits, std::size_t width) {
  if (!is_integer(digits) || digits[0] == '-' || digits.size() >= width) return digits;
  text_.assign(width - digits.size(), '0');
  text_ += digits;
  return text_;
}

std::string_view NumberTexts::serial_of_1900(std::string_view text) {
  const std::string_view digits = plain_number(text, number_);
  if (!since_1904_) return digits;
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::int64_t day = 0;
  const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + point, day);
  if (fault != std::errc() || stop != digits.data() + point || day < 0) return digits;
  text_ = fmt::format("{}{}", day + from_1904, digits.substr(point));
  return text_;
}

}  // namespace gemba::inline eventlog
