#include "core/report/building/stats_notes.h"

#include "core/base/text.h"
#include "core/report/building/log_json.h"
#include "core/report/cells.h"

namespace gemba::inline report {
namespace {

std::string mode_note(const LogStatistics& found) {
  switch (found.mode) {
    case LifecycleMode::instances:
      return "lifecycle mode 'instances': a step has a start and an end; edge times are start of "
             "the target − end "
             "of the source, negative where they overlap";
    case LifecycleMode::complete:
      return "lifecycle mode 'complete': only complete events are steps; a step's time is its "
             "sojourn time (waiting "
             "and work together)";
    case LifecycleMode::events:
    case LifecycleMode::automatic:
      break;
  }
  return "lifecycle mode 'events': every row is a step with one time; a step's time is its sojourn "
         "time (waiting and "
         "work together)";
}

void add_time_notes(const LogQuality& quality, std::vector<std::string>& notes) {
  const auto note = [&](std::int64_t count, std::string_view one, std::string_view many) {
    if (count > 0) notes.push_back(counted(count, one, many));
  };
  note(quality.cases_out_of_order,
       "case is not in order of time in the file; its events were put in order",
       "cases are not in order of time in the file; their events were put in order");
  note(clock_jumps(quality).value_or(0),
       "row is earlier than the row before, in a file in order of time: did a clock jump?",
       "rows are earlier than the row before, in a file in order of time: did a clock jump?");
  note(quality.skipped_times, "time never was on the clocks of the zone (summer time began)",
       "times never were on the clocks of the zone (summer time began)");
  note(quality.repeated_times, "time was twice on the clocks of the zone; the first is taken",
       "times were twice on the clocks of the zone; the first is taken");
}

void add_quality_notes(const EventLog& log, const LogStatistics& found,
                       std::vector<std::string>& notes) {
  add_time_notes(log.quality, notes);
  const auto note = [&](std::int64_t count, std::string_view one, std::string_view many) {
    if (count > 0) notes.push_back(counted(count, one, many));
  };
  note(found.equal_times,
       "event has the same time as the one before in its case; they keep the file's order",
       "events have the same time as the one before in their case; they keep the file's order");
  note(found.duplicates, "event repeats the one before in activity, resource and time",
       "events repeat the one before in activity, resource and time");
  note(log.quality.missing_resources, "event has no resource", "events have no resource");
  note(log.quality.missing_starts, "event has no start time", "events have no start time");
  note(log.quality.starts_after_end, "event starts after it ends", "events start after they end");
  note(log.quality.unnamed_cases, "case has no name; it counts as a case of its own",
       "cases have no name; each counts as a case of its own");
  note(log.quality.empty_traces, "trace has no event and is not counted",
       "traces have no event and are not counted");
  note(found.empty_cases, "case has no step in this lifecycle mode and is not counted",
       "cases have no step in this lifecycle mode and are not counted");
  note(found.open_instances, "step was started and never completed",
       "steps were started and never completed");
  note(found.completes_unpaired, "step was completed without a start; its service time is unknown",
       "steps were completed without a start; their service time is unknown");
  note(found.other_events, "event of another lifecycle transition is no step of its own",
       "events of other lifecycle transitions are no steps of their own");
  note(found.unusual_starts,
       "case begins with an activity that nearly always follows another; is its beginning missing?",
       "cases begin with an activity that nearly always follows another; is their beginning "
       "missing?");
  note(found.unusual_ends,
       "case ends with an activity that another nearly always follows; it may not be complete",
       "cases end with an activity that another nearly always follows; they may not be complete");
}

}  // namespace

std::vector<std::string> stats_notes(const EventLog& log, const LogStatistics& found) {
  std::vector<std::string> notes = {mode_note(found)};
  for (std::string& note : log_notes(log)) notes.push_back(std::move(note));
  add_quality_notes(log, found, notes);
  return notes;
}

}  // namespace gemba::inline report
