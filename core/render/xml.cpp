#include "core/render/xml.h"

#include <array>

#include "core/base/text.h"
#include "core/base/xml.h"

namespace gemba::inline render {
namespace {

/// The production NameStartChar of XML 1.0 without the colon.
bool begins_name(char32_t c) {
  struct Range {
    char32_t first, last;
  };
  static constexpr std::array<Range, 15> ranges = {{{U'A', U'Z'},
                                                    {U'_', U'_'},
                                                    {U'a', U'z'},
                                                    {0xC0, 0xD6},
                                                    {0xD8, 0xF6},
                                                    {0xF8, 0x2FF},
                                                    {0x370, 0x37D},
                                                    {0x37F, 0x1FFF},
                                                    {0x200C, 0x200D},
                                                    {0x2070, 0x218F},
                                                    {0x2C00, 0x2FEF},
                                                    {0x3001, 0xD7FF},
                                                    {0xF900, 0xFDCF},
                                                    {0xFDF0, 0xFFFD},
                                                    {0x10000, 0xEFFFF}}};
  for (const Range& range : ranges) {
    if (c >= range.first && c <= range.last) return true;
  }
  return false;
}

/// The production NameChar of XML 1.0 without the colon.
bool continues_name(char32_t c) {
  return begins_name(c) || (c >= U'0' && c <= U'9') || c == U'-' || c == U'.' || c == 0xB7 ||
         (c >= 0x300 && c <= 0x36F) || (c >= 0x203F && c <= 0x2040);
}

}  // namespace

std::string xml_name(std::string_view text) {
  std::string name;
  for (const char32_t c : decode_utf8(valid_utf8(text))) {
    if (name.empty() && !begins_name(c)) name = "_";
    if (continues_name(c)) {
      name += encode_utf8(c);
    } else if (name != "_") {
      name += '_';
    }
  }
  return name.empty() ? "_" : name;
}

void XmlWriter::start_tag(std::string_view name, const XmlAttributes& attributes) {
  text += std::string(2 * open.size(), ' ') + "<" + std::string(name);
  for (const auto& [key, value] : attributes) {
    text += " " + std::string(key) + "=\"" + xml_text(value) + "\"";
  }
}

void XmlWriter::begin(std::string_view name, const XmlAttributes& attributes) {
  start_tag(name, attributes);
  text += ">\n";
  open.emplace_back(name);
}

void XmlWriter::end() {
  const std::string name = std::move(open.back());
  open.pop_back();
  text += std::string(2 * open.size(), ' ') + "</" + name + ">\n";
}

void XmlWriter::leaf(std::string_view name, const XmlAttributes& attributes) {
  start_tag(name, attributes);
  text += " />\n";
}

void XmlWriter::content(std::string_view name, std::string_view words,
                        const XmlAttributes& attributes) {
  start_tag(name, attributes);
  text += ">" + xml_text(words) + "</" + std::string(name) + ">\n";
}

}  // namespace gemba::inline render
