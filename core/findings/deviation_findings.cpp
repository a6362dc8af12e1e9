#include "core/findings/deviation_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/findings/fingerprint.h"

namespace gemba::inline findings {

std::vector<std::string> deviation_fingerprints(const Process& process,
                                                const Conformance& conformance) {
  std::vector<std::string> fingerprints;
  for (const Deviation& each : conformance.deviations) {
    std::string element = each.step ? process[*each.step].id : each.activity;
    if (each.flow) element = fmt::format("{}>{}", process[process[*each.flow].from].id, element);
    fingerprints.push_back(fingerprint(to_string(each.kind), process.id, element));
  }
  return fingerprints;
}

std::size_t accept_deviations(const Baseline& baseline, const Process& process,
                              Conformance& conformance) {
  const std::vector<std::string> fingerprints = deviation_fingerprints(process, conformance);
  Baseline left = baseline;
  for (std::size_t i = 0; i < fingerprints.size(); ++i) {
    if (!take_one(left, fingerprints[i])) continue;
    conformance.deviations[i].accepted = baseline.find(fingerprints[i])->second.reason;
  }
  std::stable_partition(conformance.deviations.begin(), conformance.deviations.end(),
                        [](const Deviation& each) { return !each.accepted; });
  return count_of(left);
}

}  // namespace gemba::inline findings
