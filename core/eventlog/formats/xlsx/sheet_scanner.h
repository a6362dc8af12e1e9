#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/eventlog/formats/xlsx/sheet_cells.h"
#include "core/eventlog/formats/xlsx/xml_part.h"

namespace gemba::inline eventlog {

/// Reads the rows of a sheet as nearly all writers have them, many times faster than a parser of
/// all XML: UTF-8, `row` with `c` with `f`, `v`, `is` and `t` in it, attributes in double quotes,
/// no comments. What is any different is left to that parser, as is everything that is wrong: a row
/// that is read here is well-formed and says the same to both.
class SheetScanner {
 public:
  enum class Step : std::uint8_t {
    row,         ///< a row was read
    stop,        ///< a row was read, and no more are wanted
    incomplete,  ///< the row may go on behind the text
    other        ///< what comes is for the parser
  };

  /// `preserve`: the sheet says `xml:space="preserve"` of all its texts.
  SheetScanner(SheetCells& cells, bool preserve) : cells_(cells), preserve_(preserve) {}

  /// Reads the row that the text begins with, and takes it off the text. Behind the text stands a
  /// zero. Where no row was read, nothing is taken. Throws what `SheetCells` throws.
  Step scan(std::string_view& text);

 private:
  bool row();
  bool cell();
  bool content(bool& goes_on);
  bool rich_text();
  bool attributes();
  bool attribute();
  bool text();
  bool plain_text(std::string_view raw, unsigned kinds);
  std::string_view meant(bool preserve, std::string& buffer);

  // Takes a word of which the length is known: no call is made to compare it.
  template <std::size_t size>
  bool take(const char (&word)[size]) {
    constexpr std::size_t length = size - 1;
    if (static_cast<std::size_t>(end_ - at_) < length || std::memcmp(at_, word, length) != 0)
      return false;
    at_ += length;
    return true;
  }
  void skip_white();

  // The value of an attribute of one letter.
  std::string_view at(char name) const {
    for (std::size_t index = 0; index < attribute_count_; ++index) {
      const XmlAttribute& each = attributes_[index];
      if (each.name.size() == 1 && each.name[0] == name) return each.value;
    }
    return {};
  }
  bool preserves() const {
    return preserve_ ||
           (attribute_count_ > 0 &&
            XmlAttributes({attributes_.data(), attribute_count_}).at("xml:space") == "preserve");
  }

  SheetCells& cells_;
  bool preserve_;
  const char* at_ = nullptr;
  const char* end_ = nullptr;
  std::array<XmlAttribute, 16> attributes_;
  std::size_t attribute_count_ = 0;
  bool is_empty_ = false;  ///< the tag ends its element
  std::string_view text_;  ///< characters, entities replaced
  unsigned kinds_ = 0;     ///< what they consist of
  std::string replaced_, value_, inline_;
};

}  // namespace gemba::inline eventlog
