#pragma once
#include <fmt/format.h>

#include <string>

namespace gemba::inline eventlog {

/// Says what to do with an object-centric log (OCEL 1.0 and 2.0), whose events belong to several
/// objects and to no case.
inline std::string describe_object_centric(const std::string& path) {
  return fmt::format(
      "'{}' is an object-centric log (OCEL): its events have objects and no case; flatten it on "
      "one "
      "object type first, for example with ocel_flattening of pm4py, and give the log in CSV or "
      "XES",
      path);
}

}  // namespace gemba::inline eventlog
