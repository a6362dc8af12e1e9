// Conditions: every part stands in the text, and an answer stays when more is known.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/conditions/expression.h"
#include "core/time/duration.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gemba;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parse_duration(text);
  const auto result = parse_expression(text);
  if (const auto* error = std::get_if<ExprError>(&result)) {
    if (error->message.empty() || error->offset > text.size()) __builtin_trap();
    return 0;
  }
  const Expr& expr = std::get<Expr>(result);
  for (std::size_t i = 0; i < expr.nodes.size(); ++i) {
    const Expr::Node& node = expr.nodes[i];
    if (node.begin > node.end || node.end > text.size()) __builtin_trap();
    for (const std::uint32_t child : node.children) {
      if (child >= i) __builtin_trap();
    }
  }
  // What is known of a name can only settle a condition, never turn a settled one round.
  const auto unknown = evaluate(expr, [](std::string_view) { return ExprValue(); });
  const auto known = evaluate(expr, [](std::string_view name) {
    return name.size() % 2 == 0 ? ExprValue(static_cast<double>(name.size())) : ExprValue(true);
  });
  if (unknown && known && *unknown != *known) __builtin_trap();
  (void)names_in(expr);
  return 0;
}
