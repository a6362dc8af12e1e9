#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace gemba::inline eventlog {

/// Reads JSON objects (RFC 8259, and `NaN` and `Infinity`, which Python writes) as rows of a table:
/// the members are the columns, those of objects in an object too (`{"user": {"name": "Li"}}` has
/// the column `user.name`). Objects may have different members, in any order. What a text's bytes
/// above 127 mean is not looked at.
class JsonObject {
 public:
  enum class Outcome : std::uint8_t { object, incomplete, bad };

  static constexpr std::size_t max_columns = 16'384;  ///< of all objects, and members of one
  static constexpr std::size_t longest_name = 1024;   ///< members with a longer one are passed over
  static constexpr int deepest = 100;                 ///< objects and arrays in each other
  static constexpr std::size_t padding = 16;  ///< zero bytes that must stand behind the text

  JsonObject();

  /// Reads the object that begins with the `{` at `begin`, in a text that goes on up to `end`:
  /// `incomplete` when it is good as far as the text goes.
  Outcome read(const char* begin, const char* end);

  /// Where reading ended: behind the object, or at what is wrong.
  const char* position() const { return at_; }

  /// Line ends between the beginning of the object and `position`.
  std::uint64_t line_ends() const { return line_ends_; }

  /// What is wrong with an object that is bad; the text stays valid.
  std::string_view reason() const { return reason_; }

  /// The columns of all objects so far, in order of their first appearance; more than `max_columns`
  /// are not kept.
  const std::vector<std::string>& columns() const { return columns_; }

  /// Adds columns that are known beforehand. Before the first object.
  void know_columns(const std::vector<std::string>& names);

  /// Adds no more columns: members of other names are passed over.
  void settle_columns() { settled_ = true; }

  /// The names of members with a value that were passed over for that, in order of their first
  /// appearance; more than `max_columns` are not kept.
  const std::vector<std::string>& late_names() const { return late_names_; }

  /// The text of each column in the object read: strings without escapes, numbers and `true` and
  /// `false` as they are written; empty for `null`, `NaN`, `Infinity`, arrays, objects and what is
  /// missing. Of members with the same name the last counts. Valid until the next `read` and while
  /// the text is there.
  const std::vector<std::string_view>& fields() const { return fields_; }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint32_t unresolved = none - 1;
  static constexpr std::uint32_t root = 0;      ///< the key of the object itself
  static constexpr std::uint32_t nameless = 1;  ///< any key that can be no column

  using Head = std::array<std::uint64_t, 2>;

  /// A key as it is written in its place.
  struct Key {
    Head head = {};                  ///< the first bytes of the token
    Head mask = {};                  ///< which of them there are
    std::string token;               ///< with its quotes
    std::string name;                ///< with the names of the objects around it
    std::uint32_t column = none;     ///< or `unresolved` until it has a value
    std::uint32_t first = nameless;  ///< the key that stood first in the object that is its value
    std::uint32_t next = nameless;   ///< the key that followed it
  };

  bool read_members(std::uint32_t parent, int depth);
  bool stands_here(const Key& key) const;
  bool read_key(std::uint32_t parent, std::uint32_t previous, std::uint32_t& key);
  bool read_value(std::uint32_t key, int depth);
  bool read_array(int depth);
  bool read_string(std::string_view& text);
  bool read_escaped(const char* begin, std::string_view& text);
  bool read_escape(char*& to);
  bool read_code_unit(std::uint32_t& unit);
  bool read_number(std::string_view& text);
  bool read_digits();
  bool read_word(std::string_view word);
  void skip_space();
  bool step();
  bool fail(std::string_view reason);
  std::uint32_t find_key(std::uint32_t parent, std::string_view token, std::string_view name);
  std::uint32_t find_column(const std::string& name) const;
  std::uint32_t add_column(const std::string& name);
  void note_late(const std::string& name);
  void put(std::uint32_t key, std::string_view text);
  void forget_keys();

  const char* at_ = nullptr;
  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t line_ends_ = 0;
  std::string_view reason_;
  std::size_t members_ = 0;

  std::vector<Key> keys_;
  std::unordered_map<std::string, std::uint32_t> key_numbers_;  ///< by number of the parent, token
  std::string wanted_key_;
  std::vector<std::string> columns_;
  std::unordered_map<std::string, std::uint32_t> column_numbers_;
  bool settled_ = false;
  std::vector<std::string> late_names_;
  std::unordered_set<std::string> late_known_;
  std::vector<std::string_view> fields_;
  std::vector<std::uint32_t> filled_;  ///< columns that have a field in this object
  std::vector<char> unescaped_;        ///< texts without their escapes; never longer than with them
  char* unescaped_end_ = nullptr;
};

}  // namespace gemba::inline eventlog
