#pragma once
#include <string>
#include <vector>

#include "core/model/process.h"
#include "core/replay/profile.h"
#include "core/report/report.h"

namespace gemba::inline report {

/// What the groups of a log are, for tables of them.
struct GroupWords {
  std::string key;           ///< machine name of one: `period`
  std::string title;         ///< what people call one: `week`, `渠道`
  bool by_case = true;       ///< cases belong to one as a whole
  bool has_unnamed = false;  ///< the last one has no name
  bool is_series = false;    ///< they follow each other in time: all are shown, in order
};

/// The steps that occur in a group, as machines read them.
Json group_steps_json(const Process& process, const GroupProfile& group);

/// Adds tables of groups: their cases, KPIs, steps and SLAs.
void add_group_tables(const Process& process, const Profile& profile,
                      const std::vector<GroupProfile>& groups, const GroupWords& words,
                      Report& report);

}  // namespace gemba::inline report
