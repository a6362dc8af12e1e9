#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gemba::inline render {

/// `text` as an NCName, which XML wants for ids: every other character becomes `_`, and one that
/// cannot begin a name has a `_` before it. Of an empty text `_`.
std::string xml_name(std::string_view text);

using XmlAttributes = std::vector<std::pair<std::string_view, std::string>>;

/// Writes an XML document, an element a line. Any text may be an attribute's value or content:
/// `xml_text` makes XML of it.
struct XmlWriter {
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  std::vector<std::string> open;

  void begin(std::string_view name, const XmlAttributes& attributes = {});
  void end();
  /// An element without content.
  void leaf(std::string_view name, const XmlAttributes& attributes = {});
  /// An element that holds nothing but a text.
  void content(std::string_view name, std::string_view words, const XmlAttributes& attributes = {});

 private:
  void start_tag(std::string_view name, const XmlAttributes& attributes);
};

}  // namespace gemba::inline render
