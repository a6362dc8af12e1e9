#pragma once
#include <cstdint>
#include <string_view>

namespace gemba::inline eventlog {

/// Files that hold others.
enum class Container : std::uint8_t {
  none,
  zip,  ///< a ZIP archive, as Excel workbooks are: APPNOTE 6.3.10, section 4.3.6
  ole   ///< a compound file, as old and encrypted Office documents are: [MS-CFB], section 2.2
};

/// Tells a container by its first bytes. There is no text that begins so.
inline Container sniff_container(std::string_view head) {
  if (head.starts_with("PK\x03\x04") || head.starts_with("PK\x05\x06") ||
      head.starts_with("PK\x07\x08PK"))
    return Container::zip;
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Container::ole;
  return Container::none;
}

}  // namespace gemba::inline eventlog
