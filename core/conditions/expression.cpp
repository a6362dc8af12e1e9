#include "core/conditions/expression.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/conditions/expression_tokens.h"

namespace gemba::inline conditions {
namespace {

constexpr std::size_t max_text = std::size_t{64} << 10U;
constexpr int max_nesting = 200;

using Op = Expr::Op;
using Token = ExprToken;

constexpr std::array<std::pair<std::string_view, Op>, 6> comparisons = {
    {{"=", Op::eq}, {"!=", Op::ne}, {"<", Op::lt}, {"<=", Op::le}, {">", Op::gt}, {">=", Op::ge}}};

/// Recursive descent; every function returns the index of the node that it made, or throws
/// `ExprError`, which never leaves `parse_expression`.
struct Parser {
  std::string_view text;
  std::vector<Token> tokens;
  std::size_t at = 0;
  int nesting = -1;  ///< the condition as a whole is none
  Expr expr = {};

  const Token& here() const { return tokens[at]; }
  bool is_sign(std::string_view sign) const {
    return here().kind == Token::Kind::sign && here().text == sign;
  }
  bool is_word(std::string_view word) const {
    return here().kind == Token::Kind::name && !here().quoted && here().text == word;
  }
  bool is_keyword() const {
    return is_word("and") || is_word("or") || is_word("not") || is_word("in");
  }

  std::string found() const {
    if (here().kind == Token::Kind::end) return "the condition ends too early";
    return fmt::format("'{}' does not fit here",
                       text.substr(here().begin, here().end - here().begin));
  }

  [[noreturn]] void fail(std::string message) const {
    throw ExprError{std::move(message), here().begin};
  }

  std::uint32_t add(Op op, std::vector<std::uint32_t> children, std::size_t begin,
                    std::size_t end) {
    Expr::Node node;
    node.op = op;
    node.children = std::move(children);
    node.begin = static_cast<std::uint32_t>(begin);
    node.end = static_cast<std::uint32_t>(end);
    expr.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(expr.nodes.size() - 1);
  }

  std::uint32_t add_literal(ExprValue value, std::size_t begin) {
    const std::uint32_t node = add(Op::literal, {}, begin, here().end);
    expr.nodes[node].value = std::move(value);
    ++at;
    return node;
  }

  /// Where the parts begin and end in the text, for messages and spans.
  std::uint32_t join(Op op, std::vector<std::uint32_t> children) {
    const std::size_t begin = expr.nodes[children.front()].begin;
    const std::size_t end = expr.nodes[children.back()].end;
    return add(op, std::move(children), begin, end);
  }

  /// What stands between `and`, `or` and `not` must be true or false.
  void require_condition(std::uint32_t index) const {
    const Expr::Node& node = expr.nodes[index];
    if (node.op != Op::literal || std::holds_alternative<bool>(node.value)) return;
    throw ExprError{fmt::format("{} alone is no condition; compare it with something",
                                text.substr(node.begin, node.end - node.begin)),
                    node.begin};
  }

  std::uint32_t parse_chain(Op op, std::string_view word) {
    std::vector<std::uint32_t> parts{op == Op::disj ? parse_chain(Op::conj, "and") : parse_not()};
    while (is_word(word)) {
      ++at;
      parts.push_back(op == Op::disj ? parse_chain(Op::conj, "and") : parse_not());
    }
    if (parts.size() == 1) return parts.front();
    for (const std::uint32_t part : parts) require_condition(part);
    return join(op, std::move(parts));
  }

  std::uint32_t parse_or() {
    if (++nesting > max_nesting) fail("the condition is nested too deeply");
    const std::uint32_t node = parse_chain(Op::disj, "or");
    --nesting;
    return node;
  }

  std::uint32_t parse_not() {
    if (!is_word("not")) return parse_comparison();
    if (++nesting > max_nesting) fail("the condition is nested too deeply");
    const std::size_t begin = here().begin;
    ++at;
    const std::uint32_t operand = parse_not();
    require_condition(operand);
    --nesting;
    return add(Op::negation, {operand}, begin, expr.nodes[operand].end);
  }

  std::optional<Op> comparison_here() const {
    if (here().kind != Token::Kind::sign) return std::nullopt;
    for (const auto& [sign, op] : comparisons) {
      if (here().text == sign) return op;
    }
    return std::nullopt;
  }

  std::uint32_t parse_operand_of_comparison() {
    const std::size_t begin = here().begin;
    const std::uint32_t node = parse_primary();
    require_value(node, begin);
    return node;
  }

