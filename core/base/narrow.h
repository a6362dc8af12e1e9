#pragma once
#include <string>
#include <string_view>

namespace gemba::inline base {

/// A text with the ASCII characters that its full-width ones (U+FF01 to U+FF5E) and the ideographic
/// space stand for.
std::string narrowed(std::string_view text);

}  // namespace gemba::inline base
