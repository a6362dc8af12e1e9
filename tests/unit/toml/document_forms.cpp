// Documents that say things in other ways than the example of the format's page, or not alone.
#include <doctest/doctest.h>

#include "tests/unit/toml/read_text.h"

using namespace gemba;
using test::ReadText;
using test::shown;
using test::written;

TEST_CASE("other ways to write the same things") {
  const ReadText read = test::read_document(R"([map]
effective = "2026-02-28"
tags = "one"
volume = "12.5/hour"
[calendars]
nights = { hours = { mon-fri = "22:00-06:00", "sat,sun" = ["10:00-24:00"] } }
week = { hours = { fri-mon = "09:00-12:00", tue = [] } }
[[step]]
id = "a"
time = { min = "1m", mode = "2m", max = "6m" }
needs = "x"
makes = ["x", "y"]
next = { to = "b", when = "顾客满意", label = "满意" }
[[step]]
id = "b"
kind = "decision"
time.mean = "2m"
time.sd = "40s"
value = "none"
automation = "automatic"
log = "B"
next = ["a", { to = "c", share = 1 }, "a"]
[[step]]
id = "c"
kind = "end"
wait = "2bd"
[[kpi]]
id = "k"
to = "c"
target = ">= 1h"
[[kpi]]
id = "s"
share.with = "b"
target = "> 0.5"
[[path]]
given = { vip = true, type = "x", n = 1.5 }
steps = ["a"]
)");
  CHECK(read.faults == std::vector<std::string>{});
  REQUIRE(read.process);
  const Process& p = *read.process;
  CHECK(p.kind == Process::Kind::map);
  CHECK(p.id == "refund");
  CHECK(p.title == "refund");
  CHECK(written(read, p.span) == "[map]");
  CHECK(p.effective == Date{2026, 2, 28});
  CHECK(p.tags == std::vector<std::string>{"one"});
  CHECK(p.volume->cases == 12.5);
  CHECK(p.volume->per_seconds == 3600);
  const Calendar& nights = p.definitions.calendars.at(0);
  CHECK(nights.timezone == "UTC");
  CHECK(nights.hours[0] == std::vector<Shift>{{1320, 1440}});
  CHECK(nights.hours[1] == std::vector<Shift>{{0, 360}, {1320, 1440}});
  CHECK(nights.hours[5] == std::vector<Shift>{{0, 360}, {600, 1440}});
  CHECK(nights.hours[6] == std::vector<Shift>{{600, 1440}});
  const Calendar& week = p.definitions.calendars.at(1);
  for (const int day : {0, 4, 5, 6}) CHECK(week.hours[day].size() == 1);
  for (const int day : {1, 2, 3}) CHECK(week.hours[day].empty());
  const Step& a = p.steps.at(0);
  CHECK(a.name == "a");
  CHECK(a.time->mean_seconds() == 180);
  CHECK(a.time->mode);
  CHECK(a.needs.size() == 1);
  CHECK(p.definitions.data.size() == 2);
  CHECK(p.flows.at(0).label == "满意");
  // A label that is one name reads as a truth value of that name.
  CHECK(p.flows.at(0).when->expr);
  CHECK(p.steps.at(1).time->mean_seconds() == 120);
  CHECK(working_seconds(*p.steps.at(1).time->sd) == 40);
  CHECK(p.steps.at(1).value == Value::none);
  CHECK(p.steps.at(1).automation == Automation::automatic);
  CHECK(p.steps.at(1).log == std::vector<std::string>{"B"});
  CHECK(p.flows.size() == 4);
  CHECK(p.flows.at(2).share == 1);
  CHECK(p.steps.at(2).wait->value.kind == Duration::Kind::business_days);
  CHECK_FALSE(p.kpis.at(0).from);
  CHECK(p.kpis.at(1).with.size() == 1);
  CHECK(p.kpis.at(1).target->unit == Target::Unit::fraction);
  CHECK(p.kpis.at(1).target->op == Expr::Op::gt);
  const PathTest& path = p.paths.at(0);
  CHECK(path.name == "path 1");
  CHECK(std::get<bool>(path.given.at(0).second));
  CHECK(std::get<std::string>(path.given.at(1).second) == "x");
  CHECK(std::get<double>(path.given.at(2).second) == 1.5);
}

