#include "core/estimate/capacity.h"

#include <algorithm>
#include <cmath>

#include "core/estimate/handovers.h"
#include "core/time/duration.h"

namespace gemba::inline estimate {
namespace {

constexpr double full_week = 40;  ///< hours
constexpr double weeks_per_month = seconds_per_month / (7 * 86'400);

double open_hours_per_week(const Calendar& calendar) {
  int minutes = 0;
  for (const std::vector<Shift>& day : calendar.hours) {
    for (const Shift& shift : day) minutes += shift.end - shift.begin;
  }
  return minutes / 60.0;
}

}  // namespace

std::optional<Capacity> capacity_of(const Definitions& definitions, RoleId id) {
  const Role& role = definitions[id];
  if (!role.headcount || *role.headcount <= 0) return std::nullopt;
  Capacity capacity;
  double open = full_week;
  if (role.calendar) open = open_hours_per_week(definitions[*role.calendar]);
  capacity.assumed = !role.calendar || open <= 0;
  if (open <= 0) open = full_week;
  const double worked = std::min(open, full_week);
  const double at_once = std::max(1.0, role.concurrency.value_or(1));
  capacity.hours_per_month = *role.headcount * at_once * worked * weeks_per_month;
  capacity.on_duty = *role.headcount * at_once * worked / open;
  return capacity;
}

std::vector<Load> loads_of(const Process& process, const Expected& figures, const Edit& edit) {
  std::vector<Load> loads(process.definitions.roles.size());
  if (!figures.cases_per_month) return loads;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const std::optional<RoleId> role = role_of(process, edit, StepId(i));
    const double work = figures.steps[i].work;
    if (!role || work <= 0) continue;
    const double pieces = figures.visits.steps[i] * *figures.cases_per_month;
    loads[role->index()].pieces_per_month += pieces;
    loads[role->index()].hours_per_month += pieces * work / 3600;
  }
  return loads;
}

double erlang_c(int servers, double erlangs) {
  if (erlangs >= servers) return 1;
  // Erlang B by its recursion, which does not overflow as the factorials do.
  double blocked = 1;
  for (int n = 1; n <= servers; ++n) blocked = erlangs * blocked / (n + erlangs * blocked);
  const double use = erlangs / servers;
  return blocked / (1 - use * (1 - blocked));
}

std::optional<double> queueing_seconds(const Capacity& capacity, const Load& load) {
  if (load.pieces_per_month <= 0) return 0;
  const double use = load.hours_per_month / capacity.hours_per_month;
  if (use >= 1) return std::nullopt;
  // Two and a half people are three who are there for five sixths of the time, and slower by that.
  const double servers = std::ceil(capacity.on_duty - 1e-9);
  constexpr double most_servers = 1e5;  // of so many one is always free
  if (servers > most_servers) return 0;
  const double service =
      load.hours_per_month / load.pieces_per_month * 3600 * servers / capacity.on_duty;
  return erlang_c(static_cast<int>(servers), use * servers) * service / (servers * (1 - use));
}

}  // namespace gemba::inline estimate
