#pragma once
#include <vector>

#include "core/model/process.h"
#include "core/replay/kpi/kpi.h"
#include "core/replay/profile.h"
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

/// One check per step with an SLA: it holds when at least a share `target` of the times was within
/// the limit; skipped where none could be judged.
std::vector<Check> sla_checks(const Process& process, const Profile& profile, double target);

/// In one line how many of the `sla_checks` hold.
std::string sla_verdict(const std::vector<Check>& checks, double target);

}  // namespace gemba::inline report