TEST_CASE("a condition that is no expression stays a label") {
  const ReadText read = test::read_document(R"([sop]
[[step]]
id = "a"
next = [{ to = "a", when = "金额 大于 50" }, { to = "a", when = "等级 = '金'" }]
)");
  CHECK(read.faults == std::vector<std::string>{});
  REQUIRE(read.process);
  CHECK_FALSE(read.process->flows.at(0).when->expr);
  CHECK(read.process->flows.at(0).when->text == "金额 大于 50");
  CHECK(read.process->flows.at(1).when->expr);
}

TEST_CASE("a document begins with the definitions of its repository") {
  const std::string config = R"([roles.agent]
name = "客服"
calendar = "office"
[calendars.office]
hours = { mon-fri = "09:00-18:00" }
[data.order]
from = "agent"
[[authority]]
role = "agent"
action = "refund"
up_to = 50
)";
  const ReadText read = test::read_document(R"([sop]
owner = "agent"
[roles.agent]
name = "客服"
calendar = "office"
[roles.lead]
[systems.im]
[[authority]]
role = "lead"
action = "refund"
)",
                                            config);
  CHECK(read.faults == std::vector<std::string>{});
  REQUIRE(read.process);
  const Definitions& d = read.process->definitions;
  REQUIRE(d.roles.size() == 2);
  CHECK(d.roles[0].shared);
  CHECK(read.sources[d.roles[0].span.source].path == "shop/gemba.toml");
  CHECK_FALSE(d.roles[1].shared);
  CHECK(d.calendars.at(0).shared);
  CHECK(d.data.at(0).shared);
  REQUIRE(d.authority.size() == 2);
  CHECK(d.authority[0].shared);
  CHECK_FALSE(d.authority[1].up_to);
  CHECK(d[d.authority[1].role].id == "lead");

  const ReadText changed =
      test::read_document("[sop]\n[roles.agent]\nname = \"别人\"\n[data.order]\n", config);
  CHECK(changed.faults ==
        std::vector<std::string>{
            "S005 2:1-2:14 role 'agent' is defined in gemba.toml too, and differently; a document "
            "may add definitions, not change shared ones",
            "S005 4:1-4:13 datum 'order' is defined in gemba.toml too, and differently; a document "
            "may add definitions, not change shared ones"});
  REQUIRE(changed.found[0].notes.size() == 1);
  CHECK(shown(changed.found[0].notes[0].span) == "1:1-1:14");
  CHECK(changed.sources[changed.found[0].notes[0].span.source].path == "shop/gemba.toml");
  CHECK(changed.found[0].element == "agent");
  CHECK(changed.process->definitions.roles.at(0).name == "客服");
}

TEST_CASE("what a step takes besides time, and where it is done") {
  const ReadText read = test::read_document(R"([map]
[systems.oms]
[systems.wms]
[data.form]
from = "customer"
paper = true
[data.copied]
copy_of = "form"
[[step]]
id = "a"
system = ["oms", "wms"]
needs = "form"
may_need = ["copied"]
every = "1bd"
wait_for = "batch"
fee = 12.5
trips = 1
abandon = 0.1
next = "b"
[[step]]
id = "b"
kind = "end"
)");
  CHECK(read.faults == std::vector<std::string>{});
  REQUIRE(read.process);
  const Process& p = *read.process;
  const Step& a = p.steps.at(0);
  CHECK(p.definitions[*a.system].id == "oms");
  REQUIRE(a.other_systems.size() == 1);
  CHECK(p.definitions[a.other_systems[0]].id == "wms");
  REQUIRE(a.needs.size() == 2);
  CHECK(!a.needs[0].optional);
  CHECK(a.needs[1].optional);
  CHECK(p.definitions.data.at(0).paper);
  CHECK(p.definitions.data.at(1).copy_of == DataId(0));
  CHECK(a.wait_for == WaitCause::batch);
  CHECK(a.fee == 12.5);
  CHECK(a.trips == 1);
  CHECK(a.abandon == 0.1);
  CHECK(stated_times(a).waiting == 4 * 3600.0);
}
