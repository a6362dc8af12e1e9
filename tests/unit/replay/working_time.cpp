#include "core/replay/times/working_time.h"

#include <doctest/doctest.h>

#include <random>

using namespace gemba;

namespace {

/// Two shifts on most days, a night shift at the end of the week, holidays and a make-up Sunday.
Calendar shop(const char* zone) {
  Calendar calendar;
  calendar.timezone = zone;
  for (std::size_t day = 0; day < 5; ++day) calendar.hours[day] = {{540, 720}, {780, 1080}};
  calendar.hours[5] = {{0, 150}, {1200, 1440}};
  calendar.off = {{2026, 10, 1}, {2026, 3, 30}};
  calendar.work = {{2026, 3, 29}, {2026, 10, 25}};
  return calendar;
}

}  // namespace

TEST_CASE("two readings of the clock differ by the open time between them") {
  for (const char* zone : {"UTC", "Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe"}) {
    CAPTURE(zone);
    const Calendar calendar = shop(zone);
    WorkingClock clock(calendar);
    std::mt19937_64 random(3);
    // Both changes of the clocks in 2026 lie within.
    constexpr Micros year = 365 * micros_per_day;
    constexpr Micros begin_of_2026 = 20'454 * micros_per_day;
    std::int64_t open = 0;
    for (int i = 0; i < 3000; ++i) {
      const auto draw = [&] {
        return begin_of_2026 + static_cast<Micros>(random() % static_cast<std::uint64_t>(year));
      };
      const Micros first = draw();
      const Micros second =
          i % 2 == 0 ? draw() : first + static_cast<Micros>(random() % 200'000'000'000);
      const ClockedMoment a{first, clock.open_until(first)};
      const ClockedMoment b{second, clock.open_until(second)};
      WorkingClock fresh(calendar);
      CAPTURE(first);
      CAPTURE(second);
      REQUIRE(open_between(a, b) == fresh.between(first, second).micros);
      open += open_between(a, b) > 0 ? 1 : 0;
    }
    CHECK(open > 1000);
  }
}

TEST_CASE("the clock reads the same for a moment, whatever was asked before") {
  const Calendar calendar = shop("Asia/Shanghai");
  WorkingClock clock(calendar);
  constexpr Micros monday = 20'458 * micros_per_day + 2 * micros_per_hour;  // 10 o'clock
  const Micros reading = clock.open_until(monday);
  // More days than are kept, on both sides.
  for (std::int64_t day = -400; day <= 400; ++day) clock.open_until(monday + day * micros_per_day);
  CHECK(clock.open_until(monday) == reading);
  CHECK(clock.open_until(monday + micros_per_hour) == reading + micros_per_hour);
  CHECK(clock.open_until(monday + 7 * micros_per_day) - reading ==
        5 * 8 * micros_per_hour + 390 * micros_per_minute);
}
