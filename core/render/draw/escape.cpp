#include "core/render/draw/escape.h"

namespace gemba::inline render {
namespace {

/// Stands in for a backslash, which Graphviz expands at two stages in tooltips, at one in labels,
/// and takes for a quote's escape elsewhere: nothing says a plain one everywhere.
constexpr std::string_view full_width_backslash = "＼";

}  // namespace

std::string dot_raw(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\\') {
      quoted += full_width_backslash;
    } else {
      if (c == '"') quoted += '\\';
      quoted += c;
    }
  }
  return quoted += '"';
}

std::string dot_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') {
      quoted += "\\\"";
    } else if (c == '\\') {
      quoted += full_width_backslash;
    } else if (c == '&') {
      quoted += "&amp;";
    } else {
      quoted += c;
    }
  }
  return quoted += '"';
}

std::string html_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\'') {
      escaped += "&#39;";
    } else if (c == '\\') {
      escaped += full_width_backslash;
    } else {
      escaped += c;
    }
  }
  return escaped;
}

}  // namespace gemba::inline render
