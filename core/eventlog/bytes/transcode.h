#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "core/eventlog/bytes/read_ahead.h"

namespace gemba::inline eventlog {

/// Turns texts of any encoding that iconv(3) knows into UTF-8. Nothing is lost silently: for each
/// byte (or unit of UTF-16 and UTF-32) that is no character there is one byte 0xFF, which no UTF-8
/// text holds, so that the row that it stands in is found to be bad.
class Transcoder {
 public:
  /// `canonical_name` is what `canonical_encoding` gives. Throws `UsageError` when it is not known.
  explicit Transcoder(std::string_view canonical_name);
  Transcoder(Transcoder&&) noexcept;
  Transcoder& operator=(Transcoder&&) noexcept;
  ~Transcoder();

  /// Up to `count` bytes of UTF-8 at `to`; 0 only at the end.
  std::size_t read(const ReadBytes& encoded, char* to, std::size_t count);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace gemba::inline eventlog
