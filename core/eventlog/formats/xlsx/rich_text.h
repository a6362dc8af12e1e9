#pragma once
#include <string>
#include <string_view>

#include "core/eventlog/formats/xlsx/xml_part.h"

namespace gemba::inline eventlog {

/// A text with the characters that `_xHHHH_` stands for (ST_Xstring: ECMA-376 Part 1, 22.9.2.19);
/// halves of a pair that stand alone become U+FFFD. Changes nothing else.
void decode_xstring(std::string& text);

/// The characters of one element, which may come in pieces. White space around them counts only
/// where `xml:space` says so (18.4.12).
class XmlText {
 public:
  void begin(XmlAttributes attributes, bool preserve = false) {
    text_.clear();
    preserve_ = preserve || attributes.at("xml:space") == "preserve";
  }
  void add(std::string_view piece) { text_ += piece; }

  /// The text as it is meant; until the next `begin`.
  std::string_view end();

 private:
  std::string text_;
  bool preserve_ = false;
};

/// The text of a string item (CT_Rst: `si`, 18.4.8, or `is`, 18.3.1.53): its runs joined, without
/// the phonetic runs, which say how others are pronounced.
class RichText {
 public:
  /// A new item begins, in a part that says `xml:space="preserve"` of all, or not.
  void begin(bool preserve) {
    text_.clear();
    depth_ = passed_over_ = 0;
    preserve_ = preserve;
  }

  /// What stands within the item.
  void open(std::string_view name, XmlAttributes attributes);
  void add(std::string_view piece) {
    if (in_text_) run_.add(piece);
  }

  /// False at the end of the item itself.
  bool close();

  const std::string& text() const { return text_; }

 private:
  std::string text_;
  XmlText run_;
  std::size_t depth_ = 0;        ///< of open elements within the item
  std::size_t passed_over_ = 0;  ///< of those, the ones from the first that holds no text of it
  bool in_text_ = false;
  bool preserve_ = false;
};

}  // namespace gemba::inline eventlog
