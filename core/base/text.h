#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gemba::inline base {

/// Byte offset of the first byte that is not valid UTF-8 (overlong forms, surrogates and values
/// above U+10FFFF are invalid), or none.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

/// `text` with U+FFFD in the place of every byte that is not part of valid UTF-8.
std::string valid_utf8(std::string_view text);

/// Code points of a valid UTF-8 text.
std::u32string decode_utf8(std::string_view text);

/// UTF-8 of one code point.
std::string encode_utf8(char32_t code_point);

/// Terminal columns a valid UTF-8 text takes: two for a wide (CJK) glyph, none for a combining
/// mark.
std::size_t display_width(std::string_view text);

/// The longest beginning of `text` that fits in `columns`, with `…` as its last column when cut.
std::string truncate_to_width(std::string_view text, std::size_t columns);

/// Breaks `text` into lines of at most `columns` columns, at spaces and between CJK glyphs; a word
/// longer than a line is cut. Never returns an empty list.
std::vector<std::string> wrap_to_width(std::string_view text, std::size_t columns);

/// `text` with control characters, line separators and what turns its direction made visible: safe
/// for a terminal.
std::string printable(std::string_view text);

/// One line of print: white space folded, what `printable` makes visible dropped, bytes that are
/// not UTF-8 replaced.
std::string clean_text(std::string_view text);

/// `text` without white space at its ends.
std::string_view trimmed(std::string_view text);

/// Adds an item to a list of text such as `a, b`: `between` stands before all but the first. Items
/// are not empty.
void add_item(std::string& list, std::string_view item, std::string_view between = ", ");

/// `1 case`, `2 cases`.
std::string counted(std::int64_t count, std::string_view one, std::string_view many);
std::string counted(std::size_t count, std::string_view one, std::string_view many);

/// ASCII letters in lower case; everything else unchanged.
std::string ascii_lower(std::string_view text);

/// The number that a text is, as a whole; none for anything else.
std::optional<double> number_in(std::string_view text);

/// Whether `name` matches a path pattern: `*` within a folder, `**` across folders, `?` one
/// character.
bool glob_match(std::string_view pattern, std::string_view name);

}  // namespace gemba::inline base
