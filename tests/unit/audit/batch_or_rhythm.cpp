#include <algorithm>

#include "core/audit/audit.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

using doctest::Approx;

constexpr std::string_view weekly = R"([map]
[roles.lead]
[[step]]
id = "begin"
kind = "start"
next = "decide"
[[step]]
id = "decide"
name = "每周例会定方案"
role = "lead"
time = "10m"
wait = "4d"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

const Finding* rhythm_of(const Audit& result) {
  const auto found = std::find_if(result.findings.begin(), result.findings.end(),
                                  [](const Finding& each) { return each.about->code == "A504"; });
  return found == result.findings.end() ? nullptr : &*found;
}

/// A log in which cases wait four days for the meeting, this part of it for the batch to fill.
Profile profile_of(const Process& process, double batching) {
  constexpr double days = 4 * 86400;
  Profile profile = test::empty_profile(process);
  const std::size_t decide = process.find_step("decide")->index();
  profile.interval = true;
  profile.cases = 10;
  profile.steps[decide].instances = 10;
  profile.steps[decide].service = test::constant(600, 10);
  profile.steps[decide].waiting = test::constant(days, 10);
  profile.waiting_causes.resize(process.steps.size());
  profile.waiting_causes[decide] = {10, 10, batching * days * 10, (1 - batching) * days * 10, 0,
                                    0,  0};
  return profile;
}

}  // namespace

TEST_CASE("what comes more often still waits half of the new interval") {
  const Process process = test::read(weekly);
  const Audit result = audit_process(process, nullptr, Config());
  const Finding* finding = rhythm_of(result);
  REQUIRE(finding != nullptr);
  // Once a day instead of once in eight: half a day of four stays.
  CHECK(finding->saves.cycle_seconds == Approx(3.5 * 86400));
}

TEST_CASE("what a log finds to be for other causes stays, or is left to them") {
  const Process process = test::read(weekly);
  const Profile mostly = profile_of(process, 0.75);
  const Audit result = audit_process(process, &mostly, Config());
  const Finding* finding = rhythm_of(result);
  REQUIRE(finding != nullptr);
  // A day is for earlier cases; of the three for the batch half a day stays.
  CHECK(finding->saves.cycle_seconds == Approx(2.5 * 86400));
  const Profile hardly = profile_of(process, 0.25);
  CHECK(rhythm_of(audit_process(process, &hardly, Config())) == nullptr);
}

}  // namespace gemba
