#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/code.h"
#include "core/base/source.h"
#include "core/base/text_edit.h"

namespace gemba::inline base {

/// How much a finding matters. `off` stands in configurations only, never on a diagnostic that is
/// shown.
enum class Level : std::uint8_t { off, info, warning, error };

/// The word for a level: `off`, `info`, `warning`, `error`.
std::string_view to_string(Level level);
std::optional<Level> parse_level(std::string_view text);

/// A second place that explains a diagnostic ("first defined here").
struct Note {
  SourceSpan span;
  std::string message;
};

/// Something that is wrong with the user's document or log, with the place where it is wrong.
struct Diagnostic {
  Code code;  ///< of the rule or heuristic
  Level level = Level::error;
  std::string message;  ///< one sentence without final stop; names are in single quotes
  SourceSpan span;
  std::string document = {};  ///< id of the document, empty when it is not known
  std::string element =
      {};  ///< id of the step, role … concerned, empty for the document as a whole
  std::vector<Note> notes = {};
  std::vector<TextEdit> fix = {};  ///< what mends it, all of it or nothing; empty: a person must
};

using Diagnostics = std::vector<Diagnostic>;

/// A document that could not be looked at, and why.
struct Unread {
  std::string path;
  std::string reason;  ///< one sentence without final stop
};

}  // namespace gemba::inline base
