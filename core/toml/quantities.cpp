#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "core/base/text.h"
#include "core/toml/parts.h"

namespace gemba::inline toml {
namespace {

/// A plain decimal number, the whole text.
std::optional<double> parse_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::optional<Volume> parse_volume(std::string_view text) {
  constexpr double day = 86'400;
  constexpr std::array<std::pair<std::string_view, double>, 5> units = {
      {{"hour", 3600},
       {"day", day},
       {"week", 7 * day},
       {"month", 365.25 / 12 * day},
       {"year", 365.25 * day}}};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const auto cases = parse_number(trimmed(text.substr(0, slash)));
  const std::string_view unit = trimmed(text.substr(slash + 1));
  if (!cases || *cases <= 0) return std::nullopt;
  for (const auto& [name, seconds] : units) {
    if (unit == name) return Volume{*cases, seconds, {}};
  }
  return std::nullopt;
}

std::optional<Target> parse_target(std::string_view text) {
  // The longer signs first: `<=` begins with `<`.
  constexpr std::array<std::pair<std::string_view, Expr::Op>, 6> signs = {{{"<=", Expr::Op::le},
                                                                           {">=", Expr::Op::ge},
                                                                           {"==", Expr::Op::eq},
                                                                           {"<", Expr::Op::lt},
                                                                           {">", Expr::Op::gt},
                                                                           {"=", Expr::Op::eq}}};
  Target target;
  target.text = text;
  std::string_view rest = trimmed(text);
  bool has_sign = false;
  for (const auto& [sign, op] : signs) {
    if (!has_sign && rest.starts_with(sign)) {
      target.op = op;
      rest = trimmed(rest.substr(sign.size()));
      has_sign = true;
    }
  }
  if (!has_sign) return std::nullopt;
  if (const auto number = parse_number(rest)) {
    target.value = *number;
    target.unit = Target::Unit::number;
    return target;
  }
  if (rest.ends_with('%')) {
    const auto percent = parse_number(trimmed(rest.substr(0, rest.size() - 1)));
    if (!percent || *percent < 0 || *percent > 100) return std::nullopt;
    target.value = *percent / 100;
    target.unit = Target::Unit::fraction;
    return target;
  }
  const auto duration = parse_duration(rest);
  if (!duration) return std::nullopt;
  target.value = working_seconds(*duration);
  target.unit = Target::Unit::seconds;
  target.duration = *duration;
  return target;
}

}  // namespace gemba::inline toml
