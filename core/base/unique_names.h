#pragma once
#include <set>
#include <string>

namespace gemba::inline base {

/// Names handed out once each.
struct UniqueNames {
  std::set<std::string> used;

  /// The name wanted, or with the first number behind it that makes it a new one: `a`, `a.2`,
  /// `a.3`.
  std::string take(const std::string& wanted, char before_number) {
    std::string name = wanted;
    for (std::size_t number = 2; !used.insert(name).second; ++number) {
      name = wanted + before_number + std::to_string(number);
    }
    return name;
  }
};

}  // namespace gemba::inline base
