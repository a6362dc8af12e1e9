#include "core/conditions/expression.h"

#include <doctest/doctest.h>

#include <map>
#include <string>

using namespace gemba;

namespace {

Expr parsed(std::string_view text) {
  auto result = parse_expression(text);
  REQUIRE_MESSAGE(std::holds_alternative<Expr>(result), text);
  return std::get<Expr>(std::move(result));
}

/// "true", "false" or "unknown" for the values that every row below shares.
std::string verdict(std::string_view text) {
  const std::map<std::string, ExprValue, std::less<>> values = {{"amount", 50.0},
                                                                {"kind", std::string("refund")},
                                                                {"vip", true},
                                                                {"blocked", false},
                                                                {"wait", 9000.0},
                                                                {"金额", 200.0},
                                                                {"等级.顾客", std::string("金牌")},
                                                                {"case:type", std::string("b")},
                                                                {"digits", std::string("50")}};
  const auto truth = evaluate(parsed(text), [&](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? ExprValue() : found->second;
  });
  if (!truth) return "unknown";
  return *truth ? "true" : "false";
}

}  // namespace

TEST_CASE("conditions are evaluated with three values") {
  struct Row {
    std::string text;
    std::string truth;
  };
  const Row rows[] = {
      {"amount = 50", "true"},
      {"amount == 50", "true"},
      {"amount != 50", "false"},
      {"amount < 50", "false"},
      {"amount <= 50", "true"},
      {"amount > 49.5", "true"},
      {"amount >= 51", "false"},
      {"50 = amount", "true"},
      {"amount > -1", "true"},
      {"amount > -60 and amount < - 5", "false"},
      {"amount < 1e3", "true"},
      {"wait > 2h", "true"},
      {"wait = 2h30m", "true"},
      {"wait < 1bd", "true"},
      {"kind = \"refund\"", "true"},
      {"kind = 'refund'", "true"},
      {"kind < 'z'", "true"},
      {"kind > 'z'", "false"},
      {"金额 > 100", "true"},
      {"等级.顾客 = '金牌'", "true"},
      {"case:type = 'b'", "true"},
      {"vip", "true"},
      {"not vip", "false"},
      {"not not vip", "true"},
      {"vip = true", "true"},
      {"blocked = false", "true"},
      {"true", "true"},
      {"kind in ['refund', 'return']", "true"},
      {"kind in ['return']", "false"},
      {"kind in []", "false"},
      {"kind not in ['return']", "true"},
      {"amount in [1, 50, \"x\"]", "true"},
      {"amount in [-50,]", "false"},
      {"vip and amount > 10", "true"},
      {"blocked or vip and blocked", "false"},
      {"(blocked or vip) and vip", "true"},
      {"not blocked and vip", "true"},
      {"not (blocked or vip)", "false"},
      // unlike types
      {"amount = \"50\"", "false"},
      {"amount != \"50\"", "true"},
      {"digits = 50", "false"},
      {"amount < \"60\"", "unknown"},
      {"vip = 1", "false"},
      {"vip > 0", "unknown"},
      {"amount", "unknown"},
      {"kind and vip", "unknown"},
      // Kleene: what is unknown matters only where it decides
      {"nobody", "unknown"},
      {"nobody = 1", "unknown"},
      {"nobody != 1", "unknown"},
      {"nobody in [1]", "unknown"},
      {"not nobody", "unknown"},
      {"nobody and vip", "unknown"},
      {"nobody and blocked", "false"},
      {"blocked and nobody", "false"},
      {"nobody or vip", "true"},
      {"nobody or blocked", "unknown"},
      {"vip and nobody and blocked", "false"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(verdict(row.text) == row.truth);
  }
}

TEST_CASE("what is no condition says why and where") {
  struct Row {
    std::string text;
    std::size_t offset;
    std::string message;
  };
  const Row rows[] = {
      {"", 0, "the condition is empty"},
      {"  ", 2, "the condition is empty"},
      {"a >", 3, "the condition ends too early"},
      {"a > > 1", 4, "'>' does not fit here"},
      {"(a", 2, "a closing ')' is missing"},
      {"a)", 1, "')' does not fit here"},
      {"a b", 2, "'b' does not fit here"},
      {"金额 大于 5", 7, "'大于' does not fit here"},
      {"and a", 0, "'and' does not fit here"},
      {"a and", 5, "the condition ends too early"},
      {"a AND b", 2, "write 'AND' in lower case"},
      {"a ≥ 5", 2, "'≥' is not known here; write >="},
      {"a ＞ 5", 2, "'＞' is not known here; write >"},
      {"（a）", 0, "'（' is not known here; write ("},
      {"a = “x”", 4, "'“' is not known here; write \""},
      {"a && b", 2, "'&&' is not known here; write and"},
      {"!a", 0, "'!' is not known here; write not"},
      {"a > 5%", 5, "'%' has no meaning in a condition"},
      {"a > 5元", 4, "'5元' is neither a number nor a duration; a text needs quotes"},
      {"a > 5.", 4, "'5.' is neither a number nor a duration; a text needs quotes"},
      {"a > .5", 4,
       "'.5' is neither a name nor a number; names begin with a letter, numbers with a digit 0 to "
       "9"},
      {"a > ２００", 4,
       "'２００' is neither a name nor a number; names begin with a letter, numbers with a digit 0 "
       "to "
       "9"},
      {":a = 1", 0,
       "':a' is neither a name nor a number; names begin with a letter, numbers with a digit 0 to "
       "9"},
      {"a = 'x", 4, "the closing quote is missing"},
      {"5", 0, "5 alone is no condition; compare it with something"},
      {"'x'", 0, "'x' alone is no condition; compare it with something"},
      {"a and 5", 6, "5 alone is no condition; compare it with something"},
      {"not 5", 4, "5 alone is no condition; compare it with something"},
      {"1 < a < 5", 6, "comparisons cannot be chained; write '1 < a and a < …'"},
      {"a = b = c", 6, "comparisons cannot be chained; write 'a = b and b = …'"},
      {"(a = 1) = 2", 0, "a condition cannot be compared; compare names, numbers and texts"},
      {"2 = (a = 1)", 4, "a condition cannot be compared; compare names, numbers and texts"},
      {"a in 5", 5, "'in' needs a list like [1, 2, \"x\"]"},
      {"a in [b]", 6, "a list holds numbers and quoted texts only"},
      {"a in [1 2]", 8, "a comma or ']' is missing in the list"},
      {"a in [1", 7, "a comma or ']' is missing in the list"},
      {"a in [1,", 8, "the condition ends too early"},
      {"a = -b", 4, "'-' does not fit here"},
      {"a = \x01", 4, "'\x01' has no meaning in a condition"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const auto result = parse_expression(row.text);
    REQUIRE(std::holds_alternative<ExprError>(result));
    CHECK(std::get<ExprError>(result).message == row.message);
    CHECK(std::get<ExprError>(result).offset == row.offset);
  }
}

TEST_CASE("the tree is flat, children first, with the places of its parts") {
  const Expr expr = parsed("a <= 5 and not b in [1, 'x']");
  CHECK(expr.root().op == Expr::Op::conj);
  CHECK(expr.root().begin == 0);
  CHECK(expr.root().end == 28);
  for (std::size_t i = 0; i < expr.nodes.size(); ++i) {
    for (const std::uint32_t child : expr.nodes[i].children) CHECK(child < i);
  }
  const Expr::Node& comparison = expr.nodes[expr.root().children[0]];
  CHECK(comparison.op == Expr::Op::le);
  CHECK(comparison.begin == 0);
  CHECK(comparison.end == 6);
  const Expr::Node& negation = expr.nodes[expr.root().children[1]];
  CHECK(negation.op == Expr::Op::negation);
  CHECK(negation.begin == 11);
  const Expr::Node& member = expr.nodes[negation.children[0]];
  CHECK(member.op == Expr::Op::in);
  CHECK(member.children.size() == 3);
  CHECK(std::get<double>(expr.nodes[member.children[1]].value) == 1);
  CHECK(std::get<std::string>(expr.nodes[member.children[2]].value) == "x");
}

TEST_CASE("names that are no words stand in backquotes") {
  const Expr found =
      std::get<Expr>(parse_expression("`Case ID` = 1 and `and` in [2] or `金额(元)` > x"));
  const std::vector<std::string_view> expected = {"Case ID", "and", "金额(元)", "x"};
  CHECK(names_in(found) == expected);
  for (const char* faulty : {"`a", "`` = 1", "a not `in` [1]"})
    CHECK(std::holds_alternative<ExprError>(parse_expression(faulty)));
}

TEST_CASE("names are listed once, in order") {
  const Expr expr = parsed("b > 1 and (a = b or 金额 in [1]) and not a");
  CHECK(names_in(expr) == std::vector<std::string_view>{"b", "a", "金额"});
}

TEST_CASE("absurd conditions are refused, never a crash") {
  const std::string deep(100'000, '(');
  CHECK(std::holds_alternative<ExprError>(parse_expression(deep)));
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "a" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  CHECK(std::holds_alternative<Expr>(parse_expression(nested(200))));
  const auto too_deep = parse_expression(nested(201));
  REQUIRE(std::holds_alternative<ExprError>(too_deep));
  CHECK(std::get<ExprError>(too_deep).message == "the condition is nested too deeply");

  std::string negated;
  for (int i = 0; i < 10'000; ++i) negated += "not ";
  CHECK(std::holds_alternative<ExprError>(parse_expression(negated + "a")));
  CHECK(std::holds_alternative<ExprError>(parse_expression(std::string(70'000, 'a'))));

  std::string wide = "a = 0";
  while (wide.size() < 60'000) wide += " or a = 1";
  const Expr expr = parsed(wide);
  CHECK(evaluate(expr, [](std::string_view) { return ExprValue(1.0); }) == true);
  CHECK(std::holds_alternative<ExprError>(parse_expression("a = \xFF")));
}
