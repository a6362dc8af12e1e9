// Whoever reads an XES document, in whatever blocks: the log or the error is the same.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <span>

#include "tests/unit/eventlog/xes_outcome.h"

using namespace gemba;

namespace {

constexpr std::size_t blocks[] = {1, 7, 64, XesScanner::usual_block};

// Whether the text is a log.
bool check_same(std::string_view text, const ReadOptions& options = {}) {
  CAPTURE(text);
  const std::string right = xes_outcome(text, {XesFrontEnd::expat}, options);
  for (const std::size_t block : blocks) {
    CAPTURE(block);
    REQUIRE(xes_outcome(text, {XesFrontEnd::scanner, block}, options) == right);
  }
  return !right.starts_with("error");
}

/// A document with a bit of everything.
constexpr std::string_view everything =
    "<?xml version='1.0' encoding='GBK'?>\r\n<!-- a - b -->\n<log xmlns='u' a:b=\"c\">\n"
    "<global scope='event'><string key='concept:name' value='?'/></global>\n"
    "<classifier name='c' keys=\"concept:name 'k l'\"/>\n<?x y?><trace>\n"
    "\t<string key='concept:name' value='单1'/>\n\t<event>\n"
    "\t\t<string key='concept:name' value='a &amp;&#x5DE5; b'/>\n"
    "\t\t<date value='2026-01-05T09:00:00+08:00' key='time:timestamp'/>\r\n\t</event>\n\t<event>\n"
    "\t\t<string key='concept:name' value='退\n款'><string key='concept:name' "
    "value='n'/></string>\n"
    "\t\t<list key='k'><values><string key='k l' value='v'/></values></list>\n"
    "\t\t<date key='time:timestamp' value='soon'/>\n\t</event>\n<![CDATA[<event>]]]]>\n"
    "text ] &lt;\n<x:event/>\n</trace>\n<event/></log>\n<!--e-->\n";

/// Numbers that look random and are the same everywhere (Lehmer, with the multiplier of Park and
/// Miller).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed * 7919 + 1) {}
  std::uint64_t below(std::uint64_t most) {
    state_ = state_ * 48271 % 2147483647;
    return state_ % most;
  }
  template <std::size_t count>
  std::string_view one_of(const char* const (&words)[count]) {
    return words[below(count)];
  }

 private:
  std::uint64_t state_;
};

/// Writes logs that say much the same in ever other ways.
class Writer {
 public:
  explicit Writer(std::uint64_t seed) : dice_(seed) {}

  std::string document() {
    std::string text(
        dice_.one_of({"", "\xEF\xBB\xBF", "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>",
                      "<?xml version='1.0' encoding='ISO-8859-1'?>", "\n"}));
    between(text);
    text += "<log xes.version='1.0'>";
    if (dice_.below(2) == 0) {
      text += "<global scope='event'>" + attribute("concept:name", 0) + "</global>";
    }
    if (dice_.below(2) == 0) text += "<classifier keys='concept:name k' name='c'/>";
    if (dice_.below(2) == 0) text += attribute("concept:name", 2);
    for (std::uint64_t trace = dice_.below(5); trace > 0; --trace) {
      between(text);
      text += element("trace", 3 + dice_.below(3), true);
    }
    between(text);
    text += "</log>";
    if (dice_.below(2) == 0) text += dice_.one_of({" ", "\n<!--x-->", "<?x y?>\r\n"});
    return text;
  }

 private:
  void between(std::string& text) {
    text += dice_.one_of(
        {"", "", "\n\t", "\r\n", " ", "\n", "<!-- <event/> & -->", "<?x <event>?>", "\n\n\n"});
  }

