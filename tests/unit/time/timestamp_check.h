#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/time/time.h"

namespace gemba {

/// The moment of a text for a fresh reader, as `format_utc` writes it, or `none`.
inline std::string utc(std::string_view text, std::string_view zone = "") {
  TimestampReader reader{TimeZone(zone)};
  const std::optional<Timestamp> read = reader.read(text);
  return read ? format_utc(read->utc) : "none";
}

/// Texts of one moment.
struct SameMoment {
  const char* utc;
  std::vector<const char*> texts;
};

inline void check_all(const std::vector<SameMoment>& rows) {
  for (const SameMoment& row : rows) {
    for (const char* text : row.texts) {
      CAPTURE(std::string(text));
      CHECK(utc(text) == row.utc);
    }
  }
}

inline void check_none(const std::vector<const char*>& texts) {
  for (const char* text : texts) {
    CAPTURE(std::string(text));
    CHECK(utc(text) == "none");
  }
}

}  // namespace gemba
