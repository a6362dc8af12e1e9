#include "core/eventlog/formats/xlsx/number_format.h"

#include <charconv>
#include <unordered_map>

#include "core/base/text.h"
#include "core/eventlog/formats/xlsx/package.h"

namespace gemba::inline eventlog {

namespace {

using Kind = NumberFormat::Kind;

/// What the letters of a format code are.
struct Letters {
  bool days = false;     ///< years or days
  bool months = false;   ///< months, or minutes where there are hours or seconds
  bool clock = false;    ///< hours or seconds
  bool elapsed = false;  ///< `[h]`, `[mm]`, `[s]`
  bool only_zeros = true;
  std::size_t zeros = 0;
};

bool is_elapsed(std::string_view in_brackets) {
  const std::string text = ascii_lower(in_brackets);
  return !text.empty() && (text[0] == 'h' || text[0] == 'm' || text[0] == 's') &&
         text.find_first_not_of(text[0]) == std::string::npos;
}

void note(char c, Letters& found) {
  if (c == '0') {
    ++found.zeros;
    return;
  }
  found.only_zeros = false;
  switch (c) {
    case 'y':
    case 'Y':
    case 'd':
    case 'D':
      found.days = true;
      break;
    case 'm':
    case 'M':
      found.months = true;
      break;
    case 'h':
    case 'H':
    case 's':
    case 'S':
      found.clock = true;
      break;
    default:
      break;
  }
}

Letters letters_of(std::string_view code) {
  Letters found;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char c = code[at];
    if (c == '"' || c == '[') {
      const std::size_t end = std::min(code.find(c == '"' ? '"' : ']', at + 1), code.size());
      if (c == '[' && is_elapsed(code.substr(at + 1, end - at - 1))) found.elapsed = true;
      found.only_zeros = false;
      at = end;
    } else if (c == '\\' || c == '_' || c == '*') {  // the next one stands for itself or its width
      found.only_zeros = false;
      ++at;
    } else {
      note(c, found);
    }
  }
  return found;
}

std::uint32_t number_of(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

NumberFormat read_number_format(std::string_view code) {
  const std::string lower = ascii_lower(code.substr(0, code.find(';')));
  if (lower == "general" || lower == "standard") return {};
  const Letters found = letters_of(code);
  if (found.elapsed) return {Kind::elapsed};
  if (found.clock) return {Kind::moment};
  if (found.days || found.months) return {Kind::date};
  constexpr std::size_t widest = 30;
  if (found.only_zeros && found.zeros > 1 && found.zeros <= widest)
    return {Kind::padded, static_cast<std::uint8_t>(found.zeros)};
  return {};
}

NumberFormat built_in_format(std::uint32_t number) {
  const auto within = [&](std::uint32_t first, std::uint32_t last) {
    return number >= first && number <= last;
  };
  if (number == 46) return {Kind::elapsed};
  if (within(18, 22) || within(32, 35) || number == 45 || number == 47 || within(55, 56))
    return {Kind::moment};
  if (within(14, 17) || within(27, 36) || within(50, 58)) return {Kind::date};
  return {};
}

std::vector<NumberFormat> read_cell_formats(const Archive& archive, std::string_view part) {
  const XmlPlace place{archive.path(), std::string(part)};
  std::unordered_map<std::uint32_t, NumberFormat> defined;
  std::vector<NumberFormat> formats;
  bool in_cell_formats = false;
  const auto format_of = [&](std::uint32_t number) {
    const auto found = defined.find(number);
    return found == defined.end() ? built_in_format(number) : found->second;
  };
  const auto open = [&](std::string_view name, XmlAttributes attributes) {
    if (name == "numFmt") {
      std::string code(attributes.at("formatCode"));
      defined[number_of(attributes.at("numFmtId"))] = read_number_format(code);
    } else if (name == "cellXfs") {
      in_cell_formats = true;
    } else if (name == "xf" && in_cell_formats) {
      formats.push_back(format_of(number_of(attributes.at("numFmtId"))));
    }
  };
  read_part(
      archive, part,
      {.root = [&](std::string_view name, std::string_view space,
                   XmlAttributes) { require_spreadsheet_root(place, "styleSheet", name, space); },
       .open = open,
       .close =
           [&](std::string_view name) {
             if (name == "cellXfs") in_cell_formats = false;
             return true;
           }});
  return formats;
}

}  // namespace gemba::inline eventlog
