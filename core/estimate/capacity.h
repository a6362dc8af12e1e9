#pragma once
#include <optional>
#include <vector>

#include "core/estimate/expected.h"

namespace gemba::inline estimate {

/// What the people of a role can do.
struct Capacity {
  double hours_per_month = 0;  ///< of work, of all of them together
  double on_duty = 0;          ///< people at the same time while the role's calendar is open
  bool assumed = false;        ///< without a calendar: a week of 40 hours for everybody
};

/// None for a role without a headcount. Nobody works more than 40 hours a week: a calendar that is
/// open longer is covered in shifts. Who serves several customers at once (`concurrency`) can do as
/// many times more. Public holidays are not taken off.
std::optional<Capacity> capacity_of(const Definitions& definitions, RoleId role);

/// What a process asks of a role.
struct Load {
  double hours_per_month = 0;
  double pieces_per_month = 0;  ///< visits of its steps
};

/// By RoleId, with `figures` those after `edit`; all zero when nobody knows how many cases there
/// are.
std::vector<Load> loads_of(const Process& process, const Expected& figures, const Edit& edit = {});

/// The probability that an arrival has to wait for one of `servers` (at least 1), with a load of
/// `erlangs` (arrivals per hour times hours of service); 1 from full load on. Erlang's C formula
/// (Erlang 1917; Gross and Harris, Fundamentals of Queueing Theory, M/M/c).
double erlang_c(int servers, double erlangs);

/// Seconds that a piece of work waits on average until one of the people on duty takes it, when
/// work arrives at random during opening hours (M/M/c). None from full load on: the queue grows
/// without end.
std::optional<double> queueing_seconds(const Capacity& capacity, const Load& load);

}  // namespace gemba::inline estimate
