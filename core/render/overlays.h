#pragma once
#include "core/base/diagnostic.h"
#include "core/model/labelled_net.h"
#include "core/model/process.h"
#include "core/render/chart/chart.h"
#include "core/render/picture.h"
#include "core/replay/profile.h"
#include "core/replay/replay.h"

namespace gemba::inline render {

/// What is asked to be shown over a chart.
struct WantedOverlays {
  bool heat = false;        ///< the times of a log
  bool deviations = false;  ///< where the cases of the log depart
  bool changes = false;     ///< since another version
};

/// Throws `UsageError` where a picture cannot show what is wanted over charts of so many documents,
/// or one overlay not beside another.
void check_overlays(const WantedOverlays& wanted, const Picture& picture, std::size_t documents);

/// What of a replay the overlays look at. `net` is that of a model of another tool, or null.
ReplayParts parts_shown(const WantedOverlays& wanted, const LabelledNet* net);

/// A process as it was checked, and what was found.
struct CheckedProcess {
  Process process;
  Diagnostics found;
};

/// What is known about a process besides itself; any of them may be null.
struct Overlays {
  const Profile* profile = nullptr;  ///< of a log: its times colour the steps
  bool deviations = false;           ///< of the profile, too
  const Process* earlier = nullptr;  ///< a version to compare with; no profile is shown then
  const CheckedProcess* checked = nullptr;
};

/// The chart of a process with everything that is to be shown over it. Throws as `make_chart` does.
Chart overlaid_chart(const Process& process, const Overlays& overlays, const ChartOptions& options);

}  // namespace gemba::inline render
