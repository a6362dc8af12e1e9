#pragma once
#include <string>
#include <vector>

#include "core/base/source.h"

namespace gemba::inline base {

/// A change to a text: `text` takes the place of what stands at `span`. An empty span inserts, an
/// empty text removes.
struct TextEdit {
  SourceSpan span;
  std::string text;
  friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

/// Adds edits that only make sense together. False, with nothing added, when one of them overlaps
/// another or one of those `chosen` before, or begins where that begins: which comes first would be
/// a guess.
bool add_edits(std::vector<TextEdit>& chosen, const std::vector<TextEdit>& more);

/// The text with all edits made, which must not overlap. Every other byte stays as it is: line
/// ends, a byte order mark, comments.
std::string apply_edits(const Source& source, std::vector<TextEdit> edits);

}  // namespace gemba::inline base
