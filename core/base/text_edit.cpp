#include "core/base/text_edit.h"

#include <algorithm>

namespace gemba::inline base {
namespace {

bool overlap(const SourceSpan& a, const SourceSpan& b) {
  if (a.source != b.source) return false;
  return a.begin == b.begin || (a.begin < b.end && b.begin < a.end);
}

bool fits(const std::vector<TextEdit>& chosen, const TextEdit& edit) {
  return std::none_of(chosen.begin(), chosen.end(),
                      [&](const TextEdit& each) { return overlap(each.span, edit.span); });
}

}  // namespace

bool add_edits(std::vector<TextEdit>& chosen, const std::vector<TextEdit>& more) {
  const std::size_t before = chosen.size();
  for (const TextEdit& edit : more) {
    if (!fits(chosen, edit)) {
      chosen.resize(before);
      return false;
    }
    chosen.push_back(edit);
  }
  return true;
}

std::string apply_edits(const Source& source, std::vector<TextEdit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.span < b.span; });
  std::string result;
  std::size_t done = 0;
  for (const TextEdit& edit : edits) {
    const std::size_t begin = offset_of(source, edit.span.begin);
    result.append(source.text, done, begin - done);
    result += edit.text;
    done = offset_of(source, edit.span.end);
  }
  return result.append(source.text, done);
}

}  // namespace gemba::inline base
