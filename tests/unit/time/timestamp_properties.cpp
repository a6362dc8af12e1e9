#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "core/time/time.h"

using namespace gemba;

namespace {

// A moment as people say it.
struct Spoken {
  int year, month, day, weekday, week_year, week, day_of_year;
  int hour, minute, second, micros;
  Micros utc;
};

Spoken spoken(Micros utc) {
  using namespace std::chrono;
  const sys_time<microseconds> moment{microseconds(utc)};
  const sys_days day = floor<days>(moment);
  const year_month_day date{day};
  const hh_mm_ss<microseconds> clock{moment - day};
  const unsigned weekday = std::chrono::weekday(day).iso_encoding();
  // A week belongs to the year of its Thursday.
  const sys_days thursday = day + days{4 - static_cast<int>(weekday)};
  const year week_year = year_month_day(thursday).year();
  const auto week = (thursday - sys_days(week_year / January / 1)).count() / 7 + 1;
  return {static_cast<int>(date.year()),
          static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day())),
          static_cast<int>(weekday),
          static_cast<int>(week_year),
          static_cast<int>(week),
          static_cast<int>((day - sys_days(date.year() / January / 1)).count()) + 1,
          static_cast<int>(clock.hours().count()),
          static_cast<int>(clock.minutes().count()),
          static_cast<int>(clock.seconds().count()),
          static_cast<int>(clock.subseconds().count()),
          utc};
}

constexpr std::array months = {"January",   "February", "March",    "April",
                               "May",       "June",     "July",     "August",
                               "September", "October",  "November", "December"};
constexpr std::array weekdays = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                 "Friday", "Saturday", "Sunday"};
constexpr std::array chinese_weekdays = {"一", "二", "三", "四", "五", "六", "日"};

std::string wide(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == ' ') {
      result += "\u3000";
    } else if (c > ' ' && c < 0x7F) {
      const unsigned point = 0xFF00U + static_cast<unsigned>(c) - 0x20U;
      result +=
          {static_cast<char>(0xE0U | point >> 12), static_cast<char>(0x80U | (point >> 6 & 0x3FU)),
           static_cast<char>(0x80U | (point & 0x3FU))};
    } else {
      result += c;
    }
  }
  return result;
}

// Every date, in every form that has no order of day and month.
std::vector<std::string> dates(const Spoken& t) {
  const auto month = static_cast<std::size_t>(t.month - 1);
  const auto weekday = static_cast<std::size_t>(t.weekday - 1);
  const std::string name = months[month];
  return {
      fmt::format("{:04}-{:02}-{:02}", t.year, t.month, t.day),
      fmt::format("{:04}{:02}{:02}", t.year, t.month, t.day),
      fmt::format("{:04}/{}/{}", t.year, t.month, t.day),
      fmt::format("{:04}.{:02}.{:02}", t.year, t.month, t.day),
      fmt::format("+{:06}-{:02}-{:02}", t.year, t.month, t.day),
      fmt::format("{:04}-W{:02}-{}", t.week_year, t.week, t.weekday),
      fmt::format("{:04}W{:02}{}", t.week_year, t.week, t.weekday),
      fmt::format("{:04}-{:03}", t.year, t.day_of_year),
      fmt::format("{:02}.{:02}.{:04}", t.day, t.month, t.year),
      fmt::format("{}-{}-{:04}", t.day, name.substr(0, 3), t.year),
      fmt::format("{} {} {:04}", t.day, name, t.year),
      fmt::format("{}, {:02} {} {:04}", std::string(weekdays[weekday]).substr(0, 3), t.day,
                  name.substr(0, 3), t.year),
      fmt::format("{} {}, {:04}", name.substr(0, 3), t.day, t.year),
      fmt::format("{}, {} {}, {:04}", weekdays[weekday], name, t.day, t.year),
      fmt::format("{:04}年{}月{}日", t.year, t.month, t.day),
      fmt::format("{:04}年{:02}月{:02}日 星期{}", t.year, t.month, t.day,
                  chinese_weekdays[weekday]),
      fmt::format("{:04}/{}/{} 周{}", t.year, t.month, t.day, chinese_weekdays[weekday]),
  };
}

std::string chinese_part(int hour) {
  if (hour < 6) return "凌晨";
  if (hour < 12) return hour < 9 ? "早上" : "上午";
  if (hour == 12) return "中午";
  return hour < 18 ? "下午" : "晚上";
}

