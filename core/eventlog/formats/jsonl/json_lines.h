#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/jsonl/json_object.h"

namespace gemba::inline eventlog {

/// Reads the objects of a JSON text: one per line (JSON Lines), several on a line or one over
/// several lines, or all in one array. Memory is bounded by the longest object.
class JsonLines {
 public:
  enum class Found : std::uint8_t { object, bad_line, end };

  explicit JsonLines(ByteStream& stream);

  /// Before the first object: the array begins so many bytes from here, in a text around it. The
  /// end of the array is then the end, and what follows is `take_rest`.
  void enter_array(std::uint64_t before);

  /// The next bytes behind the array that was entered, which begin on `line`; empty at the end.
  /// Valid until the next call.
  std::string_view take_rest();

  /// Goes to the next object, or behind a line that is none. Throws `Error` where nobody can tell
  /// how it goes on: what is wrong stands inside an object over several lines, or beside other
  /// objects on its line, or the array is wrong; and for an object longer than `max_object`.
  Found next();

  /// The object found, and the columns.
  JsonObject& object() { return object_; }
  const JsonObject& object() const { return object_; }

  /// 1-based line on which the object or bad line begins.
  std::uint64_t line() const { return found_line_; }

  /// What is wrong with the bad line; the text stays valid.
  std::string_view reason() const { return reason_; }

  /// Bytes taken up to the end of this object.
  std::uint64_t position() const { return taken_ + static_cast<std::uint64_t>(at_ - begin_); }

  static constexpr std::size_t max_object = std::size_t{64} << 20U;

 private:
  /// What stood last: it decides what may follow.
  enum class Last : std::uint8_t { nothing, opening, object, comma, bad_line, closing };

  bool skip_to_object();
  bool may_stand(char mark) const;
  Found read_object();
  bool ends_well(const char* behind) const;
  Found refuse(std::string_view reason, std::uint64_t line);
  void skip_line();
  bool refill();
  [[noreturn]] void fail(std::string_view reason, std::uint64_t line) const;

  ByteStream& stream_;
  JsonObject object_;
  std::vector<char> buffer_;
  const char* begin_ = nullptr;  ///< of what the buffer holds
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  bool at_end_ = false;      ///< the stream has no more
  std::uint64_t taken_ = 0;  ///< bytes before `begin_`
  std::uint64_t line_ = 1;
  std::uint64_t found_line_ = 0;
  std::string_view reason_;

  Last last_ = Last::nothing;
  bool in_array_ = false;
  bool has_text_around_ = false;  ///< the array is a part of the text
  bool line_is_fresh_ = true;     ///< nothing but white space stood on this line so far
  bool found_one_ = false;        ///< a good object was there
  bool spans_lines_ = false;      ///< one of them had more than one line
};

}  // namespace gemba::inline eventlog
