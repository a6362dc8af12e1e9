// Times: a moment that is read and written is read again, whichever of day and month comes first.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/time/time.h"

namespace {

using namespace gemba;

bool same(const std::optional<Timestamp>& a, const std::optional<Timestamp>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->utc == b->utc && a->day_first == b->day_first && a->has_offset == b->has_offset;
}

/// Reading what was written of a moment gives the moment, as far as years can be written.
void check_moment(Micros utc) {
  constexpr Micros most = Micros{9'000'000'000'000} * micros_per_second;
  if (utc < -most || utc > most) return;
  const std::optional<Timestamp> again = TimestampReader().read(format_utc(utc));
  if (!again || again->utc != utc || !again->has_offset) __builtin_trap();
}

/// The result depends on the text and the order of day and month alone.
std::optional<Timestamp> read_checked(std::string_view text, const TimeZone& zone,
                                      const TimeFormat& format) {
  TimestampReader reader(zone, format);
  const std::optional<Timestamp> read = reader.read(text);
  if (!same(read, reader.read(text))) __builtin_trap();
  if (!same(read, TimestampReader(zone, format).read(text))) __builtin_trap();
  if (!read) return read;
  check_moment(read->utc);
  if (read->is_ambiguous()) check_moment(read->day_first);
  return read;
}

/// The three ways to take the order of day and month agree with each other.
void check_order(std::string_view text, const TimeZone& zone) {
  const auto any = read_checked(text, zone, {});
  const auto day = read_checked(text, zone, {TimeFormat::Kind::day_first, {}});
  const auto month = read_checked(text, zone, {TimeFormat::Kind::month_first, {}});
  if (any.has_value() != (day || month)) __builtin_trap();
  if (!any) return;
  if (any->is_ambiguous()) {
    if (!day || !month || day->utc != any->day_first || month->utc != any->utc) __builtin_trap();
  } else if (!same(any, day) && !same(any, month)) {
    __builtin_trap();
  }
  // The fast path is taken without a margin only.
  if (!same(any, read_checked(" " + std::string(text), zone, {}))) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<char> exact(data, data + size);  // nothing readable behind it
  const std::string_view text(exact.data(), exact.size());
  static const TimeZone zones[] = {TimeZone(), TimeZone("Europe/Berlin"), TimeZone("-03:30")};
  static const TimeFormat formats[] = {
      parse_time_format("s"),
      parse_time_format("ms"),
      parse_time_format("us"),
      parse_time_format("excel"),
      parse_time_format("%d.%m.%y %H:%M"),
      parse_time_format("%F %T%Ez"),
      parse_time_format("%a, %d %b %Y %I:%M:%S %p %Z"),
  };
  for (const TimeZone& zone : zones) {
    check_order(text, zone);
    for (const TimeFormat& format : formats) read_checked(text, zone, format);
  }
  return 0;
}
