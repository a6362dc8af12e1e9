#include "core/report/finding_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.h"
#include "core/findings/catalogue.h"

namespace gemba::inline report {
namespace {

constexpr std::size_t longest_line = 160;
constexpr std::size_t longest_shown_source = std::size_t{1} << 16U;  // bytes

std::string paint(std::string_view text, std::string_view code, bool colour) {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
}

std::string_view level_colour(Level level) {
  if (level == Level::error) return "1;31";
  return level == Level::warning ? "1;33" : "1;36";
}

/// A line of source shown with tabs as one space, so that each code point of it is one printable
/// piece.
struct ShownLine {
  std::string text;
  std::size_t caret = 0;  ///< display columns before the span
  std::size_t width = 0;  ///< display columns of the span on this line
};

ShownLine show_line(const SourceSpan& span, const Sources& sources) {
  ShownLine shown;
  const std::u32string line = decode_utf8(sources.line(span.source, span.begin.line));
  const bool one_line = span.end.line == span.begin.line;
  const std::size_t begin = span.begin.column - 1;
  const std::size_t end = one_line ? span.end.column - 1 : line.size();
  // A line of a megabyte is cut around its fault.
  const std::size_t from = begin > longest_line / 2 && line.size() > longest_line ? begin - 40 : 0;
  const std::size_t to = std::min(line.size(), from + longest_line);
  if (from > 0) shown.text = "…";
  shown.caret = display_width(shown.text);
  for (std::size_t i = from; i < to; ++i) {
    const std::string piece = printable(encode_utf8(line[i]));
    shown.text += piece;
    if (i < begin) shown.caret += display_width(piece);
    if (i >= begin && i < end) shown.width += display_width(piece);
  }
  if (to < line.size()) shown.text += "…";
  return shown;
}

std::string snippet(const SourceSpan& span, const Sources& sources, std::string_view colour_code,
                    bool colour) {
  // Looking through a line this long for each of its faults would take longer than finding them.
  if (sources.line(span.source, span.begin.line).size() > longest_shown_source) return {};
  const ShownLine shown = show_line(span, sources);
  const std::string marker = "^" + std::string(std::max<std::size_t>(shown.width, 1) - 1, '~');
  return fmt::format("{:>5} | {}\n{:>5} | {}{}\n", span.begin.line, shown.text, "",
                     std::string(shown.caret, ' '), paint(marker, colour_code, colour));
}

std::string tag(const Diagnostic& finding) { return "[" + rule_label(finding) + "]"; }

}  // namespace

std::string place_text(const SourceSpan& span, const Sources& sources) {
  return fmt::format("{}:{}:{}", printable(sources[span.source].path), span.begin.line,
                     span.begin.column);
}

std::string rule_label(const Diagnostic& finding) {
  const Descriptor* about = find_descriptor(finding.code);
  return about == nullptr ? printable(finding.code)
                          : fmt::format("{} {}", about->code, about->name);
}

std::string finding_line(const Diagnostic& finding, const Sources& sources) {
  return fmt::format("{}: {}: {} {}", place_text(finding.span, sources), to_string(finding.level),
                     printable(finding.message), tag(finding));
}

std::string finding_text(const Diagnostic& finding, const Sources& sources, bool colour) {
  const std::string_view code = level_colour(finding.level);
  std::string text =
      fmt::format("{}: {}: {} {}\n", paint(place_text(finding.span, sources), "1", colour),
                  paint(to_string(finding.level), code, colour),
                  paint(printable(finding.message), "1", colour), paint(tag(finding), "2", colour));
  text += snippet(finding.span, sources, code, colour);
  for (const Note& note : finding.notes) {
    text += fmt::format("{}: note: {}\n", place_text(note.span, sources), printable(note.message));
    text += snippet(note.span, sources, "1;36", colour);
  }
  return text;
}

}  // namespace gemba::inline report
