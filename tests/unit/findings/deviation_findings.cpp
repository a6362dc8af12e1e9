#include "core/findings/deviation_findings.h"

#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

Process refund() {
  return test::read(R"([map]
id = "refund"
[[step]]
id = "begin"
kind = "start"
next = "check"
[[step]]
id = "check"
next = "pay"
[[step]]
id = "pay"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
}

Conformance three_deviations(const Process& process) {
  Conformance conformance;
  conformance.deviations.resize(3);
  conformance.deviations[0].step = process.find_step("check");
  conformance.deviations[1].kind = DeviationKind::unknown;
  conformance.deviations[1].activity = "call back";
  conformance.deviations[2].kind = DeviationKind::forbidden_path;
  conformance.deviations[2].step = process.find_step("pay");
  conformance.deviations[2].flow = FlowId(1);
  return conformance;
}

}  // namespace

TEST_CASE("a deviation is known by its kind and by step, activity or flow") {
  const Process process = refund();
  CHECK(deviation_fingerprints(process, three_deviations(process)) ==
        std::vector<std::string>{"skipped:refund:check", "unknown:refund:call back",
                                 "forbidden path:refund:check>pay"});
}

TEST_CASE("accepted deviations come last, with their reasons; others are gone") {
  const Process process = refund();
  Conformance conformance = three_deviations(process);
  const std::vector<std::string> known = {deviation_fingerprints(process, conformance).front(),
                                          "skipped:refund:pay"};
  const Baseline baseline = baseline_of(known, {}, "trial");
  CHECK(accept_deviations(baseline, process, conformance) == 1);
  CHECK_FALSE(conformance.deviations[0].accepted);
  CHECK_FALSE(conformance.deviations[1].accepted);
  REQUIRE(conformance.deviations[2].accepted);
  CHECK(*conformance.deviations[2].accepted == "trial");
  CHECK(conformance.deviations[2].step == process.find_step("check"));
}

}  // namespace gemba
