#pragma once
#include <string>

#include "core/replay/times/week_hours.h"
#include "core/time/time_zone.h"

namespace gemba::inline render {

/// What stands above a heat map of the week, and in which language.
struct WeekMapText {
  std::string title;            ///< of the process
  std::string language = "zh";  ///< `zh` or `en`
  std::int64_t cases = 0;
};

/// A picture of three tables, weekdays down and hours across: when cases arrive, when SLAs are
/// breached, and the load. SVG that needs nothing else; its text is to be read by machines too. The
/// colours are those of `heat_colour`, from nothing to the most of each table.
std::string week_map_svg(const WeekHours& hours, const TimeZone& zone, const WeekMapText& text);

}  // namespace gemba::inline render
