#include "core/eventlog/formats/xes/xes_scanner.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/xes/xes_characters.h"

using namespace gemba;

namespace {

std::string shown(const XmlTag& tag) {
  std::string text = fmt::format("{}<{}", tag.line, tag.name);
  for (const XmlAttribute& each : tag.attributes) {
    text += fmt::format(" {}=[{}]", each.name, each.value);
  }
  return text + (tag.closed ? "/>" : ">");
}

/// What the scanner tells of a document; where it declines, the line, what stands for all before,
/// and the rest of the document.
std::string scanned(std::string_view text, std::size_t block, bool whole_events = false) {
  ByteStream stream = ByteStream::of_text(text, "x", {.encoding = "utf-8"});
  XesScanner scanner(stream, block);
  if (whole_events) scanner.give_whole_events();
  std::string told;
  while (true) {
    switch (scanner.next()) {
      case XesScanner::Step::open:
        told += shown(scanner.tag());
        break;
      case XesScanner::Step::event:
        told += fmt::format("event@{}[{}]", scanner.event().line,
                            fmt::join(scanner.event().values, "|"));
        break;
      case XesScanner::Step::close:
        told += "</>";
        break;
      case XesScanner::Step::end:
        return told + ".";
      case XesScanner::Step::declined: {
        const XmlRest rest = scanner.rest();
        std::string left(text.size(), '\0');
        left.resize(stream.read(left.data(), left.size()));
        return told + fmt::format("?{}[{}]{}{}", rest.line, rest.before, rest.bytes, left);
      }
    }
  }
}

void check_blocks(std::string_view text, std::string_view expected) {
  CAPTURE(text);
  for (std::size_t block = 1; block <= text.size() + 1; ++block) {
    CAPTURE(block);
    REQUIRE(scanned(text, block) == expected);
  }
}

}  // namespace

TEST_CASE("events that look like one before are told whole") {
  const auto told = [](const std::string& events) {
    const std::string text = "<log><trace>" + events + "</trace></log>";
    const std::string all = scanned(text, text.size(), true);
    return all.substr(all.find("</>") + 3);
  };
  const auto event = [](std::string_view a, std::string_view b) {
    return fmt::format("\n<event>\n<x k='a' value='{}'/>\n<y k='b' value=\"{}\"/>\n</event>", a, b);
  };
  const std::string first = event("1", "2");
  CHECK(told(first + event("3", "4")) == "event@6[3|4]</></>.");
  CHECK(told(first + event("工 >", "") + event("", "'5'")) ==
        "event@6[工 >|]event@10[|'5']</></>.");
  // Others are told one by one, and the next one whole.
  CHECK(told(first + event("&lt;", "4") + first).find("event@6") == std::string::npos);
  CHECK(told(first + event("3", "a\nb") + first).ends_with("</>event@11[1|2]</></>."));
  CHECK(told(first + "\n<event><x k='a' value='3'/></event>" + first).find("event@6") ==
        std::string::npos);
  // What holds anything else is no form.
  for (const std::string_view other :
       {"<!---->", "<?x?>", "t", "<x></x>", "<x/>", "<x value='' k=''/>", "<event k='' value=''/>",
        "<x:event k='' value=''/>"}) {
    CAPTURE(other);
    const std::string strange = fmt::format("<event><x k='a' value='3'/>{}</event>", other);
    CHECK(told(strange + strange).find("event@") == std::string::npos);
  }
  CHECK(told("<event a=''><x k='' value=''/></event><event a=''><x k='' value=''/></event>")
            .find("event@") == std::string::npos);
  CHECK(scanned("<log><event></event><event></event></log>", 99, true).find("event@") ==
        std::string::npos);
}

