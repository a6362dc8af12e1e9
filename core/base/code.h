#pragma once
#include <algorithm>
#include <concepts>
#include <string_view>

namespace gemba::inline base {

/// The codes of the rules that readers of documents and models report. All other faults and
/// findings are reported by who knows the descriptor, and take its code.
inline constexpr std::string_view reader_codes[] = {"S001", "S002", "S003", "S004", "S005", "S006"};

/// The code that a rule or an audit heuristic gives itself: "F104". The one place where it is
/// written down is its descriptor; a text that is not a letter and three digits does not compile.
class OwnCode {
 public:
  consteval OwnCode(const char (&text)[5]) : text_(text) {  // NOLINT(google-explicit-constructor)
    const bool good = text[0] >= 'A' && text[0] <= 'Z' &&
                      std::all_of(text + 1, text + 4, [](char c) { return c >= '0' && c <= '9'; });
    if (!good) throw "a code is a capital letter and three digits";
  }

  constexpr std::string_view text() const { return text_; }
  constexpr operator std::string_view() const { return text_; }  // NOLINT

 private:
  std::string_view text_;
};

/// The code of a fault or finding: that of a descriptor, or a literal that is one of
/// `reader_codes`; any other literal does not compile. Empty when there is none yet.
class Code {
 public:
  constexpr Code() = default;
  constexpr Code(OwnCode code) : text_(code.text()) {}   // NOLINT(google-explicit-constructor)
  consteval Code(const char (&text)[5]) : text_(text) {  // NOLINT(google-explicit-constructor)
    if (std::find(std::begin(reader_codes), std::end(reader_codes), text_) ==
        std::end(reader_codes))
      throw "no reader reports this code: take it from the descriptor of the rule";
  }

  constexpr std::string_view text() const { return text_; }
  constexpr operator std::string_view() const { return text_; }  // NOLINT

 private:
  std::string_view text_;
};

/// Either of them.
template <class T>
concept AnyCode = std::same_as<T, Code> || std::same_as<T, OwnCode>;

/// Whether a code is written like a text, or like another code.
constexpr bool operator==(const AnyCode auto& code,
                          const std::convertible_to<std::string_view> auto& text) {
  return code.text() == std::string_view(text);
}

}  // namespace gemba::inline base
