#include "core/eventlog/query/selection.h"
#include "core/eventlog/read_log.h"

#include <doctest/doctest.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "tests/unit/eventlog/show.h"

using namespace gemba;

namespace {

constexpr std::string_view orders =
    "case,activity,time,渠道,amount,no,who\n"
    "1,a,2026-01-01,电话,20,007,x\n"
    "2,a,2026-01-01,在线,,008,x\n"
    "1,b,2026-01-02,电话,20,007,y\n"
    "3,a,2026-01-03,电话,150.5,R1,y\n"
    "2,b,2026-01-04,在线,,008,z\n"
    "3,c,2026-01-05,,150.5,R1,\n";

EventLog read(std::vector<std::string> attributes) {
  ReadOptions options;
  options.attributes = std::move(attributes);
  return read_log_text(orders, "x.csv", options);
}

/// `case/activity` of the events that a condition keeps; `!` in front where it keeps whole cases.
std::string kept(const std::string& condition) {
  const Expr expression = std::get<Expr>(parse_expression(condition));
  std::vector<std::string> names;
  for (const std::string_view name : names_in(expression)) names.emplace_back(name);
  const EventLog log = read(names);
  const Matches matches = find_matches(log, expression);
  const EventLog selected = select_events(log, matches.events);
  std::string shown = matches.by_case ? "!" : "";
  for (std::size_t id = 0; id < selected.case_count(); ++id) {
    const EventRange events = selected.events_of(CaseId(id));
    REQUIRE_FALSE(events.empty());
    shown += std::string(selected.name(CaseId(id))) + ":";
    for (std::uint32_t event = events.begin; event < events.end; ++event)
      shown += selected.name(selected.activity[event]);
    shown += " ";
  }
  return shown;
}

}  // namespace

TEST_CASE("a condition keeps cases, or events where a column changes within cases") {
  CHECK(kept("渠道 = \"电话\"") == "!1:ab 3:ac ");  // a missing value is no other value
  CHECK(kept("渠道 in [\"电话\", \"在线\"]") == "!1:ab 2:ab 3:ac ");
  CHECK(kept("amount > 100") == "!3:ac ");
  CHECK(kept("amount <= 20") == "!1:ab ");
  CHECK(kept("not (amount > 100)") == "!1:ab ");  // nothing is known of case 2
  CHECK(kept("activity = \"b\"") == "1:b 2:b ");
  CHECK(kept("who = \"y\" or activity = \"c\"") == "1:b 3:ac ");
  CHECK(kept("who != \"x\"") == "1:b 2:b 3:a ");
  CHECK(kept("amount > 1000") == "!");
}

TEST_CASE("what a value is compared with decides whether it is a number or a text") {
  CHECK(kept("amount = \"20\"") == "!1:ab ");
  CHECK(kept("amount = 20.0") == "!1:ab ");
  CHECK(kept("no = \"007\"") == "!1:ab ");
  CHECK(kept("no = 7") == "!1:ab ");  // value by value: R1 is no number
  CHECK(kept("no != 7") == "!2:ab ");
  CHECK(kept("no > \"007\"") == "!2:ab 3:ac ");
  CHECK(kept("no != \"007\"") == "!2:ab 3:ac ");
  CHECK(kept("case = 3") == "!3:ac ");
  CHECK(kept("case in [\"1\", 2]") == "!1:ab 2:ab ");
  CHECK(kept("2 < case") == "!3:ac ");
}

TEST_CASE("levels and numbers are found out") {
  const EventLog log = read({"渠道", "amount", "no", "who"});
  CHECK(is_case_level(log, log.attributes[0]));
  CHECK(is_case_level(log, log.attributes[1]));
  CHECK_FALSE(is_case_level(log, log.attributes[3]));
  const ColumnNumbers amounts(log.attributes[1]);
  CHECK(amounts[0] == 20.0);
  CHECK(amounts[1] == 150.5);
  CHECK_FALSE(unread_numbers(log, log.attributes[1]));
  const auto unread = unread_numbers(log, log.attributes[2]);
  REQUIRE(unread);
  CHECK(unread->events == 2);
  CHECK(unread->cases == 1);
  CHECK(example_of(*unread) == "'R1' (line 5)");
  for (const char* number : {"1", "-1.5", "+2", "1e3", "0.25"})
    CHECK(number_in(number).has_value());
  for (const char* other : {"", "1 ", "1,5", "R1", "nan", "inf", "0x10", "１"})
    CHECK_FALSE(number_in(other).has_value());
}

TEST_CASE("a log is split by a column, the largest group first") {
  const EventLog log = read({"渠道", "who"});
  const auto groups = [&](std::size_t index) {
    std::string shown;
    for (const EventGroup& group : group_events(log, log.attributes[index]))
      shown +=
          std::string(group.value.value_or("-")) + ":" + std::to_string(group.events.size()) + " ";
    return shown;
  };
  CHECK(groups(0) == "电话:4 在线:2 ");  // the case has the value, also the event without it
  CHECK(groups(1) == "x:2 y:2 z:1 -:1 ");
}

TEST_CASE("what is selected is a log of its own") {
  const EventLog log = read({"who"});
  const std::uint32_t some[] = {1, 4, 5};
  const EventLog selected = select_events(log, some);
  CHECK(show_events(selected) ==
        "1/b/2026-01-02T00:00:00Z 3/a/2026-01-03T00:00:00Z "
        "3/c/2026-01-05T00:00:00Z");
  CHECK(selected.attributes[0].number_of_event.size() == 3);
  CHECK(select_events(log, {}).case_count() == 0);
}
