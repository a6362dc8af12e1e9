#include "core/columns/written_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "core/base/narrow.h"
#include "core/base/text.h"

namespace gemba::inline columns {
namespace {

using namespace std::string_view_literals;

/// Signs and blanks that stand for those of ASCII.
constexpr std::pair<std::string_view, char> foreign[] = {
    {"\u2212"sv, '-'}, {"\u2013"sv, '-'}, {"\u2019"sv, '\''}, {"\u00A0"sv, ' '}, {"\u2007"sv, ' '},
    {"\u2009"sv, ' '}, {"\u202F"sv, ' '}, {"\t"sv, ' '},      {"\uFEFF"sv, ' '}, {"\u200B"sv, ' '}};

/// What may stand before or behind a number; the longer before the shorter.
constexpr std::array currencies = {
    "人民币"sv, "hk$"sv, "us$"sv, "nt$"sv,  "rmb"sv,  "cny"sv,  "usd"sv,  "eur"sv,  "gbp"sv,
    "hkd"sv,    "twd"sv, "jpy"sv, "港币"sv, "港元"sv, "美元"sv, "欧元"sv, "日元"sv, "块"sv,
    "元"sv,     "圆"sv,  "¥"sv,   "￥"sv,   "€"sv,    "£"sv,    "$"sv};

/// Signs behind a number, and what it is multiplied by.
constexpr std::pair<std::string_view, double> scales[] = {
    {"%"sv, 0.01}, {"‰"sv, 0.001}, {"万"sv, 1e4}, {"萬"sv, 1e4}, {"亿"sv, 1e8}, {"億"sv, 1e8}};

std::string folded(std::string_view text) {
  std::string result = ascii_lower(narrowed(text));
  for (const auto& [sign, ascii] : foreign) {
    for (std::size_t at = 0; (at = result.find(sign, at)) != std::string::npos; ++at)
      result.replace(at, sign.size(), 1, ascii);
  }
  return result;
}

/// A number taken apart: its digits with the signs between them, and all that was around.
struct Parts {
  std::string_view digits;
  bool negative = false;
  double scale = 1;
};

/// Takes what stands around a number away, one thing after the other.
class Peeler {
 public:
  explicit Peeler(std::string_view text) { parts_.digits = trimmed(text); }

  /// None where something stands twice, or nothing is left.
  std::optional<Parts> peel() {
    while (ok_ && (sign() || brackets() || currency() || scale())) {
      parts_.digits = trimmed(parts_.digits);
    }
    if (!ok_ || parts_.digits.empty()) return std::nullopt;
    return parts_;
  }

 private:
  bool once(bool& flag) {
    ok_ = ok_ && !flag;
    flag = true;
    return true;
  }

  void cut(std::size_t front, std::size_t back) {
    parts_.digits.remove_prefix(front);
    parts_.digits.remove_suffix(back);
  }

  bool sign() {
    const std::string_view text = parts_.digits;
    if (text.size() < 2) return false;
    const bool front = text.front() == '-' || text.front() == '+';
    const bool back = text.back() == '-';
    if (!front && !back) return false;
    parts_.negative = front ? text.front() == '-' : true;
    cut(front ? 1 : 0, front ? 0 : 1);
    return once(signed_);
  }

  bool brackets() {
    if (parts_.digits.size() < 3 || parts_.digits.front() != '(' || parts_.digits.back() != ')')
      return false;
    parts_.negative = true;
    cut(1, 1);
    return once(signed_);
  }

  bool currency() {
    for (const std::string_view each : currencies) {
      if (parts_.digits.starts_with(each)) {
        cut(each.size(), 0);
        return once(money_before_);
      }
      if (parts_.digits.ends_with(each)) {
        cut(0, each.size());
        return once(money_behind_);
      }
    }
    return false;
  }

  bool scale() {
    for (const auto& [sign, factor] : scales) {
      if (!parts_.digits.ends_with(sign)) continue;
      parts_.scale = factor;
      cut(0, sign.size());
      return once(scaled_);
    }
    return false;
  }

