#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/descriptor.h"
#include "core/estimate/expected.h"

namespace gemba::inline audit {

/// What a piece of evidence rests on: the shape of the flow, what the document declares, or a log.
enum class Basis : std::uint8_t { structure, declared, log };

/// `structure`, `declared`, `log`.
std::string_view to_string(Basis basis);

/// One reason to believe a finding: a short sentence without final stop.
struct Evidence {
  std::string text;
  Basis source = Basis::structure;
};

/// What a change saves. Not clamped: a change that costs more than it saves has negative figures.
struct Saves {
  double hours_per_100_cases = 0;         ///< working hours of our people
  std::optional<double> hours_per_month;  ///< none when nobody knows how many cases there are
  std::optional<double> cost_per_month;   ///< none without rates or volume
  double cycle_seconds = 0;               ///< per case
  double handovers = 0;                   ///< per case
};

/// What a change saves of what a case takes today, as shares: 0.2 is a fifth less; negative, it
/// adds.
struct Gain {
  double work = 0, time = 0;   ///< of the working hours; of the time from start to end
  std::optional<double> cost;  ///< none without rates

  /// The mean of time and effort: effort is work or, where rates are known, the mean of work and
  /// cost.
  double mean() const { return (time + (cost ? (work + *cost) / 2 : work)) / 2; }
};

/// What to do about a finding.
struct Change {
  std::string summary;  ///< one or two sentences with final stop
  std::string patch;    ///< TOML, where the change is mechanical; else empty
  Edit edit;            ///< the same for the model; empty when nothing can be computed
};

/// What it would mean to send only amounts above a limit to an approval, as a log has it.
struct LimitChoice {
  double limit = 0;
  double avoided = 0;              ///< share of the approvals, 0 to 1
  double hours_per_100_cases = 0;  ///< of work saved
  std::optional<double> hours_per_month;
  double money_share = 0;      ///< of all amounts, that nobody approves any more
  double refusals_missed = 0;  ///< share of the refusals that were of amounts within the limit
  double exposed = 0;          ///< money of those refusals, per case at the approval
};

/// Waste in a process, with what speaks for and against removing it.
struct Finding {
  const Descriptor* about = nullptr;
  Level level = Level::warning;
  Improvement improvement = Improvement::none;  ///< what its change is called in the field
  std::string title;          ///< one sentence without final stop; names of steps in single quotes
  std::vector<StepId> steps;  ///< every step concerned
  std::vector<Evidence> evidence;
  Saves saves;
  Gain gain;
  std::string against;  ///< what the step was for, what to check first: sentences with final stop
  Change change;
  std::vector<LimitChoice> limits;  ///< of an approval's threshold, rising; else empty
  double cases_touched = 0;         ///< visits per case of the most visited step that changes
  SourceSpan span;
  std::string document;
  std::string element;  ///< id of the step it points at; empty for the process as a whole
};

/// The finding as what all reports of faults know: code, level, title, place.
Diagnostic as_diagnostic(const Finding& finding);

}  // namespace gemba::inline audit
