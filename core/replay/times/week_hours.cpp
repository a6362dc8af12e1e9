#include "core/replay/times/week_hours.h"

#include <algorithm>

#include "core/replay/cases/each_case.h"

namespace gemba::inline replay {
namespace {

constexpr Micros micros_per_week = 7 * micros_per_day;
/// Monday 1970-01-05, the first of the era.
constexpr Micros first_monday = 4 * micros_per_day;

/// Where a local time lies in its week.
Micros since_monday(Micros local) {
  const Micros rest = (local - first_monday) % micros_per_week;
  return rest < 0 ? rest + micros_per_week : rest;
}

}  // namespace

void WeekTime::add(Micros begin, Micros end) {
  while (begin < end) {
    const ZoneOffset& known = clock_.offset_at(begin);
    const Micros until = std::min(end, known.end);
    add_until(until + known.offset, 1);
    add_until(begin + known.offset, -1);
    begin = until;
  }
}

void WeekTime::add_until(Micros local, int sign) {
  const Micros within = since_monday(local);
  const Micros hour = within / micros_per_hour;
  weeks_ += sign * ((local - first_monday - within) / micros_per_week);
  ends_in_[static_cast<std::size_t>(hour)] += sign;
  parts_[static_cast<std::size_t>(hour)] += sign * (within - hour * micros_per_hour);
}

void WeekTime::join(const WeekTime& other) {
  weeks_ += other.weeks_;
  for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
    ends_in_[hour] += other.ends_in_[hour];
    parts_[hour] += other.parts_[hour];
  }
}

WeekTable<double> WeekTime::seconds() const {
  WeekTable<double> seconds = {};
  std::int64_t whole_hours = weeks_;
  for (std::size_t hour = hours_per_week; hour-- > 0;) {
    const double parts = static_cast<double>(parts_[hour]) / static_cast<double>(micros_per_second);
    seconds[hour] = static_cast<double>(whole_hours) * 3600 + parts;
    whole_hours += ends_in_[hour];
  }
  return seconds;
}

std::size_t WeekCollector::hour_of(Micros moment) {
  return static_cast<std::size_t>(since_monday(clock_.to_local(moment)) / micros_per_hour);
}

void WeekCollector::add(const std::vector<Instance>& instances,
                        std::span<const InstanceTiming> timings) {
  const auto own = extent(instances);
  if (!own) return;
  ++hours_.arrivals[hour_of(own->first)];
  hours_.first = hours_.first == no_time ? own->first : std::min(hours_.first, own->first);
  hours_.last = std::max(hours_.last, own->second);
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const Instance& each = instances[at];
    if (interval_) {
      if (each.service()) work_.add(each.start, each.end);
    } else if (each.moment() != no_time) {
      ++events_[hour_of(each.moment())];
    }
    if (!timings[at].sla_met) continue;
    const std::size_t hour = hour_of(timings[at].enabled);
    ++hours_.sla_judged[hour];
    if (!*timings[at].sla_met) ++hours_.sla_breached[hour];
  }
}

void WeekCollector::join(const WeekCollector& other) {
  work_.join(other.work_);
  for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
    hours_.arrivals[hour] += other.hours_.arrivals[hour];
    hours_.sla_judged[hour] += other.hours_.sla_judged[hour];
    hours_.sla_breached[hour] += other.hours_.sla_breached[hour];
    events_[hour] += other.events_[hour];
  }
  hours_.last = std::max(hours_.last, other.hours_.last);
  if (other.hours_.first == no_time) return;
  hours_.first =
      hours_.first == no_time ? other.hours_.first : std::min(hours_.first, other.hours_.first);
}

WeekHours WeekCollector::result() {
  hours_.at_work = interval_;
  if (hours_.first == no_time) return hours_;
  span_.add(hours_.first, hours_.last);
  const WeekTable<double> spanned = span_.seconds();
  const WeekTable<double> worked = work_.seconds();
  for (std::size_t hour = 0; hour < hours_per_week; ++hour) {
    if (!interval_) {
      hours_.load[hour] = static_cast<double>(events_[hour]);
    } else if (spanned[hour] > 0) {
      hours_.load[hour] = worked[hour] / spanned[hour];
    }
  }
  return hours_;
}

}  // namespace gemba::inline replay
