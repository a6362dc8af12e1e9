#include "core/estimate/capacity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "tests/unit/audit/document.h"

namespace gemba {

using doctest::Approx;

TEST_CASE("Erlang C equals its formula") {
  // With one server it is the load; with two and a load of 1 it is 1/3; the table of Gross and
  // Harris gives 0.4092 for ten servers and a load of 8.
  CHECK(erlang_c(1, 0.3) == Approx(0.3));
  CHECK(erlang_c(2, 1) == Approx(1.0 / 3));
  CHECK(erlang_c(10, 8) == Approx(0.4092).epsilon(0.001));
  CHECK(erlang_c(3, 0) == 0);
  CHECK(erlang_c(3, 3) == 1);
  CHECK(erlang_c(500, 400) < 1e-4);
}

TEST_CASE("waiting for somebody to be free is that of a simulated queue") {
  // Three people, 5 hours of open time for each hour of arrivals at rate 2.4, service of one hour.
  constexpr int servers = 3;
  constexpr double rate = 2.4;
  std::mt19937_64 random(7);
  std::exponential_distribution<double> gap(rate);
  std::exponential_distribution<double> service(1.0);
  double free_at[servers] = {};
  double now = 0;
  double waited = 0;
  constexpr int count = 400'000;
  for (int i = 0; i < count; ++i) {
    now += gap(random);
    double& earliest = *std::min_element(free_at, free_at + servers);
    waited += std::max(0.0, earliest - now);
    earliest = std::max(earliest, now) + service(random);
  }
  const double open_hours = 100;
  const Capacity capacity{.hours_per_month = servers * open_hours, .on_duty = servers};
  const Load load{.hours_per_month = rate * open_hours, .pieces_per_month = rate * open_hours};
  const auto queue = queueing_seconds(capacity, load);
  REQUIRE(queue);
  CHECK(*queue / 3600 == Approx(waited / count).epsilon(0.05));
}

TEST_CASE("capacity is headcount by hours, at most 40 a week") {
  const Process process = test::read(R"([map]
volume = "10 / week"
[roles.two]
headcount = 2
calendar = "part"
[roles.shifts]
headcount = 6
calendar = "always"
concurrency = 3
[roles.free]
headcount = 1
[roles.unknown]
[calendars.part]
hours = { mon-fri = "09:00-13:00" }
[calendars.always]
hours = { mon-sun = "00:00-24:00" }
[[step]]
id = "a"
kind = "start"
next = "b"
[[step]]
id = "b"
role = "two"
time = "30m"
next = "c"
[[step]]
id = "c"
role = "shifts"
next = "d"
[[step]]
id = "d"
role = "free"
next = "e"
[[step]]
id = "e"
role = "unknown"
next = "z"
[[step]]
id = "z"
kind = "end"
)");
  constexpr double weeks = 365.25 / 12 / 7;
  const auto capacity = [&](std::size_t role) {
    return capacity_of(process.definitions, RoleId(role));
  };
  const auto find = [&](std::string_view id) {
    for (std::size_t i = 0; i < process.definitions.roles.size(); ++i) {
      if (process.definitions.roles[i].id == id) return i;
    }
    return process.definitions.roles.size();
  };
  CHECK(capacity(find("two"))->hours_per_month == Approx(2 * 20 * weeks));
  CHECK(capacity(find("two"))->on_duty == Approx(2));
  CHECK_FALSE(capacity(find("two"))->assumed);
  CHECK(capacity(find("shifts"))->hours_per_month == Approx(6 * 3 * 40 * weeks));
  CHECK(capacity(find("shifts"))->on_duty == Approx(6 * 3 * 40.0 / 168));
  CHECK(capacity(find("free"))->assumed);
  CHECK_FALSE(capacity(find("unknown")));

  const std::vector<Load> loads = loads_of(process, test::expected_of(process));
  CHECK(loads[find("two")].hours_per_month == Approx(0.5 * 10 * weeks));
  CHECK(loads[find("two")].pieces_per_month == Approx(10 * weeks));
  CHECK(loads[find("shifts")].hours_per_month == 0);
}

}  // namespace gemba