  Parts parts_;
  bool ok_ = true, signed_ = false, scaled_ = false, money_before_ = false, money_behind_ = false;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

/// The digits of a whole number whose thousands are apart, all by the same sign; none where they
/// are not three (as in India two, but for the last).
std::optional<std::string> without_groups(std::string_view text, char decimal) {
  const std::size_t first = text.find_first_of(decimal == '.' ? ", '" : ". '");
  if (first == std::string_view::npos) return std::string(text);
  const char between = text[first];
  std::string digits(text.substr(0, first));
  std::size_t at = first + 1;
  std::size_t shortest = 3;
  while (true) {
    const std::size_t end = std::min(text.find(between, at), text.size());
    const std::size_t length = end - at;
    const bool last = end == text.size();
    shortest = std::min(shortest, length);
    const bool fits = length == 3 || (between == ',' && length == 2 && !last);
    if (!fits || (length == 3 && !last && shortest == 2)) return std::nullopt;
    digits += text.substr(at, length);
    if (last) break;
    at = end + 1;
  }
  const std::size_t most = shortest == 2 ? 2 : 3;
  return first >= 1 && first <= most ? std::optional(digits) : std::nullopt;
}

std::optional<double> number_of(std::string_view text, char decimal) {
  const std::size_t exponent = std::min(text.find('e'), text.size());
  const std::size_t point = std::min(text.find(decimal), exponent);
  const auto whole = without_groups(text.substr(0, point), decimal);
  if (!whole || !all_digits(*whole)) return std::nullopt;
  const std::string_view fraction =
      point < exponent ? text.substr(point + 1, exponent - point - 1) : std::string_view();
  if (!all_digits(fraction) || (whole->empty() && fraction.empty())) return std::nullopt;
  std::string plain = *whole + "." + std::string(fraction);
  if (plain.front() == '.') plain.insert(0, 1, '0');
  if (plain.back() == '.') plain.pop_back();
  std::string_view power = text.substr(exponent);
  plain += power.starts_with("e+") ? "e" + std::string(power.substr(2)) : std::string(power);
  double number = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number);
  const bool all = error == std::errc() && end == plain.data() + plain.size();
  return all && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

/// Whether a text is as programs write numbers, of which both marks and people think the same.
bool is_plain(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && all_digits(text);
}

/// The mark without which a text is no number, or none.
std::optional<DecimalMark> told_by(std::string_view text) {
  if (is_plain(text)) return std::nullopt;
  const bool by_point = written_number(text, DecimalMark::point).has_value();
  const bool by_comma = written_number(text, DecimalMark::comma).has_value();
  if (by_point == by_comma) {
    // `0.125` and `0,125`: nobody writes thousands behind a zero.
    const std::size_t zero = text.find_first_of("0123456789");
    if (!by_point || zero == std::string_view::npos || text[zero] != '0') return std::nullopt;
    const std::string_view behind = text.substr(zero + 1);
    if (behind.starts_with('.')) return DecimalMark::point;
    if (behind.starts_with(',')) return DecimalMark::comma;
    return std::nullopt;
  }
  return by_point ? DecimalMark::point : DecimalMark::comma;
}

bool has_comma(std::string_view text) {
  return text.find(',') != std::string_view::npos || text.find("，") != std::string_view::npos;
}

}  // namespace

std::optional<double> written_number(std::string_view text, DecimalMark mark) {
  if (is_plain(text)) return number_in(text);
  const std::string plain = folded(text);
  const std::optional<Parts> parts = Peeler(plain).peel();
  if (!parts) return std::nullopt;
  const auto number = number_of(parts->digits, mark == DecimalMark::point ? '.' : ',');
  if (!number) return std::nullopt;
  return (parts->negative ? -*number : *number) * parts->scale;
}

DecimalMark decimal_mark_of(const StringPool& values) {
  bool any_comma = false;
  for (std::uint32_t number = 0; number < values.size() && !any_comma; ++number)
    any_comma = has_comma(values[number]);
  if (!any_comma) return DecimalMark::point;
  std::size_t points = 0;
  std::size_t commas = 0;
  for (std::uint32_t number = 0; number < values.size(); ++number) {
    const auto told = told_by(values[number]);
    if (told == DecimalMark::point) ++points;
    if (told == DecimalMark::comma) ++commas;
  }
  return commas > points ? DecimalMark::comma : DecimalMark::point;
}

}  // namespace gemba::inline columns
