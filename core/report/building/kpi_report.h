#pragma once
#include <vector>

#include "core/model/process.h"
#include "core/replay/kpi/kpi.h"
#include "core/replay/profile.h"
#include "core/replay/sla_verdicts.h"
#include "core/report/building/group_tables.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// Every KPI, with everything that is known about it. `kpis` of this and what follows are by
/// position in `Process::kpis`, as `Profile::kpis` has them.
Json kpis_json(const Process& process, const std::vector<KpiResult>& kpis);

/// Adds the verdict to the lead of a report, and tables of figures and of the cases counted; of a
/// document without KPIs, nothing.
void add_kpis(const Process& process, const std::vector<KpiResult>& kpis, Report& report);

/// Every KPI in every group, over the cases that belong to it; no rows where none was measured.
Table kpi_groups_table(const Process& process, const std::vector<GroupProfile>& groups,
                       const GroupWords& by);

/// Adds what has to be known about the figures: cases left out, what could not be measured.
void add_kpi_notes(const Process& process, const std::vector<KpiResult>& kpis, Report& report);

/// One check per KPI with a target; skipped where there is no figure.
std::vector<Check> kpi_checks(const Process& process, const std::vector<KpiResult>& kpis);

/// One check per verdict, which are those of `judge_slas` with this target; skipped where nothing
/// could be judged.
std::vector<Check> sla_checks(const Process& process, const Profile& profile,
                              const std::vector<SlaVerdict>& verdicts, double target);

/// In one line how many of the verdicts are good.
std::string sla_summary(const std::vector<SlaVerdict>& verdicts, double target);

}  // namespace gemba::inline report
