#include "core/base/xml.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

using namespace gemba;

TEST_CASE("text is text in XML") {
  const std::pair<std::string, std::string> texts[] = {
      {"核对订单", "核对订单"},
      {"a & b", "a &#38; b"},
      {"<b x=\"1\" y='2'>", "&#60;b x=&#34;1&#34; y=&#39;2&#39;&#62;"},
      {"]]>", "]]&#62;"},
      {"a\tb\nc\r", "a&#9;b&#10;c&#13;"},
      {std::string("a\0b", 3), "a\uFFFDb"},
      {"\x1b[31m", "\uFFFD[31m"},
      {"\x7F\u0085\u009B31m", "\uFFFD\uFFFD\uFFFD31m"},
      {"\u202Eabc\u2069 \u2028\uFEFF", "&#8238;abc&#8297; &#8232;&#65279;"},
      {"\uFFFE\uFFFF\U0001F600", "\uFFFD\uFFFD\U0001F600"},
      {"\xB4\xF3 ok \xE5\xA4", "\uFFFD\uFFFD ok \uFFFD\uFFFD"},
      {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"}};
  for (const auto& [text, xml] : texts) CHECK(xml_text(text) == xml);
  CHECK(xml_text(std::string(5000, '<')).size() == 25000);
}