// Every clock, to the second.
std::vector<std::string> clocks(const Spoken& t) {
  const int hour = (t.hour + 11) % 12 + 1;
  const bool morning = t.hour < 12;
  return {
      fmt::format("{}:{:02}:{:02}", t.hour, t.minute, t.second),
      fmt::format("{:02}:{:02}:{:02}.000", t.hour, t.minute, t.second),
      fmt::format("{:02}{:02}{:02}", t.hour, t.minute, t.second),
      fmt::format("{}时{}分{}秒", t.hour, t.minute, t.second),
      fmt::format("{:02}点{:02}分{:02}秒", t.hour, t.minute, t.second),
      fmt::format("{}:{:02}:{:02} {}", hour, t.minute, t.second, morning ? "AM" : "PM"),
      fmt::format("{}:{:02}:{:02}{}", hour, t.minute, t.second, morning ? "am" : "pm"),
      fmt::format("{}:{:02}:{:02} {}", hour, t.minute, t.second, morning ? "a.m." : "p.m."),
      fmt::format("{} {}:{:02}:{:02}", morning ? "上午" : "下午", hour, t.minute, t.second),
      fmt::format("{}{}时{}分{}秒", morning ? "上午" : "下午", hour, t.minute, t.second),
      fmt::format("{}{}:{:02}:{:02}", chinese_part(t.hour), hour, t.minute, t.second),
  };
}

// Forms that are one piece.
std::vector<std::string> numbers(const Spoken& t) {
  std::vector<std::string> texts = {fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", t.year, t.month,
                                                t.day, t.hour, t.minute, t.second),
                                    fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", t.year, t.month,
                                                t.day, t.hour, t.minute, t.second),
                                    fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}000", t.year,
                                                t.month, t.day, t.hour, t.minute, t.second)};
  const Micros seconds = t.utc / micros_per_second;
  if (seconds >= 1'000'000'000 && seconds <= 9'000'000'000) {
    for (const char* zeros : {"", ".0", "000", "000000", "000000000"}) {
      texts.push_back(fmt::format("{}{}", seconds, zeros));
    }
  }
  const double days = static_cast<double>(seconds) / 86'400 + 25'569;
  if (days >= 20'000 && days < 80'000) {
    for (const int decimals : {6, 7, 8, 10, 12})
      texts.push_back(fmt::format("{:.{}f}", days, decimals));
    texts.push_back(fmt::format("{}", days));
  }
  return texts;
}

std::string shown(const std::optional<Timestamp>& read) {
  return read ? fmt::format("{} {} {}", read->utc, read->day_first, read->has_offset) : "none";
}

// From the year 1 to the year 9999, more of them near today; whole seconds.
std::vector<Spoken> moments(int count) {
  std::mt19937_64 random(20260105);  // NOLINT(cert-msc51-cpp): the same moments each time
  std::vector<Spoken> result;
  for (int index = 0; index < count; ++index) {
    const Micros from = index % 2 == 0 ? -62'135'596'800 : 0;
    const Micros to = index % 2 == 0 ? 253'402'300'799 : 4'102'444'800;
    const auto span = static_cast<std::uint64_t>(to - from);
    const Micros seconds = from + static_cast<Micros>(random() % span);
    result.push_back(spoken(seconds * micros_per_second));
  }
  return result;
}

}  // namespace

TEST_CASE("a moment is the same in every form") {
  TimestampReader reader;
  for (const Spoken& moment : moments(300)) {
    std::vector<std::string> texts = numbers(moment);
    for (const std::string& date : dates(moment)) {
      for (const std::string& clock : clocks(moment)) texts.push_back(date + " " + clock);
    }
    for (const std::string& text : texts) {
      CAPTURE(text);
      REQUIRE(shown(reader.read(text)).starts_with(fmt::format("{} ", moment.utc)));
      REQUIRE(shown(TimestampReader().read(text)) == shown(reader.read(text)));
      REQUIRE(shown(reader.read(wide(text))) == shown(reader.read(text)));
      REQUIRE(shown(reader.read(" " + text + "\t")) == shown(reader.read(text)));
    }
  }
}

