#pragma once
#include <optional>

#include "core/replay/profile.h"
#include "core/report/report.h"

/// Figures that several reports show alike.
namespace gemba::inline report {

/// A figure of a summary as a cell; empty when there are too few values for it.
Cell figure(const Summary& summary, double value, std::int64_t needed = 1);

/// How often an SLA was met; null without one.
Json sla_json(const std::optional<SlaAttainment>& sla);

/// The share that met an SLA; empty when none was judged.
Cell attainment_cell(std::int64_t met, std::int64_t judged);

}  // namespace gemba::inline report
