#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace gemba::inline eventlog {

/// A tag or text of this length is no log; longer ones are refused before they fill the memory.
inline constexpr std::uint64_t longest_xml_token = std::uint64_t{16} << 20U;

/// An attribute of an element, its value with references replaced and white space normalised
/// (XML 1.0, section 3.3.3).
struct XmlAttribute {
  std::string_view name, value;
};

/// The beginning of an element. Its texts are valid until the next tag is read.
struct XmlTag {
  std::string_view name;  ///< with its prefix, as it stands in the document
  std::span<const XmlAttribute> attributes;
  std::uint64_t line = 0;  ///< 1-based line of the document where the tag begins
  bool closed = false;     ///< `<a/>`: the element ends here too
  /// Tags of the same number differ in the value of their last attribute alone, which is called
  /// `value`. Numbers that are equal modulo `shape_slots` are never in use at the same time.
  std::uint64_t shape = no_shape;

  static constexpr std::uint64_t no_shape = 0;
  static constexpr std::size_t shape_slots = 256;
};

}  // namespace gemba::inline eventlog
