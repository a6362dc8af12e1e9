#pragma once
#include <span>
#include <string_view>

namespace gemba::inline audit {

/// Whether a text has one of the words: Chinese ones anywhere, English ones as words of their own,
/// in any of their forms (`enter`, `enters`, `entered`, `entering`; not `enterprise`). The words
/// are in lower case.
bool says_any(std::string_view text, std::span<const std::string_view> words);

}  // namespace gemba::inline audit
