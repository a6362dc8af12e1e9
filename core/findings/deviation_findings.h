#pragma once
#include <string>
#include <vector>

#include "core/findings/baseline.h"
#include "core/model/process.h"
#include "core/replay/conform/conformance.h"

namespace gemba::inline findings {

/// Fingerprints of deviations, so that a baseline can accept them: each is known by its kind, the
/// document, and the step, the activity or the flow.
std::vector<std::string> deviation_fingerprints(const Process& process,
                                                const Conformance& conformance);

/// Marks the deviations that a baseline accepts, puts them last, and returns how many it accepts
/// that there are no more.
std::size_t accept_deviations(const Baseline& baseline, const Process& process,
                              Conformance& conformance);

}  // namespace gemba::inline findings
