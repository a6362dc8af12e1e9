#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/unit/toml/read_text.h"

using namespace gemba;
using test::ReadText;
using test::written;

namespace {

std::string file_text(const std::string& path) {
  std::ifstream file(std::string(GEMBA_ROOT) + "/" + path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// The example of the format's page, completed.
ReadText read_example() { return test::read_document(file_text("tests/data/small-refund.toml")); }

const Step& step(const Process& process, std::string_view id) {
  const auto found = process.find_step(id);
  REQUIRE_MESSAGE(found, id);
  return process[*found];
}

std::vector<const Flow*> exits(const Process& process, std::string_view id) {
  std::vector<const Flow*> flows;
  for (const Flow& flow : process.flows) {
    if (process[flow.from].id == id) flows.push_back(&flow);
  }
  return flows;
}

}  // namespace

TEST_CASE("the header of a document is read back") {
  const ReadText read = read_example();
  CHECK(read.faults == std::vector<std::string>{});
  REQUIRE(read.process);
  const Process& p = *read.process;
  CHECK(p.kind == Process::Kind::sop);
  CHECK(p.id == "small-refund");
  CHECK(written(read, p.span) == "\"small-refund\"");
  CHECK(p.title == "小额退款");
  CHECK(p.version == "2.1");
  CHECK(p.status == Process::Status::active);
  REQUIRE(p.owner);
  CHECK(p.definitions[*p.owner].id == "lead");
  CHECK(p.effective == Date{2026, 1, 1});
  CHECK(p.review_by == Date{2026, 12, 31});
  CHECK(written(read, p.review_by_span) == "2026-12-31");
  CHECK(p.trigger == "顾客申请退款,金额不超过 200 元");
  CHECK(p.goal == "24 小时内退款到账,一次联系解决");
  CHECK(p.scope == "自营店铺");
  CHECK(p.tags == std::vector<std::string>{"after-sales", "refund"});
  CHECK(p.supersedes == "small-refund@1.4");
  REQUIRE(p.volume);
  CHECK(p.volume->cases == 1200);
  CHECK(p.volume->per_seconds == 7 * 86'400);
  CHECK(written(read, p.volume->span) == "\"1200 / week\"");
  CHECK(p.flow_complete);
}

TEST_CASE("definitions are read back in the order of the document") {
  const ReadText read = read_example();
  REQUIRE(read.process);
  const Definitions& d = read.process->definitions;
  REQUIRE(d.roles.size() == 4);
  CHECK(d.roles[0].id == "customer");
  CHECK(d.roles[0].name == "顾客");
  CHECK(d.roles[0].external);
  CHECK_FALSE(d.roles[0].headcount);
  const Role& agent = d.roles[1];
  CHECK(agent.id == "agent");
  CHECK(agent.headcount == 24);
  CHECK(agent.cost_per_hour == 38.0);
  CHECK(agent.concurrency == 3);
  REQUIRE(agent.calendar);
  CHECK(d[*agent.calendar].id == "shop");
  CHECK(written(read, agent.span) == "[roles.agent]");
  CHECK_FALSE(agent.shared);
  CHECK_FALSE(agent.implied);
  REQUIRE(d.roles[2].reports_to);
  CHECK(d[*d.roles[2].reports_to].id == "manager");
  CHECK(d.roles[3].name == "客服主管");

  REQUIRE(d.systems.size() == 2);
  CHECK(d.systems[1].name == "订单系统");
  REQUIRE(d.data.size() == 3);
  CHECK(d.data[0].id == "order_no");
  CHECK(d.data[0].from == "customer");
  CHECK_FALSE(d.data[0].personal);
  CHECK(d.data[1].personal);
  // Made by a step, defined by nobody: a datum all the same.
  CHECK(d.data[2].id == "refund_amount");
  CHECK(d.data[2].from.empty());
  CHECK_FALSE(d.data[2].implied);
  CHECK(written(read, d.data[2].span) == "\"refund_amount\"");

  REQUIRE(d.calendars.size() == 2);
  CHECK(d.calendars[0].timezone == "Asia/Shanghai");
  CHECK(d.calendars[0].hours[0] == std::vector<Shift>{{540, 1080}});
  CHECK(d.calendars[0].hours[4] == std::vector<Shift>{{540, 1080}});
  CHECK(d.calendars[0].hours[5].empty());
  CHECK(d.calendars[0].off == std::vector<Date>{{2026, 10, 1}, {2026, 10, 2}});
  CHECK(d.calendars[0].work == std::vector<Date>{{2026, 10, 10}});
  CHECK(d.calendars[1].hours[6] == std::vector<Shift>{{480, 720}, {780, 1380}});

  REQUIRE(d.authority.size() == 2);
  CHECK(d[d.authority[0].role].id == "agent");
  CHECK(d.authority[0].action == "refund");
  CHECK(d.authority[0].up_to == 50.0);
  CHECK(written(read, d.authority[0].span) == "[[authority]]");
}

TEST_CASE("steps are read back with every key") {
  const ReadText read = read_example();
  REQUIRE(read.process);
  const Process& p = *read.process;
  REQUIRE(p.steps.size() == 9);
  CHECK(p.steps[0].id == "intake");
  CHECK(p.steps[0].kind == StepKind::start);

  const Step& identify = step(p, "identify");
  CHECK(written(read, identify.span) == "\"identify\"");
  CHECK(written(read, identify.name_span) == "\"核对订单\"");
  CHECK(identify.kind == StepKind::task);
  REQUIRE(identify.role);
  CHECK(p.definitions[*identify.role].id == "agent");
  REQUIRE(identify.system);
  CHECK(p.definitions[*identify.system].id == "oms");
  REQUIRE(identify.needs.size() == 1);
  CHECK(p.definitions[identify.needs[0].data].id == "order_no");
  CHECK(written(read, identify.needs[0].span) == "\"order_no\"");
  REQUIRE(identify.makes.size() == 1);
  CHECK(p.definitions[identify.makes[0].data].id == "refund_amount");
  REQUIRE(identify.time);
  CHECK(identify.time->mean_seconds() == 120);
  CHECK(written(read, identify.time->span) == "\"2m\"");
  REQUIRE(identify.sla);
  CHECK(working_seconds(identify.sla->value) == 30);
  CHECK(written(read, identify.sla->span) == "\"30s\"");
  CHECK_FALSE(identify.wait);
  CHECK(identify.script == "您好,请提供订单号,我马上为您查询。");
  CHECK(written(read, identify.script_span) == "\"您好,请提供订单号,我马上为您查询。\"");
  CHECK(identify.value == Value::customer);
  CHECK(identify.log == std::vector<std::string>{"Check order", "核对订单"});

  const Step& approve = step(p, "approve");
  CHECK(approve.kind == StepKind::approval);
  CHECK(approve.value == Value::business);
  REQUIRE(approve.approves);
  CHECK(approve.approves->text == "refund");
  CHECK(written(read, approve.approves->span) == "\"refund\"");
  REQUIRE(approve.amount);
  CHECK(p.definitions[approve.amount->data].id == "refund_amount");
  REQUIRE(approve.wait);
  CHECK(working_seconds(approve.wait->value) == 4 * 3600);

  const Step& escalate = step(p, "escalate");
  REQUIRE(escalate.calls);
  CHECK(escalate.calls->text == "complaint");
  const Step& reopen = step(p, "reopen");
  CHECK(reopen.automation == Automation::assisted);
  CHECK(reopen.link == "https://wiki.example/reopen");
  CHECK(reopen.note == "七天内");
  CHECK(reopen.value == Value::unset);
}

TEST_CASE("flows are read back: ids, lists and branches") {
  const ReadText read = read_example();
  REQUIRE(read.process);
  const Process& p = *read.process;
  const auto one = exits(p, "intake");
  REQUIRE(one.size() == 1);
  CHECK(p[one[0]->to].id == "identify");
  CHECK(written(read, one[0]->span) == "\"identify\"");

  const auto branches = exits(p, "small");
  REQUIRE(branches.size() == 2);
  CHECK(p[branches[0]->to].id == "pay");
  CHECK(written(read, branches[0]->span) == "\"pay\"");
  CHECK(branches[0]->share == 0.82);
  REQUIRE(branches[0]->when);
  CHECK(branches[0]->when->text == "refund_amount <= 50");
  CHECK(written(read, branches[0]->when->span) == "\"refund_amount <= 50\"");
  REQUIRE(branches[0]->when->expr);
  CHECK(branches[0]->when->expr->root().op == Expr::Op::le);

  const auto list = exits(p, "refuse");
  REQUIRE(list.size() == 2);
  CHECK(p[list[0]->to].id == "escalate");
  CHECK(p[list[1]->to].id == "close");
  CHECK_FALSE(list[0]->when);
  CHECK(std::is_sorted(p.flows.begin(), p.flows.end(),
                       [](const Flow& a, const Flow& b) { return a.from < b.from; }));
}

TEST_CASE("pains, KPIs and path tests are read back") {
  const ReadText read = read_example();
  REQUIRE(read.process);
  const Process& p = *read.process;
  REQUIRE(p.pains.size() == 1);
  CHECK(p[p.pains[0].step].id == "approve");
  REQUIRE(p.pains[0].from);
  CHECK(p.definitions[*p.pains[0].from].id == "agent");
  CHECK(p.pains[0].count == 17);
  CHECK(p.pains[0].text == "组长不在线时顾客要等到第二天");
  CHECK(written(read, p.pains[0].span) == "[[pain]]");

  REQUIRE(p.kpis.size() == 3);
  const Kpi& time = p.kpis[0];
  CHECK(time.id == "first_response");
  CHECK(time.name == "首次响应时间");
  CHECK(written(read, time.span) == "\"first_response\"");
  CHECK(p[time.from.value()].id == "intake");
  CHECK(p[time.to.value()].id == "identify");
  CHECK(time.stat == "p90");
  REQUIRE(time.target);
  CHECK(time.target->op == Expr::Op::le);
  CHECK(time.target->value == 30);
  CHECK(time.target->unit == Target::Unit::seconds);
  CHECK(time.target->text == "<= 30s");
  CHECK(written(read, time.target->span) == "\"<= 30s\"");
  const Kpi& share = p.kpis[1];
  CHECK(share.is_share);
  REQUIRE(share.without.size() == 2);
  CHECK(p[share.without[1]].id == "reopen");
  CHECK(share.target->unit == Target::Unit::fraction);
  CHECK(share.target->value == 0.8);
  const Kpi& mean = p.kpis[2];
  CHECK(mean.mean_column == "csat");
  CHECK(mean.name == "csat");
  CHECK(mean.stat == "mean");
  CHECK(mean.target->unit == Target::Unit::number);
  CHECK(mean.target->value == 4.5);

  REQUIRE(p.paths.size() == 2);
  CHECK(p.paths[0].name == "退款 30 元不需要审批");
  REQUIRE(p.paths[0].given.size() == 1);
  CHECK(p.paths[0].given[0].first == "refund_amount");
  CHECK(std::get<double>(p.paths[0].given[0].second) == 30);
  CHECK(p.paths[0].steps.size() == 5);
  CHECK(p.paths[0].allowed);
  CHECK_FALSE(p.paths[1].allowed);
  CHECK(written(read, p.paths[1].span) == "[[path]]");
}
