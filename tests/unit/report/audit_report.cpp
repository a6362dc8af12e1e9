#include "core/report/building/audit_report.h"

#include <doctest/doctest.h>

#include "core/report/cells.h"
#include "core/toml/read.h"

namespace gemba {
namespace {

/// A document where an approval takes `minutes` of work for nothing.
std::string document(const std::string& id, int minutes, bool volume) {
  return "[map]\nid = \"" + id + "\"\ntitle = \"退款\"\n" +
         (volume ? "volume = \"100 / week\"\n" : "") + R"([roles.lead]
name = "组长"
cost_per_hour = 60.0
[[step]]
id = "begin"
kind = "start"
next = "ask"
[[step]]
id = "ask"
name = "组长审批"
kind = "approval"
role = "lead"
time = ")" +
         std::to_string(minutes) + R"(m"
next = [{ to = "done", when = "approved", share = 1.0 }]
[[step]]
id = "done"
kind = "end"
)";
}

std::vector<AuditedProcess> audited(Sources& sources, const std::vector<std::string>& texts) {
  static const Config config;
  std::vector<AuditedProcess> all;
  Diagnostics found;
  for (const std::string& text : texts) {
    const std::string path = "d" + std::to_string(all.size()) + ".toml";
    auto process = read_process(sources, sources.add(path, text), Config(), found);
    REQUIRE(process);
    Audit result = audit_process(*process, nullptr, Config());
    all.push_back({std::move(*process), std::move(result), &config});
  }
  CHECK(found.empty());
  audit_together(all);
  return all;
}

const Json& member(const Json& json, std::string_view key) {
  const Json* found = find_member(json, key);
  REQUIRE_MESSAGE(found != nullptr, std::string(key));
  return *found;
}

std::string line(const Json& json) { return dump_json(json, false); }

}  // namespace

TEST_CASE("what programs read of an audit") {
  Sources sources;
  const auto all = audited(sources, {document("refund", 6, true)});
  const Json data = audit_report(all, sources).data;
  CHECK(line(member(data, "schema_version")) == "1");
  const Json& process = member(data, "process");
  CHECK(line(member(process, "id")) == "\"refund\"");
  CHECK(line(member(process, "work_seconds")) == "360.0");
  CHECK(line(member(process, "cycle_seconds")) == "360.0");
  CHECK(line(member(process, "flow_efficiency")) == "1.0");
  CHECK(line(member(process, "approvals")) == "1.0");
  CHECK(line(member(process, "cost")) == "6.0");
  const auto& findings = std::get<Json::Array>(member(data, "findings").value);
  REQUIRE(findings.size() == 1);
  const Json& finding = findings[0];
  CHECK(line(member(finding, "code")) == "\"A101\"");
  CHECK(line(member(finding, "name")) == "\"mandatory-approval\"");
  CHECK(line(member(finding, "level")) == "\"info\"");
  CHECK(line(member(finding, "path")) == "\"d0.toml\"");
  CHECK(line(member(finding, "line")) == "13");
  CHECK(line(member(finding, "column")) == "6");
  CHECK(line(member(finding, "fingerprint")) == "\"A101:refund:ask\"");
  CHECK(line(member(finding, "steps")) == "[\"ask\"]");
  CHECK(line(member(finding, "title")) == line(member(finding, "message")));
  CHECK(line(member(member(finding, "saves"), "hours_per_100_cases")) == "10.0");
  const double month = std::get<double>(member(member(finding, "saves"), "hours_per_month").value);
  CHECK(month == doctest::Approx(0.1 * 100 * 365.25 / 12 / 7));
  CHECK(line(member(member(finding, "change"), "patch")) != "\"\"");
  CHECK(line(member(data, "summary")) ==
        R"({"documents":1,"errors":0,"warnings":0,"infos":1,"suppressed":0})");
}

TEST_CASE("findings of several documents are ranked together") {
  Sources sources;
  const auto all = audited(sources, {document("small", 3, false), document("large", 9, false),
                                     document("middle", 6, false)});
  const Report report = audit_report(all, sources);
  CHECK(line(member(report.data, "process")) == "null");
  CHECK(std::get<Json::Array>(member(report.data, "processes").value).size() == 3);
  std::string order;
  for (const Json& each : std::get<Json::Array>(member(report.data, "findings").value)) {
    order += std::get<std::string>(member(each, "document").value) + " ";
    CHECK(line(member(member(each, "saves"), "hours_per_month")) == "null");
  }
  CHECK(order == "large middle small ");
  REQUIRE(report.sections.size() == 3);
  CHECK(report.sections[0].heading ==
        "1. every case waits for '组长审批', and 100% of them pass [A101 mandatory-approval]");
  CHECK(report.sections[0].paragraphs[0] == "at: d1.toml:12:6 (退款)");
  CHECK(report.sections[0].paragraphs[1] ==
        "saves: 15 h of work per 100 cases and 9m per case from start to end");
  CHECK(report.sections[0].listing.find("next = \"done\"") != std::string::npos);
  CHECK(audit_diagnostics(all).front().document == "large");
}

TEST_CASE("what a change adds is said as such") {
  Sources sources;
  auto all = audited(sources, {document("refund", 6, false)});
  Saves& saves = all[0].audit.findings[0].saves;
  saves = {-0.8, std::nullopt, std::nullopt, 3600, 1};
  all[0].audit.total = saves;
  const Report report = audit_report(all, sources);
  CHECK(report.sections[0].paragraphs[1] ==
        "saves: 1h per case from start to end and 1 handover per case");
  CHECK(report.sections[0].paragraphs[2] == "adds: 0.8 h of work per 100 cases");
  CHECK(report.lead[1] ==
        "  1 finding; the changes that go together (also those that ask first) save 1h per case from "
        "start to end and 1 handover per case, and add 0.8 h of work per 100 cases");
}

}  // namespace gemba
