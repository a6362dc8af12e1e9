#include "xml_tree.h"

#include <expat.h>

#include <memory>

namespace gemba {
namespace {

struct Reading {
  std::vector<XmlElement> elements;
  std::vector<std::size_t> open;
};

void begin(void* data, const char* name, const char** attributes) {
  Reading& reading = *static_cast<Reading*>(data);
  XmlElement element{.name = name, .parent = reading.open.empty() ? 0 : reading.open.back()};
  for (; *attributes != nullptr; attributes += 2) element.attributes[attributes[0]] = attributes[1];
  reading.open.push_back(reading.elements.size());
  reading.elements.push_back(std::move(element));
}

void end(void* data, const char*) { static_cast<Reading*>(data)->open.pop_back(); }

void add_text(void* data, const char* text, int length) {
  Reading& reading = *static_cast<Reading*>(data);
  reading.elements[reading.open.back()].text.append(text, static_cast<std::size_t>(length));
}

}  // namespace

std::vector<XmlElement> read_xml(const std::string& text) {
  const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"),
                                                                       XML_ParserFree);
  Reading reading;
  XML_SetUserData(parser.get(), &reading);
  XML_SetElementHandler(parser.get(), begin, end);
  XML_SetCharacterDataHandler(parser.get(), add_text);
  const XML_Status status = XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), 1);
  if (status != XML_STATUS_OK) return {};
  return std::move(reading.elements);
}

}  // namespace gemba
