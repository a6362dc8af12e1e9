#pragma once
#include <string>

#include "core/base/time_zone.h"
#include "core/base/timestamp.h"

namespace gemba {

/// `2012-01-01T05:00:00Z`, with milliseconds or microseconds where they are not zero. Years outside
/// of 0 to 9999 have a sign and six digits: `-000044-03-15T12:00:00Z`, `+012026-01-05T09:03:00Z`.
std::string format_utc(Micros utc);

}  // namespace gemba
