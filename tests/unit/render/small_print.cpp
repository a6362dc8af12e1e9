#include <doctest/doctest.h>

#include "core/model/authority.h"
#include "core/model/wording.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/small_print.h"
#include "samples.h"

using namespace gemba;

namespace {

using Lines = std::vector<std::string>;

Definition defined(std::string id, std::string name) {
  return {std::move(id), std::move(name), {}};
}

/// A process with one approval that has everything that small print can hold.
Process approval() {
  samples::Builder b("p");
  b.role("lead", "组长");
  b.process.definitions.systems.push_back({defined("oa", "审批系统")});
  for (const char* name : {"问题描述", "实付金额", "订单号", "凭证照片", "物流单号", "顾客等级"}) {
    b.process.definitions.data.push_back({defined(name, name), {}, false});
  }
  b.process.definitions.authority.push_back({RoleId(0), "refund", 1300.5, {}});
  Step& step = b.step("approve", "审批", StepKind::approval, "lead", 2);
  step.sla = SpannedDuration{*parse_duration("4bh"), {}};
  step.system = SystemId(0);
  step.approves = Spanned{"refund", {}};
  step.needs = {{DataId(0), {}}};
  step.makes = {{DataId(1), {}}};
  step.script =
      "您好,您的申请我已经看到,马上为您处理,请稍等一下,处理完会第一时间联系您,谢谢您的耐心等待";
  return b.done();
}

Lines print(const Process& process, const ChartOptions& options) {
  return make_chart(process, options).nodes.front().sub_lines;
}

}  // namespace

TEST_CASE("small print holds the time, the limit, and what is asked for") {
  const Process process = approval();
  struct Case {
    SmallPrint show;
    const char* language;
    Lines lines;
  };
  const Case cases[] = {
      {{}, "zh", {"2m · SLA ≤4h 工时", "权限 ≤ 1,300.5"}},
      {{}, "en", {"2m · SLA ≤4h bh", "limit ≤ 1,300.5"}},
      {{.sla = false}, "zh", {"2m · 权限 ≤ 1,300.5"}},
      {{.systems = true, .sla = false}, "zh", {"审批系统 · 2m", "权限 ≤ 1,300.5"}},
      {{.data = true, .sla = false}, "zh", {"2m · 权限 ≤ 1,300.5", "需 问题描述", "出 实付金额"}},
      {{.data = true, .sla = false},
       "en",
       {"2m · limit ≤ 1,300.5", "needs 问题描述", "makes 实付金额"}},
  };
  for (const Case& each : cases) {
    ChartOptions options;
    options.show = each.show;
    options.language = each.language;
    CHECK(print(process, options) == each.lines);
  }
}

TEST_CASE("a script is wrapped and cut after three lines") {
  ChartOptions options;
  options.show = {.scripts = true, .sla = false};
  const Lines lines = print(approval(), options);
  REQUIRE(lines.size() == 4);
  CHECK(lines[1].starts_with("“您好"));
  CHECK(lines[3].ends_with("…"));
}

TEST_CASE("names of data stay whole and are cut after three lines") {
  Process process = approval();
  ChartOptions options;
  options.show = {.data = true, .sla = false};
  process.steps[0].makes.clear();
  process.steps[0].needs = {{DataId(0), {}}, {DataId(1), {}}, {DataId(2), {}}};
  CHECK(print(process, options) ==
        Lines{"2m · 权限 ≤ 1,300.5", "需 问题描述、实付金额、", "订单号"});
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t k = 0; k < 3; ++k) process.steps[0].needs.push_back({DataId(3 + k), {}});
  }
  const Lines lines = print(process, options);
  CHECK(lines.size() == 4);
  CHECK(lines.back().ends_with("…"));
}

TEST_CASE("a limit is shown where there is one and it is known") {
  Process process = approval();
  CHECK(approval_limit(process.steps[0], process) == 1300.5);
  process.steps[0].approves->text = "something else";
  CHECK_FALSE(approval_limit(process.steps[0], process));
  process = approval();
  process.definitions.authority.push_back({RoleId(0), "refund", std::nullopt, {}});
  CHECK_FALSE(approval_limit(process.steps[0], process));
  process = approval();
  process.steps[0].kind = StepKind::task;
  CHECK_FALSE(approval_limit(process.steps[0], process));
}

TEST_CASE("numbers are written for people") {
  const std::pair<double, const char*> cases[] = {
      {0, "0"},         {50, "50"}, {12.5, "12.5"}, {1204, "1,204"}, {1234567.891, "1,234,567.89"},
      {-1500, "-1,500"}};
  for (const auto& [value, text] : cases) CHECK(readable_number(value) == text);
}