TEST_CASE("the scanner tells tags with their attributes and lines, in blocks of any size") {
  struct Row {
    std::string_view text, told;
  };
  constexpr Row table[] = {
      {"<a/>", "1<a/>."},
      {"<a></a>", "1<a></>."},
      {"<a\n>\n<b/>\n</a\t >\n", "1<a>3<b/></>."},
      {"\n <a\n\tk\n=\n'v'\r\n/>", "2<a k=[v]/>."},
      // order, quotes, prefixes, what may stand in a value
      {R"(<x:a b='1"' c="2'" xmlns:x="u>]]>"/>)", R"(1<x:a b=[1"] c=[2'] xmlns:x=[u>]]>]/>.)"},
      {"<a k=''/>", "1<a k=[]/>."},
      {"<:a.b-c_1 _='v'/>", "1<:a.b-c_1 _=[v]/>."},
      // references, and white space that becomes blanks
      {"<a k='&lt;&gt;&amp;&quot;&apos;&#65;&#x5DE5;&#x1F600;&#10;'/>", "1<a k=[<>&\"'A工😀\n]/>."},
      {"<a k='1\n2\t3\r\n4'>\n<b/></a>", "1<a k=[1 2 3 4]>4<b/></>."},
      {"<a k='&amp;amp;' l='x' m='&#9;\t'/>", "1<a k=[&amp;] l=[x] m=[\t ]/>."},
      // other characters
      {"<a k='工单 ñ 😀\x7F'>退款</a>", "1<a k=[工单 ñ 😀\x7F]></>."},
      // comments, instructions, CDATA, text
      {"<!-- <b> & - -->\n<?x <b> ?\?><a><!----><?y?>\n<![CDATA[<b>]&]]]]></a><!--\n--> <?z\n?>",
       "2<a></>."},
      {"<a> text &amp; ] ]] > &#x5DE5;\n<b/>]]&gt;</a>", "1<a>2<b/></>."},
      {"<?xml-style x?><a/>", "1<a/>."},
      // declarations, whatever encoding they tell
      {"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone='no' ?>\n<a/>", "2<a/>."},
      {"<?xml version='1.0'?><a/>", "1<a/>."},
      {"\xEF\xBB\xBF<?xml version='1.0'\nencoding='GBK'?><a k='工'/>", "2<a k=[工]/>."},
      {"\xEF\xBB\xBF<a/>", "1<a/>."},
  };
  for (const Row& row : table) check_blocks(row.text, row.told);
}

TEST_CASE("tags that look like those before are told the same") {
  // The second half repeats the first: with other values, with more lines, closed otherwise.
  check_blocks(
      "<l>\n<e><s k='a' value='1'/><s k='b' value='2'/></e>\n<e><s k='a' value='&lt;'/><s k='b' "
      "value='工\n'/></e>\n<e><s k='a' value='3'><s k='b' value='4'/></s><s k='b' value='5' "
      "/></e></l>",
      "1<l>2<e>2<s k=[a] value=[1]/>2<s k=[b] value=[2]/></>3<e>3<s k=[a] value=[<]/>3<s k=[b] "
      "value=[工 ]/></>5<e>5<s k=[a] value=[3]>5<s k=[b] value=[4]/></>5<s k=[b] "
      "value=[5]/></></>.");
  // Line ends before and in the tag count each time.
  check_blocks("<l>\n\n<s\nk='&amp;'\n\nvalue='1'/>\n\n<s\nk='&amp;'\n\nvalue='2'/><b/></l>",
               "1<l>3<s k=[&] value=[1]/>8<s k=[&] value=[2]/>11<b/></>.");
  check_blocks("<l>\n\n<s\nk='k'\n\nvalue='1'/>\n\n<s\nk='k'\n\nvalue='2'/><b/></l>",
               "1<l>3<s k=[k] value=[1]/>8<s k=[k] value=[2]/>11<b/></>.");
  // What is wrong in the last value or behind it is not overlooked.
  for (const char* end : {"<'/>", "\x01'/>", "&a;'/>", "'/ >", "''/>", "' value='3'/>"}) {
    const std::string last = fmt::format("<s k='k' value='2{}", end);
    const std::string text = "<l><s k='k' value='1'/><s k='k' value='1'/>" + last;
    check_blocks(text, "1<l>1<s k=[k] value=[1]/>1<s k=[k] value=[1]/>?1[<l>]" + last);
  }
}

