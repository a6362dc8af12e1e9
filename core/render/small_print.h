#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/process.h"
#include "core/render/chart.h"

namespace gemba {

/// Working time, waiting time and SLA of a step, each when it has one (the SLA when `options.show`
/// asks for it): `2m`, `等待 4h`, `SLA ≤1 工作日`.
std::vector<std::string> step_times(const Step& step, const ChartOptions& options);

/// What stands under a step's name, wrapped: `figures`, the limit of an approval's role for what it
/// approves, and what `options.show` asks for.
std::vector<std::string> small_print(const Step& step, const Process& process,
                                     const ChartOptions& options, std::vector<std::string> figures);

/// How much the role of an approval may decide of the action it approves; none where that is
/// unlimited or not known.
std::optional<double> approval_limit(const Step& step, const Process& process);

/// A time as documents state it: `2h`, `1 工作日` (`1bd`), `4h 工时` (`4h bh`).
std::string readable_duration(const Duration& duration, bool chinese);

/// A working time: `2m`, `1m–5m`, `≈3m`.
std::string readable_work_time(const WorkTime& time, bool chinese);

/// Names of data, separated as the language does.
std::string data_names(const std::vector<DataUse>& uses, const Process& process, bool chinese);

}  // namespace gemba
