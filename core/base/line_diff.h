#pragma once
#include <string>
#include <string_view>

namespace gemba::inline base {

/// What was changed in a text, as a unified diff with three lines of context that `patch -p0`
/// understands; empty when nothing was. As few lines as possible are shown as changed (the longest
/// common subsequence of lines), unless thousands of lines lie between the first change and the
/// last: then all of them are. `name` stands for both texts.
std::string unified_diff(std::string_view before, std::string_view after, std::string_view name);

}  // namespace gemba::inline base