TEST_CASE("shapes that push each other out of their slots keep apart") {
  std::string text = "<l>";
  std::string told = "1<l>";
  for (const char* value : {"1", "2"}) {
    for (std::size_t key = 0; key < 3 * XmlTag::shape_slots; ++key) {
      text += fmt::format("<s k='{}' value='{}'/>", key, value);
      told += fmt::format("1<s k=[{}] value=[{}]/>", key, value);
    }
  }
  CHECK(scanned(text + "</l>", 1000) == told + "</>.");
}

TEST_CASE("tags of the same shape number differ in their last value alone") {
  constexpr std::string_view text =
      "<l><s k='a' value='1'/><s k='b' value='2'/><s k='a' value='3'/><s k='b' value='4'/>"
      "<s value='4' k='b'/><s k='&lt;' value='1'/><s k='a' value='5'/></l>";
  ByteStream stream = ByteStream::of_text(text, "x");
  XesScanner scanner(stream);
  std::vector<std::uint64_t> shapes;
  while (scanner.next() == XesScanner::Step::open || shapes.size() < 8) {
    shapes.push_back(scanner.tag().shape);
  }
  REQUIRE(shapes.size() == 8);
  CHECK(shapes[1] != XmlTag::no_shape);
  CHECK(shapes[1] != shapes[2]);
  CHECK(shapes[3] == shapes[1]);
  CHECK(shapes[4] == shapes[2]);
  CHECK(shapes[5] == XmlTag::no_shape);
  CHECK(shapes[6] == XmlTag::no_shape);
  CHECK(shapes[7] == shapes[1]);
}

TEST_CASE("what the scanner does not judge it leaves whole, at the beginning of a tag or text") {
  struct Row {
    std::string_view before, told, rest;  ///< `told` ends with line and synthetic beginning
  };
  constexpr Row table[] = {
      // nothing was read yet: the other reader has it all
      {"", "?1[]", ""},
      {"", "?1[]", "<?xml?><a/>"},
      {"", "?1[]", "<?xml version='1.0' version='1.0'?><a/>"},
      {"", "?1[]", "<?xml encoding='UTF-8'?><a/>"},
      {"", "?1[]", "<?xml version='1.0' standalone='maybe'?><a/>"},
      {"", "?1[]", "<?xml version='&#49;'?><a/>"},
      {"", "?1[]", "\xFE<"},
      {"", "?1[]", "<a"},
      {"", "?1[]", "text"},
      {"", "?1[]", "<!DOCTYPE a><a/>"},
      // before the root
      {"\n\n", "?3[ ]", ""},
      {"\n", "?2[ ]", "<?xml version='1.0'?><a/>"},
      {"<?xml version='1.0'?>\n", "?2[ ]", "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"},
      {"\n", "?2[ ]", "</a>"},
      {"\n", "?2[ ]", "<![CDATA[]]>"},
      {"\n", "?2[ ]", "&amp;"},
      {"\n", "?2[ ]", "<!-- -- --><a/>"},
      {"\n", "?2[ ]", "<!x><a/>"},
      {"\n", "?2[ ]", "<?XmL x?><a/>"},
      {"\n", "?2[ ]", "<?x?y?><a/>"},
      {"\n", "?2[ ]", "<?x/?><a/>"},
      // in it
      {"<a>\n", "1<a>?2[<a>]", "<b"},
      {"<a>\n", "1<a>?2[<a>]", "</b>"},
      {"<a>\n", "1<a>?2[<a>]", "</ab>"},
      {"<ab>\n", "1<ab>?2[<ab>]", "</a>"},
      {"<a>\n", "1<a>?2[<a>]", "</a b='c'>"},
      {"<a>\n", "1<a>?2[<a>]", "< b/>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='1' l='2' k='3'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='1'l='2'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k=v/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b / ></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='<'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&a;'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&#0;'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&#x;'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&#xD800;'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&#xFFFF;'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='&#x110000;'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='\xE5\xB7'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='\xED\xA0\x80'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='\xEF\xBF\xBF'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='\xC0\x80'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='\x1F'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b k='x\ry'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<工/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<b 工='k'/></a>"},
      {"<a>\n", "1<a>?2[<a>]", "x ]]> y</a>"},
      {"<a>\n", "1<a>?2[<a>]", "x & y</a>"},
      {"<a>\n", "1<a>?2[<a>]", "x &b; y</a>"},
      {"<a>\n", "1<a>?2[<a>]", "x \x02 y</a>"},
      {"<a>\n", "1<a>?2[<a>]", "x \xFF y</a>"},
      {"<a>\n", "1<a>?2[<a>]", "<!-- -- --></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<!-- \x02 --></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<![CDATA[\x02]]></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<![cdata[]]></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<?x \xFF?></a>"},
      {"<a>\n", "1<a>?2[<a>]", "<?xml version='1.0'?></a>"},
      {"<a>\n<b:c>\n", "1<a>2<b:c>?3[<a><b:c>]", ""},
      {"<a>\n<b>\n</b>\n", "1<a>2<b></>?4[<a>]", "text"},
      // behind it
      {"<a>\n</a>\n", "1<a></>?3[<log></log>]", "<b/>"},
      {"<a/>\n", "1<a/>?2[<log></log>]", "</a>"},
      {"<a/>\n", "1<a/>?2[<log></log>]", "text"},
      {"<a/>\n", "1<a/>?2[<log></log>]", "<![CDATA[]]>"},
      {"<a/>\n", "1<a/>?2[<log></log>]", "<!DOCTYPE a>"},
      {"<a/>\n", "1<a/>?2[<log></log>]", "<!--"},
  };
  for (const Row& row : table) {
    check_blocks(std::string(row.before) + std::string(row.rest),
                 std::string(row.told) + std::string(row.rest));
  }
}

