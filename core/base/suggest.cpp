#include "core/base/suggest.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"

namespace gemba::inline base {

namespace {

// The only candidate of which `lower` is the beginning.
std::optional<std::string> only_completion(const std::string& lower,
                                           const std::vector<std::string_view>& candidates) {
  std::optional<std::string> found;
  for (const std::string_view candidate : candidates) {
    if (!ascii_lower(candidate.substr(0, lower.size())).starts_with(lower)) continue;
    if (found && *found != candidate) return std::nullopt;
    found = std::string(candidate);
  }
  return found;
}

// A word of a document can be megabytes long; nothing that long is a slip of the finger.
constexpr std::size_t longest = 64;

// A word that may be misspelt.
struct Word {
  std::string lower;  // OMS is as near to oms as it gets, although no letter is the same
  std::size_t length = 0;

  explicit Word(std::string_view word)
      : lower(ascii_lower(word)), length(decode_utf8(word).size()) {}

  // Its distance to a candidate that is near enough.
  std::optional<std::size_t> distance(std::string_view candidate) const {
    if (candidate.size() > longest * 4) return std::nullopt;
    const std::size_t allowed =
        std::max<std::size_t>(1, std::max(length, decode_utf8(candidate).size()) / 3);
    const std::size_t edits = edit_distance(lower, ascii_lower(candidate));
    // One edit turns any one-letter word into any other: that is no likeness.
    if (edits > allowed || edits >= std::max<std::size_t>(length, 1)) return std::nullopt;
    return edits;
  }
};

std::string digits_of(std::string_view word) {
  std::string digits;
  for (const char c : word) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::u32string left = decode_utf8(a);
  const std::u32string right = decode_utf8(b);
  std::vector<std::size_t> before_last(right.size() + 1);
  std::vector<std::size_t> last(right.size() + 1);
  std::vector<std::size_t> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= left.size(); ++i) {
    before_last.swap(last);
    last.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const std::size_t substituted = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, substituted});
      const bool swapped =
          i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[right.size()];
}

std::optional<std::string> nearest(std::string_view word,
                                   const std::vector<std::string_view>& candidates) {
  if (word.size() > longest * 4) return std::nullopt;
  const Word misspelt(word);
  std::optional<std::string> best;
  std::size_t best_distance = 0;
  for (const std::string_view candidate : candidates) {
    const auto distance = misspelt.distance(candidate);
    if (distance && (!best || *distance < best_distance)) {
      best = std::string(candidate);
      best_distance = *distance;
    }
  }
  constexpr std::size_t shortest_beginning = 3;
  if (!best && misspelt.length >= shortest_beginning) {
    return only_completion(misspelt.lower, candidates);
  }
  return best;
}

std::optional<std::string> only_near(std::string_view word,
                                     const std::vector<std::string_view>& candidates) {
  if (word.size() > longest * 4) return std::nullopt;
  const Word misspelt(word);
  std::size_t near = 0, same = 0;
  std::string_view nearest_one, same_one;
  for (const std::string_view candidate : candidates) {
    const auto distance = misspelt.distance(candidate);
    if (!distance) continue;
    ++near;
    nearest_one = candidate;
    if (*distance > 0) continue;
    ++same;
    same_one = candidate;
  }
  if (same > 0 ? same > 1 : near != 1) return std::nullopt;
  const std::string_view found = same > 0 ? same_one : nearest_one;
  if (digits_of(word) != digits_of(found)) return std::nullopt;
  return std::string(found);
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto found = nearest(word, candidates);
  return found ? fmt::format("; did you mean '{}'?", *found) : std::string();
}

}  // namespace gemba::inline base
