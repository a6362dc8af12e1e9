#pragma once
#include <string>
#include <string_view>

namespace gemba::inline audit {

/// A name without what does not matter to what it means: ASCII letters in lower case, no spaces and
/// no punctuation.
std::string plain_name(std::string_view name);

/// How alike two names are, 0 to 1: the Dice coefficient of their bigrams (Dice 1945) over code
/// points, ASCII letters in lower case, spaces and punctuation left out. Works for Chinese, where a
/// bigram is about a word. A name of one code point is only like itself.
double name_similarity(std::string_view a, std::string_view b);

}  // namespace gemba::inline audit
