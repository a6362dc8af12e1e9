#pragma once
#include "core/base/diagnostic.h"
#include "core/findings/baseline.h"
#include "core/model/process.h"
#include "core/replay/conform/conformance.h"

namespace gemba::inline findings {

/// Deviations as findings, so that a baseline can accept them: each is known by its kind, the
/// document, and the step, the activity or the flow.
Diagnostics deviation_findings(const Process& process, const Conformance& conformance);

/// Marks the deviations that a baseline accepts, puts them last, and returns how many it accepts
/// that there are no more.
std::size_t accept_deviations(const Baseline& baseline, const Process& process,
                              Conformance& conformance);

}  // namespace gemba::inline findings
