#pragma once
#include <map>
#include <string>
#include <vector>

namespace gemba {

/// An element of an XML document, in the order of the document.
struct XmlElement {
  std::string name;
  std::map<std::string, std::string> attributes = {};
  std::string text = {};
  std::size_t parent = 0;  ///< index; of the first element its own

  std::string at(const std::string& key) const {
    const auto found = attributes.find(key);
    return found == attributes.end() ? std::string() : found->second;
  }
};

/// All elements of a document; none when it is not well-formed.
std::vector<XmlElement> read_xml(const std::string& text);

}  // namespace gemba
