#include "core/findings/deviation_findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/findings/fingerprint.h"

namespace gemba::inline findings {

Diagnostics deviation_findings(const Process& process, const Conformance& conformance) {
  Diagnostics findings;
  for (const Deviation& each : conformance.deviations) {
    Diagnostic finding;
    finding.code = to_string(each.kind);
    finding.document = process.id;
    finding.element = each.step ? process[*each.step].id : each.activity;
    if (each.flow)
      finding.element = fmt::format("{}>{}", process[process[*each.flow].from].id, finding.element);
    findings.push_back(std::move(finding));
  }
  return findings;
}

std::size_t accept_deviations(const Baseline& baseline, const Process& process,
                              Conformance& conformance) {
  const Diagnostics findings = deviation_findings(process, conformance);
  Baseline left = baseline;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!take_one(left, findings[i])) continue;
    conformance.deviations[i].accepted = baseline.find(fingerprint(findings[i]))->second.reason;
  }
  std::stable_partition(conformance.deviations.begin(), conformance.deviations.end(),
                        [](const Deviation& each) { return !each.accepted; });
  return count_of(left);
}

}  // namespace gemba::inline findings