TEST_CASE("a line end of CR alone is left to the other reader") {
  check_blocks("<a>\r\n<b/>\r<c/></a>", "1<a>2<b/>?2[<a>]\r<c/></a>");
  check_blocks("<a>\r\n<b\r/></a>", "1<a>?2[<a>]<b\r/></a>");
}

TEST_CASE("tags with many attributes are left to the other reader") {
  std::string tag = "<a";
  for (int number = 0; number < 32; ++number) tag += fmt::format(" k{}='v'", number);
  CHECK(scanned(tag + "/>", 7).ends_with("k31=[v]/>."));
  CHECK(scanned(tag + " k32='v'/>", 7) == "?1[]" + tag + " k32='v'/>");
}

TEST_CASE("tags of any length are read, up to the one that is too long") {
  const auto last_step = [](std::size_t size, std::string_view end) {
    const std::string text = "<l><a k='" +
                             std::string(size - std::string_view("<a k=''/>").size(), 'x') +
                             std::string(end);
    ByteStream stream = ByteStream::of_text(text, "x");
    XesScanner scanner(stream, 64U << 10U);
    REQUIRE(scanner.next() == XesScanner::Step::open);
    return scanner.next();
  };
  CHECK(last_step(longest_xml_token, "'/></l>") == XesScanner::Step::open);
  CHECK(last_step(longest_xml_token + 1, "'/></l>") == XesScanner::Step::declined);
  CHECK(last_step(longest_xml_token * 2, "") == XesScanner::Step::declined);
}

TEST_CASE("the search for special bytes finds the same with and without SSE2") {
  for (std::size_t size = 0; size < 40; ++size) {
    for (unsigned byte = 0; byte < 256; ++byte) {
      std::string text(size, 'x');
      text += static_cast<char>(byte);
      text += "yyy'";
      text.resize(text.size() + xml::padding);
      REQUIRE(xml::find_special(text.data(), '\'') ==
              xml::find_special_portable(text.data(), '\''));
    }
  }
  CHECK(std::string_view(xml::find_special_portable("ab>]'c", '\'')) == "'c");
  CHECK(std::string_view(xml::find_special_portable("ab<c", '\'')) == "<c");
  CHECK(std::string_view(xml::find_special_portable("a \tc", '\'')) == "\tc");
}