TEST_CASE("a moment is the same in either order of day and month") {
  TimestampReader day{TimeZone(), parse_time_format("day-first")};
  TimestampReader month{TimeZone(), parse_time_format("month-first")};
  for (const Spoken& moment : moments(1000)) {
    for (const char separator : {'/', '-'}) {
      for (const std::string& clock : clocks(moment)) {
        const auto text = [&](int first, int second) {
          return fmt::format("{}{}{:02}{}{:04} {}", first, separator, second, separator,
                             moment.year, clock);
        };
        const std::string day_text = text(moment.day, moment.month);
        const std::string month_text = text(moment.month, moment.day);
        CAPTURE(day_text);
        REQUIRE(day.read(day_text).value().utc == moment.utc);
        REQUIRE(month.read(month_text).value().utc == moment.utc);
        // Undecided, one reading or the other is right.
        const Timestamp either = TimestampReader().read(day_text).value();
        REQUIRE((either.is_ambiguous() ? either.day_first : either.utc) == moment.utc);
        REQUIRE(TimestampReader().read(month_text).value().utc == moment.utc);
        REQUIRE(either.is_ambiguous() == (moment.day <= 12 && moment.day != moment.month));
      }
    }
  }
}

TEST_CASE("what is written in UTC is read as the same moment") {
  std::mt19937_64 random(7);  // NOLINT(cert-msc51-cpp): the same moments each time
  TimestampReader reader;
  constexpr std::uint64_t far = 9'000'000'000'000'000'000;
  for (int index = 0; index < 20'000; ++index) {
    const auto any = static_cast<Micros>(random() % far);
    for (const Micros utc : {any, -any, any % 4'000'000'000'000'000, any / 1'000'000 * 1'000'000}) {
      const std::string text = format_utc(utc);
      CAPTURE(text);
      REQUIRE(reader.read(text).value().utc == utc);
    }
  }
}

// A space before the text keeps it from the fast path.
TEST_CASE("the fast path reads what the general path reads") {
  const std::vector<std::string> good = {
      "2026-01-05 09:03:07",       "2026-01-05T09:03:07Z",
      "2026-12-31T23:59:59.999",   "2024-02-29 00:00:00.123456",
      "2026-01-05T09:03:07+08:00", "2026-01-05T09:03:07.250-05:30",
      "0001-01-01T19:59:59.5Z",    "2026-01-05T09:03:07.123456+08:00",
      "2016-12-31T23:59:60Z",      "2026-10-25 02:30:00",
      "2026-01-05T24:00:00"};
  constexpr std::string_view signs = "0123456789-:.,TtZz+ /aP\xE5\xEF\x80\x7F\xFF";
  std::mt19937_64 random(11);  // NOLINT(cert-msc51-cpp): the same mutations each time
  const auto below = [&](std::size_t size) { return static_cast<std::size_t>(random() % size); };
  TimestampReader reader{TimeZone("Europe/Berlin")};
  int read = 0;
  for (int index = 0; index < 300'000; ++index) {
    std::string text = good[below(good.size())];
    for (std::size_t count = below(4); count > 0 && !text.empty(); --count) {
      const std::size_t at = below(text.size());
      const char sign = signs[below(signs.size())];
      switch (below(4)) {
        case 0:
          text.erase(at, 1);
          break;
        case 1:
          text.insert(at, 1, sign);
          break;
        default:
          text[at] = sign;
          break;
      }
    }
    CAPTURE(text);
    const std::vector<char> exact(text.begin(), text.end());  // nothing readable behind it
    reader.set_order(DateOrder::undecided);
    const std::string fast = shown(reader.read({exact.data(), exact.size()}));
    REQUIRE(fast == shown(TimestampReader{TimeZone("Europe/Berlin")}.read(" " + text)));
    read += fast != "none" ? 1 : 0;
  }
  CHECK(read > 80'000);
  CHECK(read < 250'000);
}

TEST_CASE("every day of 400 years is a date, and no other is") {
  TimestampReader reader;
  Micros expected = reader.read("1800-01-01").value().utc;
  for (int year = 1800; year < 2200; ++year) {
    for (int month = 1; month <= 12; ++month) {
      const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      const int days = month == 2 ? (leap ? 29 : 28) : 30 + (month + month / 8) % 2;
      for (int day = 1; day <= 31; ++day) {
        const std::string date = fmt::format("{}-{:02}-{:02}", year, month, day);
        CAPTURE(date);
        const auto alone = reader.read(date);
        const auto fast = reader.read(date + " 00:00:00");
        REQUIRE(alone.has_value() == (day <= days));
        REQUIRE(fast.has_value() == (day <= days));
        if (day > days) continue;
        REQUIRE(alone->utc == expected);
        REQUIRE(fast->utc == expected);
        expected += micros_per_day;
      }
    }
  }
}
