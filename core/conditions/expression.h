#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace gemba::inline conditions {

/// What stands in a log: a text, and the number that it is to people, if it is one. What it is
/// compared with decides which of the two is meant.
struct LoggedValue {
  std::string text;
  std::optional<double> number = {};
  friend bool operator==(const LoggedValue&, const LoggedValue&) = default;
};

/// A value in an expression: nothing (the name is unknown), a truth value, a number (durations are
/// seconds), a text, or what a log has.
using ExprValue = std::variant<std::monostate, bool, double, std::string, LoggedValue>;

/// A condition of the small expression language, parsed (design: numbers, quoted strings,
/// durations, names,
/// `= != < <= > >=`, `in [..]`, `and or not`, parentheses). A flat tree: children come before their
/// parents, `root` is the last node. Copies are cheap and need no pointers.
struct Expr {
  enum class Op : std::uint8_t { literal, name, eq, ne, lt, le, gt, ge, in, conj, disj, negation };
  struct Node {
    Op op = Op::literal;
    ExprValue value;   ///< of a literal
    std::string name;  ///< of a name
    std::vector<std::uint32_t>
        children;             ///< operands; for `in` the tested value, then the list's literals
    std::uint32_t begin = 0;  ///< byte offset in the text
    std::uint32_t end = 0;
  };
  std::vector<Node> nodes;

  const Node& root() const { return nodes.back(); }
};

/// Why and where (byte offset) a text is not an expression.
struct ExprError {
  std::string message;
  std::size_t offset = 0;
};

/// Parses a condition. Keywords are lower case; `==` is read as `=`; names are letters (any
/// script), digits, `_`, `.`, `:` starting with a letter or `_`; any other stands in backquotes.
/// Nesting deeper than 200 and texts above 64 KiB are errors, never a crash.
std::variant<Expr, ExprError> parse_expression(std::string_view text);

/// Looks up a name; `monostate` when it is unknown.
using ExprLookup = std::function<ExprValue(std::string_view name)>;

/// Truth of an expression with Kleene's three values: none when an unknown name decides it.
/// Comparing a number with a text is false for `=` and true for `!=`; an order between them is
/// unknown. What a log has is a number beside numbers, unknown where it is none; beside texts it is
/// a text, but for an order between two that are numbers (`金额 > "50"`), and `= "20"` is also true
/// of `20.0`; beside truth values it is `true` or `false` in any case.
std::optional<bool> evaluate(const Expr& expression, const ExprLookup& lookup);

/// The names an expression uses, each once, in order of appearance.
std::vector<std::string_view> names_in(const Expr& expression);

/// Whether an expression compares a name with a number.
bool compares_with_number(const Expr& expression, std::string_view name);

/// Whether an expression uses a name.
bool uses_name(const Expr& expression, std::string_view name);

}  // namespace gemba::inline conditions
