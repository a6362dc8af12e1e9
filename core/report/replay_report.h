#pragma once
#include "core/eventlog/event_log.h"
#include "core/model/process.h"
#include "core/replay/profile.h"
#include "core/report/report.h"

namespace gemba {

/// What `gemba replay` found: the log's profile on the process, step by step.
Report replay_report(const Process& process, const EventLog& log, const Profile& profile);

}  // namespace gemba
