#include "core/base/improvement.h"

namespace gemba::inline base {

std::span<const ImprovementInfo> improvement_infos() {
  static constexpr ImprovementInfo infos[] = {
      {"other", ""},
#define IMPROVEMENT(name, word, heuristics) {word, heuristics},
#include "core/base/improvements.def"
#undef IMPROVEMENT
  };
  return infos;
}

std::string_view to_string(Improvement improvement) {
  return improvement_infos()[static_cast<std::size_t>(improvement)].word;
}

}  // namespace gemba::inline base
