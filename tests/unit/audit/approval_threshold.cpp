#include <doctest/doctest.h>

#include <algorithm>

#include "core/audit/wording.h"
#include "tests/unit/audit/document.h"

namespace gemba {

using doctest::Approx;

namespace {

constexpr std::string_view refund = R"([map]
id = "refund"
volume = "100 / week"
[roles.agent]
[roles.lead]
[data.amount]
[[step]]
id = "apply"
kind = "start"
next = "calculate"
[[step]]
id = "calculate"
role = "agent"
makes = ["amount"]
time = "3m"
next = "approve"
[[step]]
id = "approve"
kind = "approval"
role = "lead"
amount = "amount"
time = "6m"
next = [{ to = "pay", when = "approved" }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
role = "agent"
needs = ["amount"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

/// A log of 40 cases: 10 of amount 5, 20 of 20 of which one is refused, 9 of 40, one of 1000.
Profile profile_of(const Process& process) {
  Profile profile = test::empty_profile(process);
  const std::size_t approve = process.find_step("approve")->index();
  profile.cases = 40;
  profile.steps[approve].cases = profile.steps[approve].instances = 40;
  profile.judged.resize(process.steps.size());
  FlowId pass{0};
  FlowId refuse{0};
  for (std::size_t i = 0; i < process.flows.size(); ++i) {
    if (process.flows[i].from.index() != approve) continue;
    (process[process.flows[i].to].id == "pay" ? pass : refuse) = FlowId(i);
  }
  profile.flow_shares[pass.index()] = 39.0 / 40;
  profile.flow_shares[refuse.index()] = 1.0 / 40;
  const auto judge = [&](int count, double amount, FlowId exit) {
    for (int i = 0; i < count; ++i) profile.judged[approve].push_back({amount, exit});
  };
  judge(10, 5, pass);
  judge(19, 20, pass);
  judge(1, 20, refuse);
  judge(9, 40, pass);
  judge(1, 1000, pass);
  return profile;
}

const Finding* threshold_of(const Audit& result) {
  const auto found = std::find_if(result.findings.begin(), result.findings.end(),
                                  [](const Finding& each) { return each.about->code == "A104"; });
  return found == result.findings.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("every round limit is counted, and the knee is proposed") {
  const Process process = test::read(refund);
  const Profile profile = profile_of(process);
  const Audit result = audit_process(process, &profile, Config());
  const Finding* finding = threshold_of(result);
  REQUIRE(finding != nullptr);
  // 5 spares 10 of 40, 20 spares 30, 50 spares 39; all between spare as many as one of these.
  REQUIRE(finding->limits.size() == 3);
  const LimitChoice& at_20 = finding->limits[1];
  CHECK(at_20.limit == 20);
  CHECK(at_20.avoided == Approx(0.75));
  CHECK(at_20.money_share == Approx((10 * 5 + 20 * 20) / 1810.0));
  CHECK(at_20.refusals_missed == Approx(1));
  CHECK(at_20.exposed == Approx(20.0 / 40));
  CHECK(at_20.hours_per_100_cases == Approx(7.5));
  // The money is in one amount: 50 spares 39 approvals and exposes less than half of it.
  CHECK(finding->limits[2].limit == 50);
  CHECK(finding->limits[2].money_share == Approx(810 / 1810.0));
  CHECK(finding->title.find("a limit of 50 would spare 97.5%") == 0);
  CHECK(finding->saves.hours_per_100_cases == Approx(0.975 * 10));
}

TEST_CASE("too few amounts, or none, propose no limit") {
  const Process process = test::read(refund);
  Profile profile = profile_of(process);
  profile.judged[process.find_step("approve")->index()].resize(19);
  CHECK(threshold_of(audit_process(process, &profile, Config())) == nullptr);
  profile.judged.clear();
  // That nearly all pass is then said by what takes the approval out.
  const Audit without = audit_process(process, &profile, Config());
  CHECK(threshold_of(without) == nullptr);
  CHECK(std::any_of(without.findings.begin(), without.findings.end(),
                    [](const Finding& each) { return each.about->code == "A101"; }));
}

TEST_CASE("confidence of a share is the score interval") {
  // R: prop.test(10, 100, correct = FALSE) gives 0.0552 to 0.1744.
  CHECK(confidence(0.1, 100) == "5.5 to 17.4");
  CHECK(confidence(0, 20) == "0 to 16.1");
}

}  // namespace gemba
