#include "core/report/building/figures.h"

#include "core/report/cells.h"

namespace gemba::inline report {

Cell figure(const Summary& summary, double value, std::int64_t needed) {
  return summary.count < needed ? Cell() : Cell(value);
}

Json sla_json(const std::optional<SlaAttainment>& sla) {
  if (!sla) return nullptr;
  const std::int64_t judged = sla->met + sla->breached;
  return Json::Object{{"limit", sla->limit_seconds},
                      {"business", sla->business},
                      {"met", sla->met},
                      {"breached", sla->breached},
                      {"attainment", json_cell(attainment_cell(sla->met, judged))}};
}

Cell attainment_cell(std::int64_t met, std::int64_t judged) {
  return judged == 0 ? Cell() : Cell(share_of(met, judged));
}

}  // namespace gemba::inline report
