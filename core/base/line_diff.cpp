#include "core/base/line_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

namespace gemba::inline base {
namespace {

using Lines = std::span<const std::string_view>;

/// Lines with their ends.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// A line that stays (' '), goes ('-') or comes ('+').
struct Line {
  char sign;
  std::string_view text;
};

void add_all(char sign, Lines lines, std::vector<Line>& script) {
  for (const std::string_view line : lines) script.push_back({sign, line});
}

/// Appends how one list of lines becomes the other.
void add_changes(Lines before, Lines after, std::vector<Line>& script) {
  constexpr std::size_t most_cells = 16'000'000;
  const std::size_t width = after.size() + 1;
  if ((before.size() + 1) * width > most_cells) {
    add_all('-', before, script);
    return add_all('+', after, script);
  }
  // common[i, j]: lines that stay of before[i..] and after[j..]
  std::vector<std::uint32_t> common((before.size() + 1) * width, 0);
  for (std::size_t i = before.size(); i-- > 0;) {
    for (std::size_t j = after.size(); j-- > 0;) {
      common[i * width + j] =
          before[i] == after[j] ? common[(i + 1) * width + j + 1] + 1
                                : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  std::size_t i = 0, j = 0;
  while (i < before.size() && j < after.size()) {
    if (before[i] == after[j]) {
      script.push_back({' ', before[i++]});
      ++j;
    } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
      script.push_back({'-', before[i++]});
    } else {
      script.push_back({'+', after[j++]});
    }
  }
  add_all('-', before.subspan(i), script);
  add_all('+', after.subspan(j), script);
}

std::vector<Line> script_of(Lines before, Lines after) {
  const auto first = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto same = static_cast<std::size_t>(first.first - before.begin());
  std::vector<Line> script;
  add_all(' ', before.first(same), script);
  before = before.subspan(same);
  after = after.subspan(same);
  std::size_t end = 0;
  while (end < before.size() && end < after.size() &&
         before[before.size() - end - 1] == after[after.size() - end - 1]) {
    ++end;
  }
  add_changes(before.first(before.size() - end), after.first(after.size() - end), script);
  add_all(' ', before.last(end), script);
  return script;
}

/// `12,3`: the first line and their number; an empty range names the line before it.
std::string range(std::size_t lines_before, std::size_t count) {
  if (count == 1) return fmt::format("{}", lines_before + 1);
  return fmt::format("{},{}", count == 0 ? lines_before : lines_before + 1, count);
}

/// Lines of the script [begin, end) that are shown together.
struct Hunk {
  std::size_t begin, end;
};

std::vector<Hunk> hunks_of(const std::vector<Line>& script) {
  constexpr std::size_t context = 3;
  std::vector<Hunk> hunks;
  for (std::size_t i = 0; i < script.size(); ++i) {
    if (script[i].sign == ' ') continue;
    const std::size_t begin = i > context ? i - context : 0;
    const std::size_t end = std::min(script.size(), i + 1 + context);
    if (!hunks.empty() && begin <= hunks.back().end) {
      hunks.back().end = end;
    } else {
      hunks.push_back({begin, end});
    }
  }
  return hunks;
}

}  // namespace

std::string unified_diff(std::string_view before, std::string_view after, std::string_view name) {
  if (before == after) return {};
  const std::vector<Line> script = script_of(lines_of(before), lines_of(after));
  std::string diff = fmt::format("--- {}\n+++ {}\n", name, name);
  std::size_t at = 0, old_line = 0, new_line = 0;
  const auto count = [&](std::size_t end, std::size_t& old_count, std::size_t& new_count) {
    for (std::size_t i = at; i < end; ++i) {
      old_count += script[i].sign != '+' ? 1U : 0U;
      new_count += script[i].sign != '-' ? 1U : 0U;
    }
    at = end;
  };
  for (const Hunk& hunk : hunks_of(script)) {
    count(hunk.begin, old_line, new_line);
    std::size_t old_count = 0, new_count = 0;
    count(hunk.end, old_count, new_count);
    diff += fmt::format("@@ -{} +{} @@\n", range(old_line, old_count), range(new_line, new_count));
    for (std::size_t i = hunk.begin; i < hunk.end; ++i) {
      diff += script[i].sign;
      diff += script[i].text;
      if (!script[i].text.ends_with('\n')) diff += "\n\\ No newline at end of file\n";
    }
    old_line += old_count;
    new_line += new_count;
  }
  return diff;
}

}  // namespace gemba::inline base
