#pragma once
#include <string>

#include "core/eventlog/event_log.h"
#include "core/time/time.h"

namespace gemba {

/// `case/activity/time/resource` of every event, case by case, with the parts that the log has.
inline std::string show_events(const EventLog& log) {
  std::string shown;
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    const EventRange range = log.events_of(CaseId(id));
    for (std::uint32_t event = range.begin; event < range.end; ++event) {
      shown += shown.empty() ? "" : " ";
      shown += std::string(log.name(CaseId(id))) + "/" + std::string(log.name(log.activity[event]));
      if (log.has_times()) shown += "/" + format_utc(log.time[event]);
      if (!log.has_resources()) continue;
      const ResourceId resource = log.resource[event];
      shown += "/" + (resource == no_resource ? "-" : std::string(log.name(resource)));
    }
  }
  return shown;
}

}  // namespace gemba
