#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/jsonl/json_lines.h"
#include "core/eventlog/formats/jsonl/json_outline.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// An object around the one array that is a log, as interfaces answer:
/// `{"count": 2, "tickets": [{…}, {…}]}`.
class JsonWrapper {
 public:
  /// The wrapper that a text is by its beginning, or none when it is a log itself. A text of
  /// several objects is none, nor is an object that names a case and an activity. Throws `Error`
  /// for an object-centric log, for several arrays of objects (which are read to be counted) and
  /// where the object and the array both name a case and an activity.
  static std::optional<JsonWrapper> find(ByteStream& stream, const ReadOptions& options);

  /// Where the array begins in the text.
  std::uint64_t begin() const { return begin_; }

  /// Reads what stands behind the array of so many objects. Throws `Error` like `find`, and when
  /// the object is not closed or more follows.
  void finish(JsonLines& lines, std::uint64_t objects);

 private:
  JsonWrapper(std::string name, std::string_view before, std::uint64_t begin);

  std::string name_;     ///< of the file
  JsonOutline outline_;  ///< up to the array
  std::uint64_t begin_;
};

}  // namespace gemba::inline eventlog
