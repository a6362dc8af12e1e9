#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"

namespace gemba::inline interchange {

/// An element of an XML document with all that it holds. Names are local: without the prefix of
/// their namespace.
struct XmlNode {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< its own characters, without those of its children
  SourceSpan span;   ///< the start tag
  std::vector<XmlNode> children;

  /// The value of an attribute; empty when there is none.
  std::string_view at(std::string_view attribute) const;

  /// The first child of a name; null when there is none.
  const XmlNode* child(std::string_view child_name) const;
};

/// Deeper nesting, or more elements, are refused: no model needs them.
inline constexpr std::size_t deepest_xml = 1'000;
inline constexpr std::size_t most_xml_elements = 500'000;

/// Reads a document (XML 1.0 in UTF-8); none when it cannot be read, and `found` says why (code
/// S001). A DOCTYPE is refused: entities can blow a small file up to any size.
std::optional<XmlNode> read_xml_tree(const Sources& sources, SourceId source, Diagnostics& found);

}  // namespace gemba::inline interchange
