// The end of a log: its parts are joined, and what only the whole of it tells is settled.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/eventlog/build/log_builder.h"

namespace gemba::inline eventlog {

namespace {

// Counts the cases without a name of a part on from those in front of it.
void rename_unnamed_cases(LogPart& part, std::int64_t before) {
  if (before == 0 || part.quality.unnamed_cases == 0) return;
  StringPool renamed;
  for (std::uint32_t number = 0; number < part.cases.size(); ++number) {
    const std::string_view name = part.cases[number];
    if (part.cases.find(name) == number) {
      renamed.intern(name);
    } else {
      renamed.add_apart(unnamed_case(++before));
    }
  }
  part.cases = std::move(renamed);
}

// The last time that some parts have; `no_time` where they have none.
Micros last_time_of(std::span<const LogPart> parts) {
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const auto found = std::find_if(part->time.rbegin(), part->time.rend(),
                                    [](Micros time) { return time != no_time; });
    if (found != part->time.rend()) return *found;
  }
  return no_time;
}

// Cases that have a name of their own, before events are dropped.
std::int64_t named_cases(std::span<const LogPart> parts) {
  StringPool names;
  for (const LogPart& part : parts) {
    for (std::uint32_t number = 0; number < part.cases.size(); ++number) {
      const std::string_view name = part.cases[number];
      if (part.cases.find(name) == number) names.intern(name);
    }
  }
  return static_cast<std::int64_t>(names.size());
}

// How often a time is before that of the row above; rows without one do not count.
std::int64_t steps_back(const LargeVector<Micros>& times, Micros before) {
  std::int64_t steps = 0;
  for (const Micros time : times) {
    if (time == no_time) continue;
    steps += time < before ? 1 : 0;
    before = time;
  }
  return steps;
}

}  // namespace

// Once a date has told how, all times that may be read either way are decided.
void LogBuilder::settle_dates(LogPart& part) const {
  if (timestamps_.order() == DateOrder::undecided) return;
  for (const DateChoice& choice : part.choices) {
    if (timestamps_.order() != DateOrder::day_first) break;
    (choice.is_start ? part.start : part.time)[choice.event] = choice.day_first;
  }
  release(part.choices);
}

// What the reader of times has counted belongs to the part that was read with it.
void LogBuilder::close_part() {
  part_.quality.skipped_times = timestamps_.skipped_times();
  part_.quality.repeated_times = timestamps_.repeated_times();
}

bool LogBuilder::append(LogBuilder&& next, std::uint64_t first_line) {
  const DateOrder own = timestamps_.order();
  const DateOrder later = next.timestamps_.order();
  if (own != DateOrder::undecided && later != DateOrder::undecided && own != later) return false;
  if (own == DateOrder::undecided) timestamps_.set_order(later);
  next.close_part();
  std::int64_t unnamed = part_.quality.unnamed_cases;
  for (const LogPart& part : later_) unnamed += part.quality.unnamed_cases;
  rename_unnamed_cases(next.part_, unnamed);
  LogPart& part = later_.emplace_back(std::move(next.part_));
  for (BadRow& row : part.quality.bad_examples) row.line += first_line - 1;
  for (std::uint64_t& line : part.timeless_lines) line += first_line - 1;
  part.first_choice.line += first_line - 1;
  part.quality.first_bad_start.line += first_line - 1;
  for (AttributeColumn& attribute : part.attributes) {
    for (std::uint64_t& line : attribute.first_lines) line += first_line - 1;
  }
  return true;
}

// The last step over all parts before they become a log.
void LogBuilder::finish_parts(std::vector<LogPart>& parts) const {
  for (LogPart& part : parts) {
    settle_dates(part);
    if (!part.choices.empty()) {
      throw Error(fmt::format(
          "'{}', line {}: '{}' may begin with the day or with the month, and no date of the log "
          "tells which; say so with --time-format day-first or --time-format month-first",
          log_.path, part.first_choice.line, part.first_choice.reason));
    }
  }
  in_parallel(parts.size(), [&](std::size_t number) {
    parts[number].quality.steps_back =
        steps_back(parts[number].time, last_time_of(std::span(parts).first(number)));
  });
}

// Numbers of more than 15 digits that a spreadsheet has shortened, 2.02207E+18: cases that were
// different have become one.
void LogBuilder::refuse_shortened_cases() const {
  for (std::uint32_t number = 0; number < log_.cases.size(); ++number) {
    const std::string_view name = log_.cases[number];
    if (name.size() < 5 || name.size() > 12 || name[name.size() - 4] != 'E' ||
        name[name.size() - 3] != '+' || !number_in(name))
      continue;
    throw Error(fmt::format(
        "the case '{}' of '{}' is a number that a spreadsheet has shortened: its last digits are "
        "lost, and cases cannot be told apart; export the log again with {} as text, or name "
        "another column with --case",
        name, log_.path,
        log_.columns.case_columns.empty()
            ? "the case"
            : fmt::format("'{}'", log_.columns.case_columns.front())));
  }
}

void LogBuilder::finish() {
  close_part();
  std::vector<LogPart> parts;
  parts.push_back(std::move(part_));
  for (LogPart& part : later_) parts.push_back(std::move(part));
  const auto any_has = [&](auto LogPart::*column) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const LogPart& part) { return !(part.*column).empty(); });
  };
  const bool has_times = any_has(&LogPart::time);
  std::int64_t rows_open = 0;
  std::size_t rows_all = 0;
  for (const LogPart& part : parts) {
    rows_open += part.quality.open_rows;
    rows_all += part.size();
  }
  const bool all_open = rows_open > 0 && static_cast<std::size_t>(rows_open) == rows_all;
  if (all_open || (!has_times && any_has(&LogPart::start))) {
    throw Error(fmt::format(
        "'{}' has start times ('{}') and no end times; name the column of the end times, or of the "
        "one time per event, with --timestamp",
        log_.path, log_.columns.start));
  }
  finish_parts(parts);
  std::optional<std::int64_t> cases;
  if (has_times) {
    // Dropped events may take their case with them; otherwise the log tells how many there are.
    if (std::any_of(parts.begin(), parts.end(),
                    [](const LogPart& each) { return each.timeless > 0; }))
      cases = named_cases(parts);
    for (LogPart& part : parts) drop_timeless_events(part);
  }
  log_.date_order = timestamps_.order();
  assemble(std::move(parts), threads_for(rows_all, threads_), log_);
  refuse_more_activities(log_.activities.size());
  refuse_shortened_cases();
  LogQuality& quality = log_.quality;
  if (quality.named_traces > 0) {
    quality.repeated_traces =
        quality.named_traces -
        cases.value_or(static_cast<std::int64_t>(log_.case_count()) - quality.unnamed_cases);
  }
  quality.missing_resources = std::count(log_.resource.begin(), log_.resource.end(), no_resource);
  quality.missing_starts =
      std::count(log_.start.begin(), log_.start.end(), no_time) - quality.open_rows;
  if (log_.start.empty()) quality.missing_starts = 0;
  for (std::size_t event = 0; event < log_.start.size(); ++event)
    quality.starts_after_end += log_.start[event] > log_.time[event] ? 1 : 0;
}

}  // namespace gemba::inline eventlog
