#pragma once
#include <string_view>

namespace gemba {

/// How alike two names are, 0 to 1: the Dice coefficient of their bigrams (Dice 1945) over code
/// points, ASCII letters in lower case, spaces and punctuation left out. Works for Chinese, where a
/// bigram is about a word. A name of one code point is only like itself.
double name_similarity(std::string_view a, std::string_view b);

}  // namespace gemba
