#pragma once
#include <string>
#include <string_view>

namespace gemba::inline base {

/// Text for the content or a quoted attribute of XML 1.0. What XML forbids, and bytes that are not
/// UTF-8, become U+FFFD; line ends and tabs survive in attributes too.
std::string xml_text(std::string_view text);

}  // namespace gemba::inline base
