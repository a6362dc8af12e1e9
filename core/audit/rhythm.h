#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// What says that a step is done at set times, or for many cases at once.
struct Rhythm {
  enum class Where : std::uint8_t { key, name, note };  ///< of the step
  std::string_view word;
  Where where = Where::note;
};

/// None unless the step says so by `every` or `wait_for`, or else by its name or note: 每周,
/// meeting, batch …
std::optional<Rhythm> rhythm_of(const Step& step);

/// What a wait of our own is for, by its name.
enum class WaitsFor : std::uint8_t {
  nothing_named,
  set_time,  ///< an hour, a slot, the next day: 整点, 次日, slot …
  place,     ///< a room, a bed, a window: 床位, 诊室, room …
  others     ///< anything else that is named: 回复, delivery …
};
WaitsFor waits_for(const Process& process, const Step& step);

/// Whether the case only waits at the step, and it is for us to end it: a wait that is not outside,
/// or a task of ours, or of nobody but a machine, that is hardly any work and says that it waits.
bool is_own_wait(const AuditInput& input, StepId id);

/// Whether it is for us to begin the step sooner: work of ours, a machine's or a wait of our own.
bool is_ours(const Process& process, StepId id);

/// The part of the waiting before the step that the log finds to be for a batch to fill; none
/// without a log that tells.
std::optional<double> batching_share(const AuditInput& input, StepId id);

/// Makes the change that cases wait for the step only `rest`, 0 to 1, of what they wait now, and
/// says how much earlier they end when `how`.
void add_shorter_wait(const AuditInput& input, StepId waits, double rest, const std::string& how,
                      Finding& finding);

/// The same for a step that is done at least once a day, or once an hour where cases wait for less
/// than two days: half of the new interval is still waited for, and what a log finds to be for
/// other causes.
void add_oftener(const AuditInput& input, StepId id, Finding& finding);

}  // namespace gemba::inline audit
