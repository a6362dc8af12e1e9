#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace gemba::inline eventlog {

/// Attributes of an event that tell together what it is (XES 2.0, IEEE 1849-2016, section 4.8).
struct XesClassifier {
  std::string name;
  std::vector<std::string> keys;
};

/// The keys that the attribute `keys` of a classifier lists: separated by spaces, in single quotes
/// where they hold spaces.
std::vector<std::string> classifier_keys(std::string_view list);

}  // namespace gemba::inline eventlog
