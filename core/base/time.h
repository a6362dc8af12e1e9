#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/duration.h"

namespace gemba {

/// A time zone of the system's zone database, or a fixed offset. A plain value.
class TimeZone {
 public:
  /// UTC.
  TimeZone() = default;

  /// `Asia/Shanghai`, `UTC`, `Z`, `+08:00`; empty means UTC. Throws `UsageError` for a name that
  /// does not exist.
  explicit TimeZone(std::string_view name);

  /// As the user wrote it; `UTC` by default.
  const std::string& name() const { return name_; }

  /// The moment of a local time (microseconds since 1970-01-01T00:00:00 on the zone's clocks). A
  /// local time that occurs twice is the first of the two; one that is skipped is read with the
  /// offset before the change.
  Micros to_utc(Micros local);

  /// The local time of a moment.
  Micros to_local(Micros utc) const;

 private:
  std::string name_ = "UTC";
  const void* zone_ = nullptr;  ///< entry of the zone database, which lives as long as the program
  Micros offset_ = 0;           ///< used without a zone
  // Within this stretch of local time the offset is known to be `offset_`: looking it up takes
  // longer than all the rest of reading a timestamp.
  Micros cached_begin_ = 0, cached_end_ = 0, cached_offset_ = 0;
};

/// A moment as it was written.
struct Timestamp {
  Micros utc = 0;
  bool has_offset = false;  ///< whether the text itself said its offset
};

/// Reads timestamps. Keeps the last date, as neighbouring rows mostly share it.
class TimestampReader {
 public:
  explicit TimestampReader(TimeZone zone = {}) : zone_(std::move(zone)) {}

  /// ISO 8601 and what spreadsheets make of it: date (`2026-01-05`, `2026/1/5`, `2026.1.5`), `T` or
  /// a space, `h:mm`, `h:mm:ss` with a fraction after `.` or `,` (digits after the sixth are cut),
  /// then nothing, `Z`, `UTC`, `+08:00`,
  /// `+0800` or `+08`. A date alone is its midnight. Also `20260105T090300Z`. None for anything
  /// else.
  std::optional<Timestamp> read(std::string_view text);

  const TimeZone& zone() const { return zone_; }

 private:
  TimeZone zone_;
  char cached_date_[10] = {};
  Micros cached_midnight_ = 0;
  bool has_cached_date_ = false;
};

/// `2012-01-01T05:00:00Z`, with milliseconds or microseconds where they are not zero.
std::string format_utc(Micros utc);

}  // namespace gemba
