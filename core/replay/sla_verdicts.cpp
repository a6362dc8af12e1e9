#include "core/replay/sla_verdicts.h"

namespace gemba::inline replay {

std::vector<SlaVerdict> judge_slas(const Process& process, const Profile& profile, double target) {
  std::vector<SlaVerdict> verdicts;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!process.steps[i].sla) continue;
    SlaVerdict& verdict = verdicts.emplace_back(SlaVerdict{.step = StepId(i), .attainment = {}});
    const std::optional<SlaAttainment>& sla = profile.steps[i].sla;
    if (!sla || sla->met + sla->breached == 0) continue;
    verdict.attainment =
        static_cast<double>(sla->met) / static_cast<double>(sla->met + sla->breached);
    verdict.met = *verdict.attainment >= target;
  }
  return verdicts;
}

}  // namespace gemba::inline replay
