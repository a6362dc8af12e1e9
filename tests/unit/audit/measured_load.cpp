// What a document declares of a load is asked about; what a log has measured is told.
#include "core/audit/audit.h"
#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

constexpr std::string_view one_payer = R"([map]
volume = "600 / week"
[roles.finance]
name = "财务"
headcount = 1
[[step]]
id = "apply"
kind = "start"
next = "pay"
[[step]]
id = "pay"
name = "打款"
role = "finance"
time = "4m"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)";

Finding load_of(const Process& process, const Profile* profile) {
  for (const Finding& finding : audit_process(process, profile, Config()).findings) {
    if (finding.about->code == "A502") return finding;
  }
  FAIL("nothing is said of the load");
  return {};
}

}  // namespace

TEST_CASE("an overload is told when a log has measured the work, and asked about otherwise") {
  const Process process = test::read(one_payer);
  const Finding declared = load_of(process, nullptr);
  CHECK(declared.level == Level::info);
  CHECK(declared.title.starts_with("by what is declared, '财务' is busy"));
  Profile profile = test::empty_profile(process);
  const std::size_t pay = process.find_step("pay")->index();
  profile.interval = true;
  profile.cases = 100;
  profile.steps[pay].instances = 100;
  profile.steps[pay].service = test::constant(240, 100);
  const Finding measured = load_of(process, &profile);
  CHECK(measured.level == Level::warning);
  CHECK(measured.title.starts_with("'财务' is busy"));
}

}  // namespace gemba
