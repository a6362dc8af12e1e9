#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gemba::inline base {

/// Number of single-character insertions, deletions, substitutions and swaps of neighbours that
/// turn `a` into `b` (optimal string alignment distance; Boytsov 2011, section 2), over code
/// points.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to a misspelt `word`, or none when nothing is near enough (a third of the
/// longer word's length, at least one edit); whether ASCII letters are capitals makes no
/// difference. The first of equally near candidates wins. Where none is near, it is the only one
/// that begins with `word`, if that has at least three characters.
std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string_view>& candidates);

/// The only candidate that `word` can be a slip of the finger for: near like the `nearest`, while
/// no other is near, or the same but for capital letters. None where the two differ in a digit:
/// step 2 is no misspelling of step 3.
std::optional<std::string> only_near(std::string_view word,
                                     const std::vector<std::string_view>& candidates);

/// `"; did you mean 'x'?"` for the nearest candidate, or an empty string.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace gemba::inline base
