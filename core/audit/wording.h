#pragma once
#include <string>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// The step's name in single quotes.
std::string quoted(const Step& step);

/// The role's name in single quotes; "nobody in particular" for a step without role.
std::string quoted_role(const Process& process, const Step& step);

/// A fraction as people read it: `97%`, `98.5%`, `0.3%`.
std::string percent(double fraction);

/// Bounds of 95 % confidence for a share of which `count` cases were seen, as percentages: `1.6 to
/// 2.7`. The score interval (Wilson 1927).
std::string confidence(double share, double count);

/// A number with at most `digits` decimals, without trailing zeros.
std::string decimal(double value, int digits = 1);

/// `a`, `a and b`, `a, b and c`; after `most` items `a, b and 7 more`.
std::string listed(const std::vector<std::string>& items, std::size_t most = SIZE_MAX);

/// Adds what a visit of the step takes, when it is known.
void add_time_evidence(const AuditInput& input, StepId step, Finding& finding);

/// Adds what people say about the step.
void add_pain_evidence(const AuditInput& input, StepId step, Finding& finding);

/// Makes a finding a question to the owner: nothing that must be acted on at once.
void only_ask(Finding& finding);

/// How many of the steps `add_time_evidence` is given for; the rest is in the picture.
inline constexpr std::size_t most_times = 8;

/// Names of steps in single quotes.
std::vector<std::string> quoted_names(const Process& process, const std::vector<StepId>& steps);

}  // namespace gemba::inline audit
