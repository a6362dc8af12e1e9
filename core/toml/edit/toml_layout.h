#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gemba::inline toml {

/// One part of a key as written: `roles` of `roles."x"`. Places are byte offsets.
struct WrittenKey {
  std::size_t begin = 0;  ///< with its quotes
  std::size_t end = 0;
  std::string text;  ///< without quotes; escapes stay as they are
};

/// A header or a `key = value` of a TOML text.
struct Statement {
  enum class Kind : std::uint8_t { table, array, pair };
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  Kind kind = Kind::pair;
  std::vector<WrittenKey> keys;
  std::size_t header = none;  ///< of a pair: the statement whose table it stands in
  std::size_t begin = 0;      ///< first byte of the key or bracket
  std::size_t value = 0;      ///< of a pair: first byte of the value
  std::size_t end = 0;        ///< behind the value, or the last bracket of a header
};

/// Where the statements of a TOML text stand, comments and blank lines left alone. The text is one
/// that was parsed without fault; of any other only the beginning may be seen.
struct TomlLayout {
  explicit TomlLayout(std::string_view text);

  std::vector<Statement> statements;  ///< in the order of the text

  /// The keys from the root to what a statement gives: those of its header, then its own.
  std::vector<const WrittenKey*> path(std::size_t statement) const;

  /// The statement within which a byte stands.
  std::optional<std::size_t> statement_at(std::size_t offset) const;

  /// Every place where the key at a byte is written for the same table or value: `[time]` and
  /// `[time.a]`, but not that of another element of a `[[step]]`. Nothing for keys of inline
  /// tables.
  std::vector<WrittenKey> places_of_key(std::size_t offset) const;
};

/// A list's element as written.
struct WrittenItem {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t comma = none;  ///< the comma behind it
};

/// The elements of the list whose `[` stands at `begin`, of a text without fault.
std::vector<WrittenItem> written_items(std::string_view text, std::size_t begin);

/// Another word in the quotes of `written`, or bare when that is. None where the word would need
/// escapes or other quotes, or `written` does not say `before` in so many letters.
std::optional<std::string> respelled(std::string_view written, std::string_view before,
                                     std::string_view word);

}  // namespace gemba::inline toml
