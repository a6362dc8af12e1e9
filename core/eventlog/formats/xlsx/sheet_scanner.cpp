#include "core/eventlog/formats/xlsx/sheet_scanner.h"

#include <charconv>

#include "core/base/text.h"
#include "core/eventlog/formats/xlsx/rich_text.h"

namespace gemba::inline eventlog {

namespace {

/// Kinds of characters.
enum Kind : unsigned {
  ends_text = 1,       ///< `<`, and the zero behind the text
  reference = 2,       ///< `&`
  underscore = 4,      ///< maybe an escape
  many_bytes = 8,      ///< of UTF-8
  control = 16,        ///< no character of XML, or one that is changed: a carriage return
  white = 32,          ///< space, tab, line end
  changes_value = 64,  ///< tab and line end, which are spaces in an attribute
  bracket = 128,       ///< `>`, with two brackets before it the end of what did not begin
  quote = 256,
  name = 512  ///< of names of attributes
};

constexpr std::array<std::uint16_t, 256> kinds_of_bytes = [] {
  std::array<std::uint16_t, 256> kinds{};
  for (std::size_t c = 1; c < 32; ++c) kinds[c] = control;
  for (std::size_t c = 128; c < 256; ++c) kinds[c] = many_bytes;
  kinds[0] = ends_text | control;
  kinds['<'] = ends_text;
  kinds['&'] = reference;
  kinds['\t'] = kinds['\n'] = white | changes_value;
  kinds[' '] = white;
  kinds['>'] = bracket;
  kinds['"'] = quote;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = name;
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = name;
  kinds['_'] = name | underscore;
  kinds[':'] = kinds['.'] = kinds['-'] = name;
  return kinds;
}();

unsigned kind_of(char c) { return kinds_of_bytes[static_cast<unsigned char>(c)]; }

bool begins_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_xml_character(std::uint32_t c) {
  return c < 0x20 ? c == '\t' || c == '\n' || c == '\r'
                  : (c < 0xD800 || c > 0xDFFF) && c != 0xFFFE && c != 0xFFFF && c <= 0x10FFFF;
}

/// Takes a reference (`&amp;`, `&#20013;`) from the front; false for one that is not known.
bool take_reference(std::string_view& text, std::string& to) {
  constexpr std::pair<std::string_view, char> named[] = {
      {"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
  for (const auto& [word, c] : named) {
    if (!text.starts_with(word)) continue;
    to += c;
    text.remove_prefix(word.size());
    return true;
  }
  if (!text.starts_with("&#")) return false;
  const bool is_hex = text.starts_with("&#x");
  const char* const end = text.data() + text.size();
  std::uint32_t c = 0;
  const auto [stop, fault] =
      std::from_chars(text.data() + (is_hex ? 3 : 2), end, c, is_hex ? 16 : 10);
  if (fault != std::errc() || stop == end || *stop != ';' || !is_xml_character(c)) return false;
  to += encode_utf8(c);
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()) + 1);
  return true;
}

/// Whether characters of several bytes are those of XML.
bool is_sound(std::string_view text) {
  return !find_invalid_utf8(text) && text.find("\xEF\xBF\xBE") == std::string_view::npos &&
         text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

}  // namespace

SheetScanner::Step SheetScanner::scan(std::string_view& text) {
  constexpr std::size_t longest_word = 16;
  at_ = text.data();
  end_ = at_ + text.size();
  if (row()) {
    text.remove_prefix(static_cast<std::size_t>(at_ - text.data()));
    return cells_.end_row() ? Step::row : Step::stop;
  }
  return static_cast<std::size_t>(end_ - at_) < longest_word ? Step::incomplete : Step::other;
}

void SheetScanner::skip_white() {
  while (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t') ++at_;
}

bool SheetScanner::row() {
  skip_white();
  if (!take("<row") || !attributes()) return false;
  cells_.begin_row(at('r'));
  bool is_whole = is_empty_;
  while (!is_whole) {
    skip_white();
    is_whole = take("</row>");
    if (is_whole || cell()) continue;
    cells_.undo_row();
    return false;
  }
  return true;
}

bool SheetScanner::cell() {
  if (!take("<c") || !attributes()) return false;
  cells_.begin_cell(at('r'), at('t'), at('s'));
  for (bool goes_on = !is_empty_; goes_on;) {
    if (!content(goes_on)) return false;
  }
  cells_.end_cell();
  return true;
}

// The next element within a cell, or its end.
bool SheetScanner::content(bool& goes_on) {
  skip_white();
  if (take("</c>")) {
    goes_on = false;
    return true;
  }
  if (take("<v")) {
    if (!attributes()) return false;
    const bool preserve = preserves();
    if (!text() || !(is_empty_ || take("</v>"))) return false;
    cells_.value(meant(preserve, value_));
    return true;
  }
  if (take("<is>")) return rich_text();
  if (!take("<f") || !attributes() || !text() || !(is_empty_ || take("</f>"))) return false;
  cells_.formula();
  return true;
}

// A text of one run.
bool SheetScanner::rich_text() {
  skip_white();
  if (!take("<t") || !attributes()) return false;
  const bool preserve = preserves();
  if (!text() || !(is_empty_ || take("</t>"))) return false;
  cells_.inline_text(meant(preserve, inline_));
  skip_white();
  return take("</is>");
}

// The attributes and the end of a tag, of which the name was taken.
bool SheetScanner::attributes() {
  attribute_count_ = 0;
  while (true) {
    const char* const before = at_;
    skip_white();
    if (*at_ == '>') break;
    if (take("/>")) {
      is_empty_ = true;
      return true;
    }
    if (at_ == before || !attribute()) return false;
  }
  ++at_;
  is_empty_ = false;
  return true;
}

bool SheetScanner::attribute() {
  if (attribute_count_ == attributes_.size() || !begins_name(*at_)) return false;
  const char* const begin = at_;
  while ((kind_of(*at_) & name) != 0) ++at_;
  const std::string_view called(begin, static_cast<std::size_t>(at_ - begin));
  if (!take("=\"")) return false;
  const char* const value = at_;
  unsigned kinds = 0;
  while ((kind_of(*at_) & (quote | ends_text)) == 0) kinds |= kind_of(*at_++);
  const std::string_view said(value, static_cast<std::size_t>(at_ - value));
  if (*at_ != '"') return false;
  if ((kinds & (reference | control | changes_value | many_bytes)) != 0) return false;
  for (std::size_t other = 0; other < attribute_count_; ++other) {
    if (attributes_[other].name == called) return false;
  }
  ++at_;
  attributes_[attribute_count_++] = {called, said};
  return true;
}

// The characters of an element whose start tag was taken.
bool SheetScanner::text() {
  text_ = {};
  kinds_ = 0;
  if (is_empty_) return true;
  const char* const begin = at_;
  unsigned kinds = 0;
  while ((kind_of(*at_) & ends_text) == 0) kinds |= kind_of(*at_++);
  return plain_text({begin, static_cast<std::size_t>(at_ - begin)}, kinds);
}

bool SheetScanner::plain_text(std::string_view raw, unsigned kinds) {
  text_ = raw;
  kinds_ = kinds;
  if ((kinds & (reference | many_bytes | control | bracket)) == 0) return true;
  if ((kinds & control) != 0) return false;
  if ((kinds & many_bytes) != 0 && !is_sound(raw)) return false;
  if ((kinds & bracket) != 0 && raw.find("]]>") != std::string_view::npos) return false;
  if ((kinds & reference) == 0) return true;
  replaced_.clear();
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.find('&'), raw.size());
    replaced_ += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (!raw.empty() && !take_reference(raw, replaced_)) return false;
  }
  text_ = replaced_;
  kinds_ |= white | underscore;
  return true;
}

// The text as it is meant (`XmlText`), which stays until the next one into this buffer.
std::string_view SheetScanner::meant(bool preserve, std::string& buffer) {
  if ((kinds_ & (white | underscore | reference)) == 0) return text_;
  XmlText text;
  text.begin(XmlAttributes(std::span<const XmlAttribute>()), preserve);
  text.add(text_);
  buffer = text.end();
  return buffer;
}

}  // namespace gemba::inline eventlog
