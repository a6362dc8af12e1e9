#include "core/conditions/decision_table.h"

#include <doctest/doctest.h>

#include <array>
#include <deque>

using namespace gemba;
namespace {

/// A decision table over conditions written as texts.
struct Table {
  std::vector<std::string> texts;
  std::deque<Expr> conditions;
  std::vector<DecisionRow> rows;

  explicit Table(std::vector<std::string> conditions_as_text)
      : texts(std::move(conditions_as_text)) {
    for (const std::string& text : texts) {
      conditions.push_back(std::get<Expr>(parse_expression(text)));
      rows.push_back({text, &conditions.back()});
    }
  }
};

constexpr std::array<std::string_view, 2> outcomes = {"approved", "rejected"};

std::string gap(std::vector<std::string> conditions) {
  const Table table(std::move(conditions));
  const auto found = DecisionTable(table.rows, outcomes).find_gap();
  return found ? to_string(*found) : "";
}

std::string overlap(const std::string& a, const std::string& b) {
  const Table table({a, b});
  const auto found = DecisionTable(table.rows, outcomes).find_overlap(0, 1);
  return found ? to_string(*found) : "";
}

}  // namespace

TEST_CASE("a gap is a case that no condition takes") {
  CHECK(gap({"amount <= 50", "amount > 50"}) == "");
  CHECK(gap({"amount < 50", "amount > 50"}) == "amount = 50");
  CHECK(gap({"amount <= 50", "amount >= 100"}) == "amount = 75");
  CHECK(gap({"amount <= 50", "amount > 50 and amount <= 300"}) == "amount = 301");
  CHECK(gap({"amount > 0 and amount <= 50", "amount > 50"}) == "amount = 0");
  CHECK(gap({"50 < amount", "50 >= amount"}) == "");
  CHECK(gap({"not (amount > 50)", "amount > 50"}) == "");
  CHECK(gap({"balance < -10", "balance >= 0"}) == "balance = -10");
  CHECK(gap({"wait > 2h", "wait < 2h"}) == "wait = 2h");
  CHECK(gap({"channel = 'jd'", "channel = 'taobao'"}) == "channel is something else");
  CHECK(gap({"channel = 'jd'", "channel != 'jd'"}) == "");
  CHECK(gap({"channel in ['jd', 'taobao']", "not (channel in ['jd'])"}) == "");
  CHECK(gap({"vip", "not vip"}) == "");
  CHECK(gap({"vip and amount > 50", "not vip"}) == "amount = 0 and vip");
  CHECK(gap({"金额 <= 50", "金额 > 60"}) == "金额 = 55");
  CHECK(gap({"paid < price", "paid > price"}) == "paid = 0 and price = 0");
  CHECK(gap({"paid < price", "paid > price", "paid = price"}) == "");
  CHECK(gap({"paid <= 10 and paid < price", "paid >= price"}) != "");
}

TEST_CASE("outcomes exclude each other, and one of those named happens") {
  CHECK(gap({"approved", "rejected"}) == "");
  CHECK(gap({"approved", "not approved"}) == "");
  CHECK(gap({"approved and amount > 50", "rejected"}) == "approved and amount = 0");
  CHECK(overlap("approved", "rejected") == "");
  CHECK(overlap("approved", "not rejected") == "approved");
}

TEST_CASE("an overlap is a case that two conditions take") {
  CHECK(overlap("amount <= 50", "amount > 50") == "");
  CHECK(overlap("amount <= 50", "amount >= 50") == "amount = 50");
  CHECK(overlap("amount > 10", "amount < 100") == "amount = 55");
  CHECK(overlap("channel = 'jd'", "channel in ['jd', 'tb']") == "channel = 'jd'");
  CHECK(overlap("channel != 'jd'", "channel != 'tb'") == "channel is something else");
  CHECK(overlap("amount > 10", "vip") == "amount = 11 and vip");
  CHECK(overlap("a < b", "b < a") == "");
  CHECK(overlap("a < b and b < c", "c < a") == "");
  CHECK(overlap("a < b and b < c", "a < c") != "");
}

TEST_CASE("what cannot be tried out completely is said") {
  const auto complete = [](std::vector<std::string> conditions) {
    const Table table(std::move(conditions));
    return DecisionTable(table.rows, outcomes).complete();
  };
  CHECK(complete({"amount <= 50", "amount > 50"}));
  CHECK_FALSE(complete({"name < 'm'", "name >= 'm'"}));
  CHECK_FALSE(complete({"a < b and b < c and c < d"}));
  std::string many = "x0 = 1";
  for (int number = 1; number < 20; ++number) many += " or x" + std::to_string(number) + " = 1";
  CHECK_FALSE(complete({many}));
  CHECK(gap({"name < 'm'", "name >= 'm'"}) == "");
}
