#include "core/time/time_zone.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <vector>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/time/timestamp_forms.h"

namespace gemba::inline time {

namespace {

using std::chrono::microseconds;

[[noreturn]] void fail_unknown_zone(std::string_view name) {
  std::vector<std::string_view> known;
  for (const date::time_zone& zone : date::get_tzdb().zones) known.push_back(zone.name());
  throw UsageError(
      fmt::format("time zone '{}' does not exist; write a name such as Asia/Shanghai or an offset "
                  "such as +08:00{}",
                  name, did_you_mean(name, known)));
}

date::local_info info_of(const void* zone, Micros local) {
  return static_cast<const date::time_zone*>(zone)->get_info(
      date::floor<std::chrono::seconds>(date::local_time<microseconds>(microseconds(local))));
}

Micros offset_of(const date::sys_info& info) { return microseconds(info.offset).count(); }

/// Stands for the moments before and after all those that a zone's clocks are known to change at.
constexpr Micros far =
    std::numeric_limits<Micros>::max() / 4 / micros_per_second * micros_per_second;

Micros micros_of(date::sys_seconds moment) {
  constexpr std::int64_t far_seconds = far / micros_per_second;
  return std::clamp(moment.time_since_epoch().count(), -far_seconds, far_seconds) *
         micros_per_second;
}

/// The zone of that name, in any case; null when there is none.
const date::time_zone* located(std::string_view name) {
  try {
    return date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    const std::string lower = ascii_lower(name);
    for (const date::time_zone& zone : date::get_tzdb().zones) {
      if (ascii_lower(zone.name()) == lower) return &zone;
    }
    return nullptr;
  }
}

}  // namespace

TimeZone::TimeZone(std::string_view name) {
  if (name.empty()) return;
  std::optional<TimeZone> found = find(name);
  if (!found) fail_unknown_zone(name);
  *this = std::move(*found);
}

std::optional<TimeZone> TimeZone::find(std::string_view name) {
  TimeZone found;
  found.name_ = name;
  TimeCursor cursor(name);
  if (const std::optional<Micros> offset = take_offset(cursor); offset && cursor.at_end()) {
    found.cached_offset_ = *offset;
    return found;
  }
  found.zone_ = located(name);
  if (found.zone_ == nullptr) return std::nullopt;
  found.cached_begin_ = found.cached_end_ = 0;
  return found;
}

Micros TimeZone::look_up(Micros local, LocalTime& kind) {
  if (zone_ == nullptr) return local - cached_offset_;
  const date::local_info info = info_of(zone_, local);
  const Micros offset = offset_of(info.first);
  if (info.result == date::local_info::nonexistent) kind = LocalTime::skipped;
  if (info.result == date::local_info::ambiguous) kind = LocalTime::repeated;
  if (info.result == date::local_info::unique) {
    // The borders are moments; a day inwards no local time can be ambiguous or skipped, in any
    // zone.
    cached_begin_ = micros_of(info.first.begin) + offset + micros_per_day;
    cached_end_ = micros_of(info.first.end) + offset - micros_per_day;
    cached_offset_ = offset;
  }
  return local - offset;
}

std::optional<Micros> TimeZone::to_utc(Micros local, std::string_view abbreviation) const {
  if (zone_ == nullptr) return std::nullopt;
  const date::local_info info = info_of(zone_, local);
  if (info.first.abbrev == abbreviation) return local - offset_of(info.first);
  if (info.result == date::local_info::unique || info.second.abbrev != abbreviation) {
    return std::nullopt;
  }
  return local - offset_of(info.second);
}

ZoneOffset TimeZone::offset_at(Micros utc) const {
  if (zone_ == nullptr) return {.offset = cached_offset_};
  const date::sys_time<microseconds> moment{microseconds(utc)};
  const date::sys_info info = static_cast<const date::time_zone*>(zone_)->get_info(
      date::floor<std::chrono::seconds>(moment));
  ZoneOffset known{.offset = offset_of(info)};
  if (const Micros begin = micros_of(info.begin); begin > -far) known.begin = begin;
  if (const Micros end = micros_of(info.end); end < far) known.end = end;
  return known;
}

}  // namespace gemba::inline time
