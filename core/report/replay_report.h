#pragma once
#include "core/eventlog/event_log.h"
#include "core/model/process.h"
#include "core/replay/conformance.h"
#include "core/replay/kpi.h"
#include "core/replay/profile.h"
#include "core/report/report.h"

namespace gemba {

/// How a log goes with a process, as far as that was looked at.
struct ConformanceView {
  const Conformance* conformance = nullptr;  ///< none: no case can come to an end in the process
  bool all_variants = false;
};

/// What `gemba replay` found: the verdict on the KPIs of the document, and the log's profile on it,
/// step by step.
Report replay_report(const Process& process, const EventLog& log, const Profile& profile,
                     const std::vector<KpiResult>& kpis, const ConformanceView& view = {});

}  // namespace gemba
