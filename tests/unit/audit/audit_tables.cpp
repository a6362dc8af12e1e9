#include "core/audit/audit_tables.h"

#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

using doctest::Approx;
using Names = std::vector<std::string>;

/// A clerk asks, the lead decides, a bank pays; `time` is that of the decision.
std::string document(const std::string& id, const std::string& time, const std::string& share) {
  return "[map]\nid = \"" + id + R"("
volume = "100 / month"
[roles.clerk]
name = "一线"
[roles.lead]
name = "组长"
[[step]]
id = "begin"
kind = "start"
next = "ask"
[[step]]
id = "ask"
role = "clerk"
next = "decide"
[[step]]
id = "decide"
kind = "approval"
role = "lead"
time = ")" +
         time +
         R"("
next = [{ to = "pay", when = "approved")" +
         share + R"( }, { to = "done", when = "rejected" }]
[[step]]
id = "pay"
role = "clerk"
next = "done"
[[step]]
id = "done"
kind = "end"
)";
}

AuditedProcess audited(const std::string& text) {
  Process process = test::read(text);
  Audit audit = audit_process(process, nullptr, Config());
  return {std::move(process), std::move(audit)};
}

}  // namespace

TEST_CASE("who does, who decides, who is told") {
  const AuditTables tables = audit_tables(std::vector{audited(document("a", "36m", ""))});
  REQUIRE(tables.processes.size() == 1);
  const std::vector<Responsibility>& found = tables.processes[0].responsibilities;
  REQUIRE(found.size() == 3);
  CHECK(found[0].does == "一线");
  CHECK(found[0].decides == Names{"组长"});
  CHECK(found[0].told.empty());
  CHECK(found[1].does.empty());
  CHECK(found[1].decides == Names{"组长"});
  CHECK(found[1].told == Names{"一线"});
  CHECK(found[2].does == "一线");
  CHECK(found[2].decides.empty());
}

TEST_CASE("handovers stand in the order of how often there are") {
  const AuditTables tables =
      audit_tables(std::vector{audited(document("a", "1m", ", share = 0.8"))});
  const std::vector<HandoverRate>& found = tables.processes.at(0).handovers;
  REQUIRE(found.size() == 2);
  CHECK(found[0].per_case == Approx(1));
  CHECK(found[1].per_case == Approx(0.8));
}

TEST_CASE("approvers are counted over all documents") {
  const std::vector<AuditedProcess> two = {audited(document("a", "36m", ", share = 0.8")),
                                           audited(document("b", "72m", ", share = 0.6"))};
  const AuditTables tables = audit_tables(two);
  REQUIRE(tables.approvers.size() == 1);
  const Approver& lead = tables.approvers[0];
  CHECK(lead.role == "组长");
  CHECK(lead.documents == 2);
  CHECK(lead.steps == 2);
  CHECK(lead.per_month == Approx(200));
  REQUIRE(lead.pass_share);
  CHECK(*lead.pass_share == Approx(0.7));
  CHECK(lead.hours_per_month == Approx(180));
}

TEST_CASE("the pass of an approver is unknown where one approval does not say it") {
  const std::vector<AuditedProcess> two = {audited(document("a", "36m", ", share = 0.8")),
                                           audited(document("b", "36m", ""))};
  CHECK_FALSE(audit_tables(two).approvers.at(0).pass_share);
  CHECK(audit_tables({}).approvers.empty());
}

}  // namespace gemba
