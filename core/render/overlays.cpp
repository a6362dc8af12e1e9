#include "core/render/overlays.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/compare/compare.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/deviation_marks.h"
#include "core/render/chart/finding_marks.h"

namespace gemba::inline render {
namespace {

void require_one(std::string_view option, std::size_t documents) {
  if (documents == 1) return;
  throw UsageError(
      fmt::format("{} is about one process, and there are {} documents", option, documents));
}

}  // namespace

void check_overlays(const WantedOverlays& wanted, const Picture& picture, std::size_t documents) {
  if (wanted.heat) require_one("--heat", documents);
  if (wanted.deviations && !wanted.heat) {
    throw UsageError("--deviations is about a log; name it with --heat LOG");
  }
  if (!wanted.changes) return;
  if (!picture.shows_changes) {
    throw UsageError(fmt::format(
        "--diff shows two versions, of which {} holds one; take another --format", picture.title));
  }
  if (wanted.heat) throw UsageError("--diff and --heat both colour the steps; draw two charts");
  require_one("--diff", documents);
}

ReplayParts parts_shown(const WantedOverlays& wanted, const LabelledNet* net) {
  ReplayParts parts;
  parts.causes = false;  // of waiting: no chart shows them
  if (wanted.deviations) parts.conformance = ConformanceOptions{.net = net};
  return parts;
}

Chart overlaid_chart(const Process& process, const Overlays& overlays,
                     const ChartOptions& options) {
  Chart chart =
      overlays.earlier == nullptr
          ? make_chart(process, options, overlays.profile)
          : make_chart(compare_versions(*overlays.earlier, process, is_chinese(options)), options);
  if (overlays.deviations && overlays.profile != nullptr)
    show_deviations(chart, *overlays.profile, options);
  if (overlays.checked != nullptr)
    show_findings(chart, overlays.checked->process, overlays.checked->found, options);
  return chart;
}

}  // namespace gemba::inline render