  std::string attribute(std::string_view key, int deep) {
    const char quote = dice_.below(2) == 0 ? '"' : '\'';
    const std::string_view value =
        dice_.one_of({"a", "b", "c", "退款 申请", "a&amp;b", "&#x5DE5;单", "x\ny", "x\r\n\ty", "",
                      "a>b", "start", "2026-01-05T09:00:00+08:00", "2026-01-05 10:00",
                      "&#39;&quot;", "0123456789abcdef", "😀 0123456789abcdef"});
    const std::string names[] = {fmt::format("key={}{}{}", quote, key, quote),
                                 fmt::format("value {} {}{}{}", '=', quote, value, quote)};
    const std::uint64_t first = dice_.below(4) == 0 ? 1 : 0;
    const std::string_view tag = dice_.one_of({"string", "date", "int", "x:string", "list"});
    std::string text = fmt::format("<{} {}{}{}", tag, names[first],
                                   dice_.one_of({" ", "\n", "\t "}), names[1 - first]);
    if (deep == 0 || dice_.below(6) != 0) return text + std::string(dice_.one_of({"/>", " />"}));
    text += ">";
    between(text);
    text += attribute("concept:name", deep - 1);
    between(text);
    return text + fmt::format("</{}>", tag);
  }

  std::string element(std::string_view name, std::uint64_t parts, bool events) {
    constexpr const char* keys[] = {
        "concept:name", "time:timestamp", "org:resource", "lifecycle:transition", "k", "键"};
    std::string text = fmt::format("<{}>", name);
    for (; parts > 0; --parts) {
      between(text);
      if (events && dice_.below(2) == 0) {
        text +=
            element(dice_.one_of({"event", "event", "event", "x:event"}), dice_.below(6), false);
      } else {
        text += attribute(keys[dice_.below(std::size(keys))], 3);
      }
    }
    between(text);
    if (dice_.below(10) == 0) text += "<![CDATA[<event>]]>text";
    return text + fmt::format("</{}>", name);
  }

  Dice dice_;
};

}  // namespace

TEST_CASE("logs of every form are the same") {
  int good = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    good += check_same(Writer(seed).document()) ? 1 : 0;
  }
  CHECK(good > 300);
}

TEST_CASE("a document cut off anywhere gives the same error") {
  for (std::size_t size = 0; size <= everything.size(); ++size) {
    check_same(everything.substr(0, size));
  }
}

namespace {

// With any byte changed from `begin` on.
void check_changes(std::string text, std::size_t begin) {
  constexpr char changes[] = {'<',  '>', '&', '"', '\'', ' ', '\n', '\r',   '\t',   '\0',
                              '\\', '/', '=', '!', '?',  '-', ']',  '\x80', '\xE5', '\xFF'};
  std::size_t number = 0;
  for (char& byte : std::span(text).subspan(begin)) {
    const char right = byte;
    for (const char change : changes) {
      byte = change;
      const std::size_t block = blocks[number++ % std::size(blocks)];
      CAPTURE(text);
      REQUIRE(xes_outcome(text, {XesFrontEnd::scanner, block}) ==
              xes_outcome(text, {XesFrontEnd::expat}));
    }
    byte = right;
  }
}

}  // namespace

TEST_CASE("a document with any byte changed gives the same log or error") {
  check_changes(std::string(everything), 0);
}

TEST_CASE("an event that looks nearly like those before gives the same log or error") {
  const std::string event =
      "\n<event>\n<string key='concept:name' value='a'/>\n"
      "<date key=\"time:timestamp\" value=\"2026-01-05\"/>\n</event>";
  const std::string text = "<log><trace>" + event + event + event;
  check_changes(text + event + "</trace></log>", text.size());
}

TEST_CASE("options mean the same") {
  ReadOptions options;
  options.attributes = {"case:concept:name", "k"};
  options.log.activity_column = "c";
  int good = check_same(everything, options) ? 1 : 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    CAPTURE(seed);
    good += check_same(Writer(seed).document(), options) ? 1 : 0;
  }
  CHECK(good > 30);
}

TEST_CASE("a log that declines late goes on as if nothing had happened") {
  std::string text = "<log>\n";
  for (int trace = 0; trace < 3000; ++trace) {
    text += fmt::format(
        "<trace>\n<string key='concept:name' value='c{}'/>\n<event>\n<string key='concept:name' "
        "value='a'/><date key='time:timestamp' value='2026-01-05T09:00:00'/>\n</event>\n</trace>\n",
        trace);
    if (trace == 2000) text += "<键/>";
  }
  check_same(text + "<event/></log>");
  check_same(text + "<event></log>");
  CHECK(xes_outcome(text + "<event></log>", {XesFrontEnd::scanner, 1000})
            .starts_with("error: 'x.xes', line 18002: not a readable XES log: mismatched tag"));
}
