#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gemba::inline eventlog {

/// The outline of the object that a JSON text begins with: the arrays of objects in it, and the
/// names of its members. Looks at brackets, keys and strings only, piece by piece; whether the text
/// is JSON is left to those who read the parts.
class JsonOutline {
 public:
  /// An array whose first element is an object, and that stands in nothing but objects.
  struct Array {
    std::string path = {};                ///< as jq writes it: `.hits.hits`
    std::uint64_t begin = 0;              ///< where its `[` stands in the text
    std::uint64_t objects = 0;            ///< so many are in it, as far as the text was read
    std::vector<std::string> names = {};  ///< of the first one's members, as `JsonObject` names
  };

  static constexpr std::size_t deepest_array = 3;  ///< objects around one, at most

  /// Reads on. What stands behind the object is only looked at for being there.
  void feed(std::string_view text);

  /// Goes on behind the `]` of an array that another has read, and that begins where this stands.
  void pass_array(std::uint64_t objects);

  bool is_closed() const { return closed_; }   ///< the object ended
  bool has_more() const { return has_more_; }  ///< and something stands behind it
  std::uint64_t line_ends() const { return line_ends_; }

  const std::vector<Array>& arrays() const { return arrays_; }
  const std::vector<std::string>& names() const { return names_; }  ///< of members with a value

  /// Whether the object is an object-centric log: OCEL 1.0, section 4; OCEL 2.0, section 8.
  bool is_object_centric() const;

 private:
  /// An open object or array.
  struct Level {
    bool is_object = false;
    std::string key = {};  ///< the key at hand
  };

  void take(char c);
  void take_in_string(char c);
  void open(bool is_object);
  void close();
  void take_key();
  void note_value();
  std::size_t array_level() const;
  std::string path() const;

  std::vector<Level> levels_;
  bool in_string_ = false;
  bool escaped_ = false;
  bool wants_key_ = false;    ///< a string that begins here is a key
  bool wants_value_ = false;  ///< what begins here is the value of a member
  std::string text_;          ///< of the key at hand
  bool closed_ = false;
  bool has_more_ = false;
  bool is_too_deep_ = false;  ///< then nothing is known of it
  std::uint64_t read_ = 0;
  std::uint64_t line_ends_ = 0;
  std::uint64_t array_begin_ = 0;  ///< of the array that was opened last
  bool array_is_fresh_ = false;    ///< nothing stood in it yet
  std::vector<Array> arrays_;
  std::vector<std::string> names_;
  std::vector<std::string> keys_;  ///< of the object itself
};

}  // namespace gemba::inline eventlog
