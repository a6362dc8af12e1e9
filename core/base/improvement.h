#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace gemba::inline base {

/// What a change to a process is called in the field: the redesign heuristics of Reijers and Liman
/// Mansar (2005, Best practices in business process redesign, Omega 33) and those of practice.
enum class Improvement : std::uint8_t {
  none,
#define IMPROVEMENT(name, word, heuristics) name,
#include "core/base/improvements.def"
#undef IMPROVEMENT
};

/// What is known of one improvement.
struct ImprovementInfo {
  std::string_view word;        ///< `raise-threshold`
  std::string_view heuristics;  ///< those of Reijers and Liman Mansar, by their names there
};

/// Of all improvements in the order of `Improvement`, `none` first (`other`).
std::span<const ImprovementInfo> improvement_infos();

/// `raise-threshold`; `other` for none.
std::string_view to_string(Improvement improvement);

}  // namespace gemba::inline base
