#include "core/eventlog/build/cleaning.h"

#include <algorithm>

namespace gemba::inline eventlog {
namespace {

using namespace std::string_view_literals;

constexpr std::array blanks = {
    " "sv,      "\t"sv,     "\n"sv,     "\r"sv,     "\v"sv,     "\f"sv,     "\u00A0"sv, "\u2000"sv,
    "\u2001"sv, "\u2002"sv, "\u2003"sv, "\u2004"sv, "\u2005"sv, "\u2006"sv, "\u2007"sv, "\u2008"sv,
    "\u2009"sv, "\u200A"sv, "\u200B"sv, "\u202F"sv, "\u205F"sv, "\u3000"sv, "\uFEFF"sv};

}  // namespace

std::string_view without_blanks(std::string_view text) {
  const auto cut = [&](auto matches, auto remove) {
    const auto found = std::find_if(blanks.begin(), blanks.end(), matches);
    if (found == blanks.end()) return false;
    remove(found->size());
    return true;
  };
  while (cut([&](std::string_view blank) { return text.starts_with(blank); },
             [&](std::size_t size) { text.remove_prefix(size); })) {
  }
  while (cut([&](std::string_view blank) { return text.ends_with(blank); },
             [&](std::size_t size) { text.remove_suffix(size); })) {
  }
  return text;
}

MissingWords::MissingWords(const std::vector<std::string>& words) : words_(words) {
  for (const std::string& word : words_) {
    if (word.empty()) continue;
    longest_ = std::max(longest_, word.size());
    first_[static_cast<unsigned char>(word.front())] = true;
  }
}

bool MissingWords::is_one(std::string_view text) const {
  return std::find(words_.begin(), words_.end(), text) != words_.end();
}

const std::vector<std::string>& usual_missing_words() {
  static const std::vector<std::string> words = {"#N/A", "N/A",  "NA",  "NaT", "NaN", "null",
                                                 "NULL", "None", "\\N", "?",   "-",   "--"};
  return words;
}

}  // namespace gemba::inline eventlog
