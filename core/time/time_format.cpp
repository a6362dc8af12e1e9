#include "core/time/time_format.h"

#include <fmt/format.h>

#include <vector>

#include "core/base/error.h"
#include "core/base/suggest.h"

namespace gemba::inline time {

namespace {

using Kind = TimeFormat::Kind;

struct Word {
  std::string_view name;
  Kind kind;
};

constexpr Word words[] = {
    {"auto", Kind::automatic}, {"day-first", Kind::day_first}, {"month-first", Kind::month_first},
    {"s", Kind::seconds},      {"ms", Kind::milliseconds},     {"us", Kind::microseconds},
    {"excel", Kind::excel},
};

[[noreturn]] void fail_unknown_word(std::string_view text) {
  std::vector<std::string_view> known;
  for (const Word& word : words) known.push_back(word.name);
  throw UsageError(
      fmt::format("time format '{}' does not exist; write auto, day-first, month-first, s, ms, us, "
                  "excel or a pattern such as %d.%m.%Y %H:%M{}",
                  text, did_you_mean(text, known)));
}

// The letters of the conversions, once each; an `E` of `%Ez` is left out.
std::string conversions_of(std::string_view pattern) {
  constexpr std::string_view known = "YymbBhdeFDHIMSpRTraAzZnt%";
  std::string found;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    if (pattern[at] != '%') continue;
    std::size_t letter = at + 1;
    if (pattern.substr(letter).starts_with("Ez")) ++letter;
    if (letter == pattern.size() || known.find(pattern[letter]) == std::string_view::npos) {
      throw UsageError(fmt::format(
          "time format '{}' holds '{}', which is not read; write the date with %Y %m %d and the "
          "clock with %H %M %S, which reads decimals too",
          pattern, pattern.substr(at, 2)));
    }
    found += pattern[letter];
    at = letter;
  }
  return found;
}

bool has_any(std::string_view conversions, std::string_view wanted) {
  return conversions.find_first_of(wanted) != std::string_view::npos;
}

void check_pattern(std::string_view pattern) {
  const std::string found = conversions_of(pattern);
  const bool whole_date = has_any(found, "FD") ||
                          (has_any(found, "Yy") && has_any(found, "mbBh") && has_any(found, "de"));
  if (!whole_date) {
    throw UsageError(fmt::format(
        "time format '{}' has no whole date; write year, month and day, as in %d.%m.%Y %H:%M",
        pattern));
  }
  if (has_any(found, "I") != has_any(found, "p")) {
    throw UsageError(fmt::format(
        "time format '{}' has one of %I and %p without the other; write both, or %H", pattern));
  }
}

}  // namespace

TimeFormat parse_time_format(std::string_view text) {
  for (const Word& word : words) {
    if (word.name == text) return {word.kind, {}};
  }
  if (text.find('%') == std::string_view::npos) fail_unknown_word(text);
  check_pattern(text);
  return {Kind::pattern, std::string(text)};
}

std::string describe(const TimeFormat& format) {
  switch (format.kind) {
    case Kind::automatic:
      break;
    case Kind::day_first:
      return "day first";
    case Kind::month_first:
      return "month first";
    case Kind::seconds:
      return "seconds since 1970";
    case Kind::milliseconds:
      return "milliseconds since 1970";
    case Kind::microseconds:
      return "microseconds since 1970";
    case Kind::excel:
      return "days of Excel";
    case Kind::pattern:
      return fmt::format("as '{}'", format.pattern);
  }
  return {};
}

}  // namespace gemba::inline time
