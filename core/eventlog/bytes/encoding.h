#pragma once
#include <string>
#include <string_view>

namespace gemba::inline eventlog {

/// Name of the encoding of a text that begins with `head`, as iconv(3) takes it; `is_whole` says
/// that nothing follows. In this order:
///
/// 1. A byte order mark of UTF-8, UTF-16 or UTF-32.
/// 2. What an XML declaration names (XML 1.0, section 4.3.3), unless it is an encoding in which the
///    declaration itself could not be read.
/// 3. UTF-16 without a mark: every other byte of much of it is zero.
/// 4. `UTF-8`, where all bytes agree, or so many that some damaged characters do not matter.
/// 5. `GB18030` (with its parts GBK and GB2312), where nearly all bytes above 0x7F come in pairs
///    and most pairs are everyday Chinese characters or signs. Korean, Japanese and Cyrillic texts
///    come in pairs, too: they have other or too few kinds of them, or pairs that are no character.
///
/// Empty when nothing of this holds.
std::string detect_encoding(std::string_view head, bool is_whole);

/// The name of an encoding as people know it: `GB18030` for GBK, GB2312 and their other names, of
/// which it is the superset, `UTF-8` for `utf8`; a name that is not known stays as it is.
std::string canonical_encoding(std::string_view name);

/// `"; did you mean 'GBK'?"` for a name near to a common one, or a text that shows where to find
/// names.
std::string suggest_encoding(std::string_view name);

/// Whether a text that begins with `head` can hardly be in the encoding that was named, as it looks
/// like text in the one told by `detect_encoding`. Both names are canonical.
bool contradicts(std::string_view named, std::string_view told, std::string_view head);

/// What is wrong with a text that is not in the encoding of its file, and what to do about it, to
/// follow "it is": `not UTF-8 text; name the encoding …`. `named` is how the user called the
/// encoding, empty when it was told by content; `told` is what the content looks like, empty when
/// it says nothing else than the user.
std::string describe_misfit(std::string_view named, std::string_view told);

/// Whether texts in this encoding consist of units of two or four bytes; 1 for all others.
int bytes_per_unit(std::string_view canonical_name);

/// The name that an XML declaration at the beginning of `text` gives as its encoding, as a part of
/// `text`; empty when there is none.
std::string_view declared_encoding(std::string_view text);

}  // namespace gemba::inline eventlog
