#pragma once
#include <string>
#include <string_view>

namespace gemba::inline render {

// A backslash becomes its full-width twin, U+FF3C, everywhere.

/// A text as a quoted DOT string that Graphviz shows as it is: no escape sequence, no entity.
std::string dot_string(std::string_view text);

/// A quoted DOT string whose content Graphviz reads raw, as it does names, colours and the
/// background.
std::string dot_raw(std::string_view text);

/// A text inside an HTML-like label.
std::string html_text(std::string_view text);

}  // namespace gemba::inline render
