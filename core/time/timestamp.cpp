#include "core/time/timestamp.h"

#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "core/base/text.h"
#include "core/time/timestamp_forms.h"

namespace gemba::inline time {

namespace {

using Kind = TimeFormat::Kind;

// Bytes as an integer whose lowest byte is the first, whatever the machine's order.
template <class Integer>
std::uint64_t load(const char* at) {
  Integer bytes = 0;
  std::memcpy(&bytes, at, sizeof bytes);
  if constexpr (std::endian::native == std::endian::big) {
    return std::uint64_t{__builtin_bswap64(bytes)} >> (64 - 8 * sizeof bytes);
  }
  return bytes;
}

std::uint64_t load_2(const char* at) { return load<std::uint16_t>(at); }
std::uint64_t load_6(const char* at) { return load<std::uint32_t>(at) | load_2(at + 4) << 32; }
std::uint64_t load_8(const char* at) { return load<std::uint64_t>(at); }

// The differences of eight characters to those of `form`, all at once; `room` holds 127 less the
// most that each may differ. None when one differs by more: its sum, or it itself, has the high
// bit.
bool within(std::uint64_t differences, std::uint64_t room) {
  return (((differences + room) | differences) & 0x8080'8080'8080'8080) == 0;
}

// Each digit followed by another becomes the number that the two are.
std::uint64_t pairs(std::uint64_t digits) { return digits * 10 + (digits >> 8); }

int pair_at(std::uint64_t numbers, int place) {
  return static_cast<int>((numbers >> (8 * place)) & 0xFF);
}

// Two digits as a number, or −1.
int two_digits(const char* at) {
  return is_digit(at[0]) && is_digit(at[1]) ? (at[0] - '0') * 10 + (at[1] - '0') : -1;
}

// `HH:MM:SS` to 23:59:59 in seconds, or −1.
int clock_seconds(const char* at) {
  const std::uint64_t digits = load_8(at) ^ 0x3030'3A30'303A'3030;
  if (!within(digits, 0x767A'7F76'7A7F'767D)) return -1;
  const std::uint64_t numbers = pairs(digits);
  const int hour = pair_at(numbers, 0);
  if (hour > 23) return -1;
  return hour * 3600 + pair_at(numbers, 3) * 60 + pair_at(numbers, 6);
}

// `.ffffff` as microseconds, or −1. The byte before the point must be readable.
int six_decimals(const char* point) {
  if (*point != '.') return -1;
  const std::uint64_t digits = (load_8(point - 1) >> 16) ^ 0x3030'3030'3030;
  if (!within(digits, 0x7F7F'7676'7676'7676)) return -1;
  const std::uint64_t numbers = pairs(digits);
  return pair_at(numbers, 0) * 10'000 + pair_at(numbers, 2) * 100 + pair_at(numbers, 4);
}

// `.fff` as microseconds, or −1.
int three_decimals(const char* point) {
  if (*point != '.' || !is_digit(point[1]) || !is_digit(point[2]) || !is_digit(point[3])) return -1;
  return (point[1] - '0') * 100'000 + (point[2] - '0') * 10'000 + (point[3] - '0') * 1'000;
}

bool all_ascii(std::string_view text) {
  std::uint64_t all = 0;
  while (text.size() >= 8) {
    all |= load_8(text.data());
    text.remove_prefix(8);
  }
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return (all & 0x8080'8080'8080'8080) == 0;
}

// White space is rare, and looking for it at both ends takes as long as reading a number.
std::string_view without_margins(std::string_view text) {
  const auto may_be_white = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  if (text.empty() || (!may_be_white(text.front()) && !may_be_white(text.back()))) return text;
  return trimmed(text);
}

// A character of the full-width forms (U+FF01 to U+FF5E), or a wide or unbreakable space, as the
// ASCII character that it stands for, and its length; no length for anything else.
std::pair<char, std::size_t> narrow(std::string_view text) {
  const auto byte = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
  };
  if (byte(0) == 0xEF && byte(1) == 0xBC && byte(2) >= 0x81 && byte(2) <= 0xBF) {
    return {static_cast<char>(byte(2) - 0x60), 3};
  }
  if (byte(0) == 0xEF && byte(1) == 0xBD && byte(2) >= 0x80 && byte(2) <= 0x9E) {
    return {static_cast<char>(byte(2) - 0x20), 3};
  }
  if (text.starts_with("\u3000") || text.starts_with("\u202F")) return {' ', 3};
  if (text.starts_with("\u00A0")) return {' ', 2};
  return {'\0', 0};
}

// No time is longer, even in wide characters.
using Buffer = std::array<char, 160>;

// `text` with narrow characters, in `buffer` if there was anything to do; empty when it is too long
// to be a time.
std::string_view narrowed(std::string_view text, Buffer& buffer) {
  if (all_ascii(text)) return text;
  // The first bytes of those characters; no other character that can stand in a time has them.
  if (text.find_first_of("\xC2\xE2\xE3\xEF") == std::string_view::npos) return text;
  if (text.size() > buffer.size()) return {};
  std::size_t size = 0;
  while (!text.empty()) {
    const auto [c, length] = narrow(text);
    buffer[size++] = length == 0 ? text.front() : c;
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return trimmed(std::string_view(buffer.data(), size));
}

}  // namespace

TimestampReader::TimestampReader(TimeZone zone, TimeFormat format)
    : zone_(std::move(zone)), format_(std::move(format)) {
  if (format_.kind == Kind::day_first) order_ = DateOrder::day_first;
  if (format_.kind == Kind::month_first) order_ = DateOrder::month_first;
  reads_common_ = format_.kind <= Kind::month_first;
  keep_month("1970-01-");
  keep_offset("+00:00");
}

std::optional<Timestamp> TimestampReader::read(std::string_view text) {
  // One result on every path is built where the caller wants it: to copy what was just written part
  // by part would wait for the writes.
  std::optional<Timestamp> found(std::in_place);
  if (!reads_common_ || !read_common(text, *found)) found = read_other(without_margins(text));
  return found;
}

Micros TimestampReader::in_zone(Micros local) {
  LocalTime kind = LocalTime::unique;
  const Micros utc = zone_.to_utc(local, kind);
  if (kind == LocalTime::skipped) ++skipped_times_;
  if (kind == LocalTime::repeated) ++repeated_times_;
  return utc;
}

// `YYYY-MM-DD`, `T` or a space, `HH:MM:SS`, a fraction of three or six digits, `Z` or `+HH:MM`:
// nearly all that there is. What it refuses may still be a time.
bool TimestampReader::read_common(std::string_view text, Timestamp& read) {
  constexpr std::size_t month_size = 8;
  constexpr std::size_t date_size = month_size + 2;
  constexpr std::size_t size = date_size + 1 + 8;
  if (text.size() < size) return false;
  const char* at = text.data();
  if (at[date_size] != 'T' && at[date_size] != ' ') return false;
  if (load_8(at) != month_text_ && !keep_month(at)) return false;
  const int day = two_digits(at + month_size);
  if (day < 1 || day > month_days_) return false;
  const int seconds = clock_seconds(at + date_size + 1);
  if (seconds < 0) return false;
  const Micros local = month_begin_ + (day - 1) * micros_per_day + seconds * micros_per_second;
  const std::size_t rest = text.size() - size;
  at += size;
  if (rest == 0 || *at != '.') return read_suffix(at, rest, local, read);
  if (rest >= 7) {
    const int fraction = six_decimals(at);
    if (fraction >= 0) return read_suffix(at + 7, rest - 7, local + fraction, read);
  }
  if (rest < 4) return false;
  const int fraction = three_decimals(at);
  return fraction >= 0 && read_suffix(at + 4, rest - 4, local + fraction, read);
}

bool TimestampReader::read_suffix(const char* at, std::size_t size, Micros local, Timestamp& read) {
  if (size == 0) {
    read.utc = in_zone(local);
    return true;
  }
  read.has_offset = true;
  read.utc = local;
  if (size == 1) return *at == 'Z';
  if (size != 6) return false;
  if (load_6(at) != offset_text_ && !keep_offset(at)) return false;
  read.utc = local - offset_;
  return true;
}

// `YYYY-MM-`.
bool TimestampReader::keep_month(const char* at) {
  const std::uint64_t text = load_8(at);
  const std::uint64_t digits = text ^ 0x2D30'302D'3030'3030;
  if (!within(digits, 0x7F76'7E7F'7676'7676)) return false;
  const std::uint64_t numbers = pairs(digits);
  const int year = pair_at(numbers, 0) * 100 + pair_at(numbers, 2);
  const int month = pair_at(numbers, 5);
  const auto first = days_of(year, month, 1);
  if (!first) return false;
  const auto next = month == 12 ? days_of(year + 1, 1, 1) : days_of(year, month + 1, 1);
  month_text_ = text;
  month_begin_ = *first * micros_per_day;
  month_days_ = static_cast<int>(*next - *first);
  return true;
}

bool TimestampReader::keep_offset(const char* at) {
  const std::string_view text(at, 6);
  TimeCursor cursor(text);
  if (text[3] != ':') return false;
  const std::optional<Micros> offset = take_offset(cursor);
  if (!offset || !cursor.at_end()) return false;
  offset_text_ = load_6(at);
  offset_ = *offset;
  return true;
}

std::optional<Timestamp> TimestampReader::read_other(std::string_view text) {
  if (format_.kind == Kind::pattern) return read_pattern(text);
  Buffer buffer;
  text = narrowed(text, buffer);
  const auto moment = [](std::optional<Micros> utc) -> std::optional<Timestamp> {
    if (!utc) return std::nullopt;
    return Timestamp{*utc, no_moment, true};
  };
  switch (format_.kind) {
    case Kind::seconds:
      return moment(read_units(text, micros_per_second));
    case Kind::milliseconds:
      return moment(read_units(text, 1000));
    case Kind::microseconds:
      return moment(read_units(text, 1));
    case Kind::excel: {
      // Excel's own calendar has a 29 February 1900, number 60; its days end with the year 9999.
      const std::optional<Micros> local = read_serial(text, 61, 2'958'465);
      if (!local) return std::nullopt;
      return Timestamp{in_zone(*local), no_moment, false};
    }
    default:
      return read_written(text);
  }
}

// Behind a time may stand the name of its zone, as Java writes it or in words, or a remark on its
// offset: `…[Asia/Shanghai]`, `… Asia/Shanghai`, `… GMT+0800 (中国标准时间)`.
std::optional<Timestamp> TimestampReader::read_before_name(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const char last = text.back();
  const std::size_t begin = text.rfind(last == ')' ? '(' : last == ']' ? '[' : ' ');
  if (begin == std::string_view::npos || begin == 0) return std::nullopt;
  const std::string_view time = trimmed(text.substr(0, begin));
  if (last == ')') return read_written(time);
  std::string_view name = text.substr(begin + 1);
  if (last == ']') name.remove_suffix(1);
  if (last != ']' && name.find('/') == std::string_view::npos) return std::nullopt;
  if (!named_zone_ || named_zone_->name() != name) named_zone_ = TimeZone::find(name);
  if (!named_zone_) return std::nullopt;
  std::swap(zone_, *named_zone_);
  std::optional<Timestamp> found = read(time);
  std::swap(zone_, *named_zone_);
  if (found) found->has_offset = true;
  return found;
}

std::optional<Timestamp> TimestampReader::read_written(std::string_view text) {
  const std::optional<WrittenTime> written = read_written_time(text, order_);
  if (!written) return read_before_name(text);
  if (order_ == DateOrder::undecided) order_ = written->decides;
  const bool ambiguous = written->day_first != no_moment;
  if (written->has_offset) {
    return Timestamp{written->local - written->offset,
                     ambiguous ? written->day_first - written->offset : no_moment, true};
  }
  return Timestamp{in_zone(written->local),
                   ambiguous ? zone_.to_utc(written->day_first) : no_moment, false};
}

std::optional<Timestamp> TimestampReader::read_pattern(std::string_view text) {
  const std::optional<PatternTime> found = read_pattern_time(format_.pattern, text);
  if (!found) return std::nullopt;
  const Micros local = found->local;
  if (found->offset) return Timestamp{local - *found->offset, no_moment, true};
  if (found->zone.empty()) return Timestamp{in_zone(local), no_moment, false};
  if (const auto utc = zone_.to_utc(local, found->zone)) return Timestamp{*utc, no_moment, true};
  if (const auto offset = rfc_zone(found->zone)) return Timestamp{local - *offset, no_moment, true};
  std::optional<TimeZone> named = TimeZone::find(found->zone);
  if (!named) return std::nullopt;
  return Timestamp{named->to_utc(local), no_moment, true};
}

}  // namespace gemba::inline time
