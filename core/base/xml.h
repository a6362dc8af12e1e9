#pragma once
#include <string>
#include <string_view>

namespace gemba::inline base {

/// Text for the content or a quoted attribute of XML 1.0. Control characters, which XML forbids or
/// advises against, and bytes that are not UTF-8 become U+FFFD; line ends, tabs and what turns the
/// direction of text stand as numbers, so that they survive in attributes too and move nothing
/// where the XML itself is read.
std::string xml_text(std::string_view text);

}  // namespace gemba::inline base
