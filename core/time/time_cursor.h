#pragma once
#include <algorithm>
#include <cstddef>
#include <string_view>

namespace gemba::inline time {

/// ASCII, whatever the locale.
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
inline bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Whether `text` is the word `lower`, in any case.
inline bool same_word(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() &&
         std::equal(text.begin(), text.end(), lower.begin(),
                    [](char a, char b) { return static_cast<char>(a | 0x20) == b; });
}

/// The rest of a text that is being read; every function takes what it understands from the front.
class TimeCursor {
 public:
  explicit TimeCursor(std::string_view text) : rest_(text) {}

  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  /// The next character, or NUL at the end.
  char front() const { return rest_.empty() ? '\0' : rest_.front(); }

  /// Takes at most so many bytes.
  void skip(std::size_t count) { rest_.remove_prefix(std::min(count, rest_.size())); }

  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // Inlined, a comparison with a literal is that of an integer.
  [[gnu::always_inline]] bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// Whether there was a space.
  bool take_spaces() {
    if (!take(' ')) return false;
    while (take(' ')) continue;
    return true;
  }

  /// Length of the digits at the front.
  std::size_t digits() const {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    return count;
  }

  /// A number of at least `least` and at most `most` digits (nine), or −1.
  int number(std::size_t least, std::size_t most) {
    int value = 0;
    std::size_t count = 0;
    while (count < most && count < rest_.size() && is_digit(rest_[count])) {
      value = value * 10 + (rest_[count] - '0');
      ++count;
    }
    if (count < least) return -1;
    rest_.remove_prefix(count);
    return value;
  }

  /// The ASCII letters at the front.
  std::string_view word() {
    std::size_t count = 0;
    while (count < rest_.size() && is_letter(rest_[count])) ++count;
    const std::string_view letters = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return letters;
  }

 private:
  std::string_view rest_;
};

}  // namespace gemba::inline time
