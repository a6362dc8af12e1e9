#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/time/duration.h"

namespace gemba::inline time {

/// How often the clocks of a zone show a local time.
enum class LocalTime : std::uint8_t {
  unique,
  skipped,  ///< the clocks were put forward over it
  repeated  ///< the clocks were put back, and show it twice
};

/// What the clocks of a zone are ahead of UTC from one moment up to another.
struct ZoneOffset {
  Micros offset = 0;
  Micros begin = std::numeric_limits<Micros>::min();
  Micros end = std::numeric_limits<Micros>::max();
};

/// A time zone of the system's zone database, or a fixed offset. A plain value. The database's
/// changes to daylight saving end in 2037.
class TimeZone {
 public:
  /// UTC.
  TimeZone() = default;

  /// `Asia/Shanghai`, `UTC`, `Z`, `+08:00`; empty means UTC. Throws `UsageError` for a name that
  /// does not exist.
  explicit TimeZone(std::string_view name);

  /// The zone of that name, or none when it does not exist.
  static std::optional<TimeZone> find(std::string_view name);

  /// As the user wrote it; `UTC` by default.
  const std::string& name() const { return name_; }

  /// The moment of a local time (microseconds since 1970-01-01T00:00:00 on the zone's clocks). A
  /// local time that occurs twice is the first of the two; one that is skipped is read with the
  /// offset before the change.
  Micros to_utc(Micros local) {
    LocalTime kind = LocalTime::unique;
    return to_utc(local, kind);
  }

  /// The same, and says in `kind` how often the local time occurs.
  Micros to_utc(Micros local, LocalTime& kind) {
    kind = LocalTime::unique;
    if (local >= cached_begin_ && local < cached_end_) return local - cached_offset_;
    return look_up(local, kind);
  }

  /// The moment of a local time under one of the zone's abbreviations (`CET`, `CEST`), which tells
  /// a repeated hour apart. None when the zone does not use the abbreviation at that time.
  std::optional<Micros> to_utc(Micros local, std::string_view abbreviation) const;

  /// The local time of a moment.
  Micros to_local(Micros utc) const { return utc + offset_at(utc).offset; }

  /// The offset at a moment, and how long the clocks have it. Looking it up takes a while: who asks
  /// for many moments keeps it.
  ZoneOffset offset_at(Micros utc) const;

 private:
  Micros look_up(Micros local, LocalTime& kind);

  std::string name_ = "UTC";
  const void* zone_ = nullptr;  ///< entry of the zone database, which lives as long as the program
  // Within this stretch of local time the offset is known: looking it up takes longer than all the
  // rest of reading a timestamp. Without a zone it is all of time.
  Micros cached_begin_ = std::numeric_limits<Micros>::min();
  Micros cached_end_ = std::numeric_limits<Micros>::max();
  Micros cached_offset_ = 0;
};

}  // namespace gemba::inline time
