#pragma once

namespace gemba::inline base {

/// Whether a control character: one that moves the cursor, ends a line, or begins a sequence that a
/// terminal obeys.
constexpr bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

/// Whether a character may do something else than be seen: controls, line separators, what turns
/// the direction of the text, byte order marks, and what is no character at all.
constexpr bool is_unsafe(char32_t c) {
  return is_control(c) || c == 0x061C || c == 0x200E || c == 0x200F ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
         (c >= 0xFFFE && c <= 0xFFFF);
}

}  // namespace gemba::inline base
