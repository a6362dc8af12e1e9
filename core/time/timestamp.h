#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "core/time/duration.h"
#include "core/time/time_format.h"
#include "core/time/time_zone.h"

namespace gemba::inline time {

/// Stands for a moment that there is not.
inline constexpr Micros no_moment = std::numeric_limits<Micros>::min();

/// Which of the numbers of 1/5/2026 is the month.
enum class DateOrder : std::uint8_t { undecided, month_first, day_first };

/// A moment as it was written.
struct Timestamp {
  Micros utc = 0;
  /// Only where the text can be read either way and the order is undecided: the moment if the day
  /// comes first, and `utc` is the one if the month does. Else `no_moment`.
  Micros day_first = no_moment;
  bool has_offset = false;  ///< whether the text itself says its place in time: offset, `Z`, epoch

  bool is_ambiguous() const { return day_first != no_moment; }
};

/// Reads the timestamps of a column. Keeps the last month, as neighbouring rows mostly share it,
/// and the order of day and month once a date decides it.
///
/// The forms that tell themselves (`TimeFormat::Kind::automatic`):
/// - ISO 8601: `2026-01-05`, `20260105`, `2026-W02-1`, `2026W021`, `2026-005`; also `2026/1/5`,
///   `2026.1.5`; years of four digits, or a sign and six (`-000044-03-15`, as ECMAScript has it) up
///   to 290000. Then, after `T` or spaces, a clock; then, maybe after spaces, `Z`, `UTC`, `GMT`,
///   `+08:00`, `+0800`, `+08`, `GMT+0800`, `UTC+8`; `-00:00` is UTC. A date alone is its midnight.
/// - Behind a time its zone by name, `[Asia/Shanghai]` or ` Asia/Shanghai`, and a remark in round
///   brackets.
/// - Digits alone: `202601050903`, `20260105090300` (with a fraction, or three digits of one),
///   also with an offset.
/// - `05.01.2026` is day first. `1/5/2026` and `1-5-2026` are ambiguous until a date such as
///   13/5/2026 or 5/13/2026 decides; from then on what contradicts is not readable.
/// - RFC 2822 `Mon, 05 Jan 2026 09:03:00 +0800 (comment)` with its obsolete zones (EST; a letter is
///   UTC), `05-Jan-2026`, `5 January 2026`, `Jan 5, 2026`, `Monday, January 5, 2026`,
///   `Mon Jan 05 2026 09:03:00 GMT+0800`. A comma may stand before the clock.
/// - `2026年1月5日`; after it and after year-first dates a weekday (`星期一`, `周一`).
/// - Epoch time by its size: 10 digits are seconds (decimals allowed), 13 milliseconds, 16
///   microseconds, 19 nanoseconds.
/// - Excel serial numbers 20000 to 80000, days since 1899-12-30, read to the millisecond. They are
///   the whole second where that is nearer than one in the last decimal: 46027.3770833 is 9:03.
///
/// The clock: `9:03`, `09:03:07.25` (`.` or `,`; digits after the sixth are cut), `0903`, `090307`,
/// `9时3分`, `9点3分5秒`, `9时`. `9:03 PM`, `9pm`, `9:03 a.m.` have hours 1 to 12. `上午 9:03` is
/// AM and `下午 3:04` PM (15:04 too); `凌晨` has hours 0 to 6 and 12, which is midnight; `早上` 1
/// to 11; `中午` 11 to 2; `晚上` 5 to 11 in the evening. 24:00 is the end of the day, second 60 the
/// next minute.
///
/// Full-width characters are like narrow ones. Two-digit years and weekdays that are not those of
/// the date are refused.
class TimestampReader {
 public:
  explicit TimestampReader(TimeZone zone = {}, TimeFormat format = {});

  /// The moment of a text, white space around it ignored; none when it is not a time of the format.
  std::optional<Timestamp> read(std::string_view text);

  DateOrder order() const { return order_; }
  void set_order(DateOrder order) { order_ = order; }

  /// How many of the times read without an offset the zone's clocks skipped, or showed twice.
  std::int64_t skipped_times() const { return skipped_times_; }
  std::int64_t repeated_times() const { return repeated_times_; }
  void clear_counts() { skipped_times_ = repeated_times_ = 0; }

  const TimeZone& zone() const { return zone_; }

 private:
  bool read_common(std::string_view text, Timestamp& read);
  bool read_suffix(const char* at, std::size_t size, Micros local, Timestamp& read);
  bool keep_month(const char* at);
  bool keep_offset(const char* at);
  std::optional<Timestamp> read_other(std::string_view text);
  std::optional<Timestamp> read_written(std::string_view text);
  std::optional<Timestamp> read_before_name(std::string_view text);
  std::optional<Timestamp> read_pattern(std::string_view text);
  Micros in_zone(Micros local);

  TimeZone zone_;
  std::optional<TimeZone> named_zone_;  ///< the last that stood behind a time
  TimeFormat format_;
  DateOrder order_ = DateOrder::undecided;
  bool reads_common_ = true;
  // The last `YYYY-MM-` and the last `+HH:MM`, as the integers that their bytes are.
  std::uint64_t month_text_ = 0, offset_text_ = 0;
  Micros month_begin_ = 0;
  int month_days_ = 0;
  Micros offset_ = 0;
  std::int64_t skipped_times_ = 0;
  std::int64_t repeated_times_ = 0;
};

}  // namespace gemba::inline time