  void require_value(std::uint32_t node, std::size_t begin) const {
    const Op op = expr.nodes[node].op;
    if (op == Op::literal || op == Op::name) return;
    throw ExprError{"a condition cannot be compared; compare names, numbers and texts", begin};
  }

  std::uint32_t parse_comparison() {
    const std::size_t begin = here().begin;
    const std::uint32_t left = parse_primary();
    if (is_word("in")) {
      require_value(left, begin);
      return parse_list(left);
    }
    if (is_word("not") && tokens[at + 1].kind == Token::Kind::name && !tokens[at + 1].quoted &&
        tokens[at + 1].text == "in") {
      require_value(left, begin);
      ++at;
      const std::uint32_t inside = parse_list(left);
      return add(Op::negation, {inside}, begin, expr.nodes[inside].end);
    }
    const auto op = comparison_here();
    if (!op) return left;
    require_value(left, begin);
    ++at;
    const std::uint32_t right = parse_operand_of_comparison();
    if (comparison_here() || is_word("in")) fail_chained(left, right);
    return join(*op, {left, right});
  }

  [[noreturn]] void fail_chained(std::uint32_t left, std::uint32_t right) const {
    const auto word = [&](std::uint32_t index) {
      const Expr::Node& node = expr.nodes[index];
      return text.substr(node.begin, node.end - node.begin);
    };
    const auto between = [&](std::size_t begin, std::size_t end) {
      return text.substr(begin, end - begin);
    };
    const std::string_view first = between(expr.nodes[left].begin, expr.nodes[right].end);
    fail(fmt::format("comparisons cannot be chained; write '{} and {} {} …'", first, word(right),
                     here().text));
  }

  /// `in [1, 2, "x"]`, standing at `in`.
  std::uint32_t parse_list(std::uint32_t tested) {
    ++at;
    if (!is_sign("[")) fail("'in' needs a list like [1, 2, \"x\"]");
    ++at;
    std::vector<std::uint32_t> children{tested};
    while (!is_sign("]")) {
      const std::size_t begin = here().begin;
      const std::uint32_t item = parse_primary();
      if (expr.nodes[item].op != Op::literal) {
        throw ExprError{"a list holds numbers and quoted texts only", begin};
      }
      children.push_back(item);
      if (is_sign(",")) {
        ++at;
      } else if (!is_sign("]")) {
        fail("a comma or ']' is missing in the list");
      }
    }
    const std::size_t end = here().end;
    ++at;
    const std::size_t begin = expr.nodes[tested].begin;
    return add(Op::in, std::move(children), begin, end);
  }

  std::uint32_t parse_primary() {
    const std::size_t begin = here().begin;
    if (is_sign("(")) {
      ++at;
      const std::uint32_t inside = parse_or();
      if (!is_sign(")")) fail("a closing ')' is missing");
      ++at;
      return inside;
    }
    if (is_sign("-") && tokens[at + 1].kind == Token::Kind::number) {
      ++at;
      return add_literal(-here().number, begin);
    }
    if (here().kind == Token::Kind::number) return add_literal(here().number, begin);
    if (here().kind == Token::Kind::text) return add_literal(std::string(here().text), begin);
    if (is_word("true")) return add_literal(true, begin);
    if (is_word("false")) return add_literal(false, begin);
    if (here().kind != Token::Kind::name || is_keyword()) fail(found());
    const std::uint32_t node = add(Op::name, {}, begin, here().end);
    expr.nodes[node].name = here().text;
    ++at;
    return node;
  }

  void parse_all() {
    if (here().kind == Token::Kind::end) fail("the condition is empty");
    const std::uint32_t root = parse_or();
    if (here().kind != Token::Kind::end) {
      for (const std::string_view word : {"AND", "OR", "NOT", "IN"}) {
        if (is_word(word)) fail(fmt::format("write '{}' in lower case", word));
      }
      fail(found());
    }
    require_condition(root);
  }
};

}  // namespace

std::variant<Expr, ExprError> parse_expression(std::string_view text) {
  if (text.size() > max_text) return ExprError{"the condition is longer than 64 KiB", max_text};
  auto tokens = split_expression(text);
  if (auto* error = std::get_if<ExprError>(&tokens)) return std::move(*error);
  Parser parser{text, std::get<std::vector<Token>>(std::move(tokens))};
  try {
    parser.parse_all();
  } catch (ExprError& error) {
    return std::move(error);
  }
  return std::move(parser.expr);
}

}  // namespace gemba::inline conditions
