#pragma once
#include <cstddef>
#include <cstdint>

namespace gemba::inline eventlog {

/// The characters that give a separated text its shape.
struct CsvMarks {
  char separator = ',';
  char line_end = '\n';
  char quote = '"';
};

/// Writes the offsets (plus `base`) of all marks in `text[0 … size)` to `out`, in rising order, and
/// returns how many there are. `out` needs room for `size` offsets and `marks_slack` more.
using FindMarks = std::size_t (*)(const char* text, std::size_t size, CsvMarks marks,
                                  std::uint32_t base, std::uint32_t* out);

/// So many offsets behind the last one may be overwritten.
inline constexpr std::size_t marks_slack = 8;

/// Works everywhere: eight bytes at a time.
std::size_t find_marks_portable(const char* text, std::size_t size, CsvMarks marks,
                                std::uint32_t base, std::uint32_t* out);

/// The fastest way that this processor has; the same offsets as `find_marks_portable`.
FindMarks best_find_marks();

}  // namespace gemba::inline eventlog
