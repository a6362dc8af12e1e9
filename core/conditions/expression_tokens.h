#pragma once
#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

#include "core/conditions/expression.h"

namespace gemba::inline conditions {

/// A word of the expression language.
struct ExprToken {
  enum class Kind : std::uint8_t { number, text, name, sign, end };
  Kind kind = Kind::end;
  std::string_view text;  ///< as written; of a text what stands between the quotes
  double number = 0;      ///< of a number; a duration counts in seconds
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool quoted = false;  ///< a name in backquotes, which is never a word of the language
};

/// Splits a text into tokens, of which the last is `end`. Linear.
std::variant<std::vector<ExprToken>, ExprError> split_expression(std::string_view text);

}  // namespace gemba::inline conditions
