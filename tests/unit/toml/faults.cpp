#include <doctest/doctest.h>

#include "tests/unit/toml/read_text.h"

using namespace gemba;

namespace {

using Faults = std::vector<std::string>;

/// The faults of a part of a document that has what the part refers to. Its first line is line 1.
Faults faults_of(const std::string& part) {
  std::string text = part;
  const auto add = [&](std::string_view mark, std::string_view more) {
    if (text.find(mark) == std::string::npos) text += more;
  };
  text += "\n";
  add("[roles", "[roles.lead]\n[roles.agent]\n");
  add("[[step]]", "[[step]]\nid = \"approve\"\n[[step]]\nid = \"pay\"\n");
  add("[sop]", "[sop]\n");
  return test::read_document(text).faults;
}

}  // namespace

TEST_CASE("a fault in the header") {
  struct Row {
    std::string line;
    std::string fault;
  };
  const Row rows[] = {
      {"versoin = \"2\"", "S002 2:1-2:8 unknown key 'versoin' in [sop]; did you mean 'version'?"},
      {"colour = 1",
       "S002 2:1-2:7 unknown key 'colour' in [sop]; the keys are id, title, version, status, "
       "owner, effective, review_by, trigger, goal, scope, tags, supersedes and volume"},
      {"id = \"Small Refund\"",
       "S003 2:6-2:20 'Small Refund' is not an id: ids are made of a-z, 0-9, '_' and '-'; write "
       "'small-refund'"},
      {"id = \"退款\"",
       "S003 2:6-2:10 '退款' is not an id: ids are made of a-z, 0-9, '_' and '-'; write what "
       "people read into 'name'"},
      {"id = \"\"",
       "S003 2:6-2:8 '' is not an id: ids are made of a-z, 0-9, '_' and '-'; write what people "
       "read into 'name'"},
      {"version = 2.1",
       "S003 2:11-2:14 'version' is a number, but a text is wanted; write it in quotes: \"2.1\""},
      {"title = [\"a\"]", "S003 2:9-2:14 'title' is a list, but a text is wanted"},
      {"status = \"activ\"", "S003 2:10-2:17 'activ' is not a status; did you mean 'active'?"},
      {"status = \"done and dusted\"",
       "S003 2:10-2:27 'done and dusted' is not a status; it can be active, draft or retired"},
      {"owner = \"laed\"", "S006 2:9-2:15 role 'laed' does not exist; did you mean 'lead'?"},
      {"owner = \"ceo\"", "S006 2:9-2:14 role 'ceo' does not exist; define it as [roles.ceo]"},
      {"effective = \"1 May\"",
       "S003 2:13-2:20 '1 May' is not a date; write it like 2026-01-31, without quotes"},
      {"review_by = 2026",
       "S003 2:13-2:17 'review_by' is a number, but a date like 2026-01-31 is wanted"},
      {"review_by = \"2026-02-29\"",
       "S003 2:13-2:25 '2026-02-29' is not a date; write it like 2026-01-31, without quotes"},
      {"tags = [\"a\", 1]",
       "S003 2:14-2:15 an element of this list is a number, but a text is wanted; write it in "
       "quotes: \"1\""},
      {"volume = \"1200 per week\"",
       "S003 2:10-2:25 '1200 per week' is not a volume; write it like \"1200 / week\" (hour, day, "
       "week, month or year)"},
      {"volume = \"0 / week\"",
       "S003 2:10-2:20 '0 / week' is not a volume; write it like \"1200 / week\" (hour, day, week, "
       "month or year)"},
      {"volume = 1200",
       "S003 2:10-2:14 'volume' is a number, but a text like \"1200 / week\" is "
       "wanted"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    CHECK(faults_of("[sop]\n" + row.line) == Faults{row.fault});
  }
}

TEST_CASE("a fault in a step") {
  struct Row {
    std::string line;
    std::string fault;
  };
  const Row rows[] = {
      {"rol = \"lead\"", "S002 3:1-3:4 unknown key 'rol' in a step; did you mean 'role'?"},
      {"role = \"laed\"", "S006 3:8-3:14 role 'laed' does not exist; did you mean 'lead'?"},
      {"role = 1",
       "S003 3:8-3:9 'role' is a number, but a text is wanted; write it in quotes: \"1\""},
      {"system = \"oms\"",
       "S006 3:10-3:15 system 'oms' does not exist; define it as [systems.oms]"},
      {"needs = [\"order\"]",
       "S006 3:10-3:17 datum 'order' does not exist; define it as [data.order]"},
      {"amount = \"order\"",
       "S006 3:10-3:17 datum 'order' does not exist; define it as [data.order]"},
      {"makes = [\"Order No\"]",
       "S003 3:10-3:20 'Order No' is not an id: ids are made of a-z, 0-9, '_' and '-'; write "
       "'order-no'"},
      {"kind = \"aproval\"",
       "S003 3:8-3:17 'aproval' is not a kind of step; did you mean 'approval'?"},
      {"kind = \"subprocess\"",
       "S003 3:8-3:20 'subprocess' is not a kind of step; it can be start, end, task, approval, "
       "decision, fork, join, wait, notify or call"},
      {"kind = \"call\"",
       "S004 2:6-2:9 a step of kind 'call' needs 'calls', the id of another SOP"},
      {"time = \"15 min\"",
       "S003 3:8-3:16 '15 min' is not a duration; write it like \"15m\", \"1h30m\" or \"PT15M\""},
      {"wait = 5", "S003 3:8-3:9 'wait' is a number, but a duration like \"15m\" is wanted"},
      {"sla = { min = \"1m\" }",
       "S003 3:7-3:21 'sla' is a table, but a duration like \"15m\" is wanted"},
      {"time = { min = \"5m\", max = \"1m\" }",
       "S003 3:8-3:34 'min', 'mode' and 'max' are not in ascending order"},
      {"time = { min = \"5m\" }", "S004 3:8-3:22 'time' needs both 'min' and 'max'"},
      {"time = { sd = \"5m\" }", "S004 3:8-3:21 'time' needs 'mean' when it has 'sd'"},
      {"time = { min = \"5m\", mean = \"5m\" }",
       "S003 3:8-3:35 'time' is either { min, mode, max } or { mean, sd }"},
      {"every = \"weekly\"",
       "S003 3:9-3:17 'weekly' is not a duration; write it like \"15m\", \"1h30m\" or \"PT15M\""},
      {"wait_for = \"bach\"",
       "S003 3:12-3:18 'bach' is not what a case waits for; did you mean 'batch'?"},
      {"fee = -1", "S003 3:7-3:9 'fee' is -1, but must be 0 or more"},
      {"trips = \"two\"",
       "S003 3:9-3:14 'trips' is a text, but a number is wanted; write it without quotes"},
      {"abandon = 8",
       "S003 3:11-3:12 'abandon' is 8, but must be a fraction between 0 and 1; for 8% write 0.08"},
      {"may_need = \"order\"",
       "S006 3:12-3:19 datum 'order' does not exist; define it as [data.order]"},
      {"system = [\"oms\"]",
       "S006 3:11-3:16 system 'oms' does not exist; define it as [systems.oms]"},
      {"time = {}", "S004 3:8-3:10 'time' is either { min, mode, max } or { mean, sd }"},
      {"time = { mean = \"x\", sd = \"5m\" }",
       "S003 3:17-3:20 'x' is not a duration; write it like \"15m\", \"1h30m\" or \"PT15M\""},
      {"time = { avg = \"1m\", mean = \"1m\" }",
       "S002 3:10-3:13 unknown key 'avg' in 'time'; the keys are min, mode, max, mean and sd"},
      {"value = \"custmer\"", "S003 3:9-3:18 'custmer' is not a value; did you mean 'customer'?"},
      {"automation = \"auto\"",
       "S003 3:14-3:20 'auto' is not a degree of automation; did you mean 'automatic'?"},
      {"script = true",
       "S003 3:10-3:14 'script' is true or false, but a text is wanted; write it in quotes: "
       "\"true\""},
      {"log = 7", "S003 3:7-3:8 'log' is a number, but a text or a list of texts is wanted"},
      {"next = \"apprvoe\"",
       "S006 3:8-3:17 step 'apprvoe' does not exist; did you mean 'approve'?"},
      {"next = \"完全不同\"", "S006 3:8-3:14 step '完全不同' does not exist"},
      {"next = [\"pay\", 5]",
       "S003 3:16-3:17 an element of this list is a number, but the id of a step or { to = \"id\" "
       "} is wanted"},
      {"next = [{ when = \"x\" }]", "S004 3:9-3:23 a branch of 'next' needs 'to'"},
      {"next = { to = 1 }", "S003 3:15-3:16 'to' is a number, but the id of a step is wanted"},
      {"next = { to = \"pay\", shar = 1 }",
       "S002 3:22-3:26 unknown key 'shar' in a branch of 'next'; did you mean 'share'?"},
      {"next = { to = \"pay\", share = 82 }",
       "S003 3:30-3:32 'share' is 82, but must be a fraction between 0 and 1; for 82% write 0.82"},
      {"next = { to = \"pay\", share = -0.5 }",
       "S003 3:30-3:34 'share' is -0.5, but must be a fraction between 0 and 1"},
      {"next = { to = \"pay\", share = nan }",
       "S003 3:30-3:33 'share' is nan, but must be a fraction between 0 and 1"},
      {"next = { to = \"pay\", share = \"82%\" }",
       "S003 3:30-3:35 'share' is a text, but a number is wanted; write it without quotes"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    const std::string rest = "\n[[step]]\nid = \"approve\"\n[[step]]\nid = \"pay\"";
    CHECK(faults_of("[[step]]\nid = \"x\"\n" + row.line + rest) == Faults{row.fault});
  }
}

TEST_CASE("a fault in a definition") {
  struct Row {
    std::string part;
    std::string fault;
  };
  const Row rows[] = {
      {"[roles.lead]\nexternl = true",
       "S002 2:1-2:8 unknown key 'externl' in a role; did you mean 'external'?"},
      {"[roles.lead]\nexternal = \"yes\"",
       "S003 2:12-2:17 'external' is a text, but true or false is wanted; write it without "
       "quotes"},
      {"[roles.lead]\nheadcount = 0",
       "S003 2:13-2:14 'headcount' is 0, but must be greater than 0"},
      {"[roles.lead]\ncost_per_hour = -1.5",
       "S003 2:17-2:21 'cost_per_hour' is -1.5, but must be 0 or more"},
      {"[roles.lead]\nconcurrency = inf",
       "S003 2:15-2:18 'concurrency' is inf, but must be greater than 0"},
      {"[roles.lead]\ncalendar = \"office\"",
       "S006 2:12-2:20 calendar 'office' does not exist; define it as [calendars.office]"},
      {"[roles.lead]\nreports_to = \"boss\"",
       "S006 2:14-2:20 role 'boss' does not exist; define it as [roles.boss]"},
      {"[roles.Lead]",
       "S003 1:8-1:12 'Lead' is not an id: ids are made of a-z, 0-9, '_' and '-'; write 'lead'"},
      {"[roles.\"客服\"]",
       "S003 1:8-1:12 '客服' is not an id: ids are made of a-z, 0-9, '_' and '-'; write what "
       "people read into 'name'"},
      {"[roles]\nlead = \"组长\"",
       "S003 2:8-2:12 'lead' is a text, but a table [roles.lead] is wanted"},
      {"[[roles]]\nname = \"x\"", "S003 1:1-1:10 'roles' is a list, but a table [roles] is wanted"},
      {"[systems.im]\nnmae = \"x\"",
       "S002 2:1-2:5 unknown key 'nmae' in a system; did you mean 'name'?"},
      {"[data.x]\npersonal = 1",
       "S003 2:12-2:13 'personal' is a number, but true or false is wanted"},
      {"[calendars.x]\ntimezone = \"UTC\"",
       "S004 1:1-1:14 a calendar needs 'hours', like hours = { mon-fri = \"09:00-18:00\" }"},
      {"[calendars.x]\nhours = { mon = \"9-18\" }",
       "S003 2:17-2:23 '9-18' are not opening hours; write them like \"09:00-18:00\""},
      {"[calendars.x]\nhours = { mon = \"09:00-09:00\" }",
       "S003 2:17-2:30 '09:00-09:00' are not opening hours; write them like \"09:00-18:00\""},
      {"[calendars.x]\nhours = { mon = \"09:00-24:30\" }",
       "S003 2:17-2:30 '09:00-24:30' are not opening hours; write them like \"09:00-18:00\""},
      {"[calendars.x]\nhours = { mno = \"09:00-18:00\" }",
       "S002 2:11-2:14 'mno' is not a day; did you mean 'mon'?"},
      {"[calendars.x]\nhours = { weekdays = \"09:00-18:00\" }",
       "S002 2:11-2:19 'weekdays' is not a day; write mon, tue, wed, thu, fri, sat, sun, "
       "\"mon,wed\" or mon-fri"},
      {"[calendars.x]\nhours = { mon-fri = \"09:00-18:00\", fri = \"17:00-20:00\" }",
       "S003 2:42-2:55 these hours overlap with others of the same day"},
      {"[calendars.x]\nhours = { mon-fri = \"22:00-06:00\", tue = \"05:00-10:00\" }",
       "S003 2:42-2:55 these hours overlap with others of the same day"},
      {"[calendars.x]\nhours = {}", "S003 2:9-2:11 this calendar is never open"},
      {"[calendars.x]\nhours = { mon = \"09:00-18:00\" }\noff = [\"May\"]",
       "S003 3:8-3:13 'May' is not a date; write it like 2026-01-31, without quotes"},
      {"[calendars.x]\nhours = { mon = \"09:00-18:00\" }\nwork = 2026-01-01",
       "S003 3:8-3:18 'work' is a date, but a list of dates like [2026-10-01, 2026-10-02] is "
       "wanted"},
      {"[[authority]]\nrole = \"lead\"", "S004 1:1-1:14 [[authority]] needs 'action'"},
      {"[[authority]]\naction = \"x\"", "S004 1:1-1:14 [[authority]] needs 'role'"},
      {"[[authority]]\naction = \"x\"\nrole = \"laed\"",
       "S006 3:8-3:14 role 'laed' does not exist; did you mean 'lead'?"},
      {"[[authority]]\naction = \"x\"\nrole = \"lead\"\nup_to = \"50\"",
       "S003 4:9-4:13 'up_to' is a text, but a number is wanted; write it without quotes"},
      {"[authority]\nrole = \"lead\"",
       "S003 1:1-1:12 'authority' is a table; write [[authority]], once for each"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.part);
    CHECK(faults_of(row.part) == Faults{row.fault});
  }
}

TEST_CASE("a fault in pains, KPIs and path tests") {
  struct Row {
    std::string part;
    std::string fault;
  };
  const Row rows[] = {
      {"[[pain]]\ntext = \"x\"", "S004 1:1-1:9 [[pain]] needs 'step'"},
      {"[[pain]]\nstep = \"aprove\"",
       "S006 2:8-2:16 step 'aprove' does not exist; did you mean 'approve'?"},
      {"[[pain]]\nstep = \"approve\"\nfrom = \"laed\"",
       "S006 3:8-3:14 role 'laed' does not exist; did you mean 'lead'?"},
      {"[[pain]]\nstep = \"approve\"\ncount = -1",
       "S003 3:9-3:11 'count' is -1, but must be 0 or "
       "more"},
      {"[[kpi]]\nfrom = \"pay\"", "S004 1:1-1:8 a KPI needs an 'id'"},
      {"[[kpi]]\nid = \"k\"",
       "S004 2:6-2:9 a KPI measures one thing: a time ('from', 'to'), a 'share' or a 'mean'"},
      {"[[kpi]]\nid = \"k\"\nmean = \"x\"\nto = \"pay\"",
       "S003 2:6-2:9 a KPI measures one thing: a time ('from', 'to'), a 'share' or a 'mean'"},
      {"[[kpi]]\nid = \"k\"\nmean = \"x\"\n[[kpi]]\nid = \"k\"\nmean = \"y\"",
       "S005 5:6-5:9 there are two KPIs 'k'"},
      {"[[kpi]]\nid = \"k\"\nto = \"payy\"",
       "S006 3:6-3:12 step 'payy' does not exist; did you mean 'pay'?"},
      {"[[kpi]]\nid = \"k\"\nto = \"pay\"\nstat = \"average\"",
       "S003 4:8-4:17 'average' is not a statistic; it can be mean, median, p75, p90, p95, p99, "
       "min or max"},
      {"[[kpi]]\nid = \"k\"\nto = \"pay\"\ntarget = \"30s\"",
       "S003 4:10-4:15 '30s' is not a target; write it like \"<= 30s\", \">= 80%\" or \">= 4.5\""},
      {"[[kpi]]\nid = \"k\"\nto = \"pay\"\ntarget = \"<= 30\"",
       "S003 4:10-4:17 this KPI measures a time, so its target is one: \"<= 30s\""},
      {"[[kpi]]\nid = \"k\"\nshare = { with = [\"pay\"] }\ntarget = \">= 80\"",
       "S003 4:10-4:17 this KPI measures a share, so its target is one: \">= 80%\""},
      {"[[kpi]]\nid = \"k\"\nmean = \"x\"\ntarget = \">= 80%\"",
       "S003 4:10-4:18 this KPI measures a mean, so its target is a number: \">= 4.5\""},
      {"[[kpi]]\nid = \"k\"\nshare = { without = [\"pya\"] }",
       "S006 3:22-3:27 step 'pya' does not exist; did you mean 'pay'?"},
      {"[[kpi]]\nid = \"k\"\nshare = {}",
       "S004 3:9-3:11 'share' needs 'with' or 'without', a list of steps"},
      {"[[kpi]]\nid = \"k\"\nshare = 0.8",
       "S003 3:9-3:12 'share' is a number, but a table like { without = [\"escalate\"] } is "
       "wanted"},
      {"[[kpi]]\nid = \"k\"\nmean = \"x\"\ntarget = 4.5",
       "S003 4:10-4:13 'target' is a number, but a text like \"<= 30s\" is wanted"},
      {"[[path]]\nname = \"x\"", "S004 1:1-1:9 [[path]] needs 'steps', the ids in their order"},
      {"[[path]]\nsteps = [\"pay\", \"aprove\"]",
       "S006 2:17-2:25 step 'aprove' does not exist; did you mean 'approve'?"},
      {"[[path]]\nsteps = [\"pay\"]\ngiven = { x = [1] }",
       "S003 3:15-3:18 'x' is a list, but a number, a text, true or false is wanted"},
      {"[[path]]\nsteps = [\"pay\"]\nalowed = false",
       "S002 3:1-3:7 unknown key 'alowed' in [[path]]; did you mean 'allowed'?"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.part);
    CHECK(faults_of(row.part) == Faults{row.fault});
  }
}

TEST_CASE("a fault in the document as a whole") {
  CHECK(faults_of("[[steps]]\nid = \"a\"") ==
        Faults{"S002 1:3-1:8 unknown key 'steps' in a document; did you mean 'step'?"});
  CHECK(test::read_document("[step]\nid = \"a\"\n[sop]").faults ==
        Faults{"S003 1:1-1:7 'step' is a table; write [[step]], once for each"});
  CHECK(test::read_document("step = \"a\"\n[sop]").faults ==
        Faults{"S003 1:8-1:11 'step' is a text; write [[step]], once for each"});
  CHECK(faults_of("[map]\n[sop]") ==
        Faults{"S003 2:1-2:6 a document is either an [sop] or a [map], not both"});
  CHECK(test::read_document("[[sop]]\nid = \"x\"").faults ==
        Faults{"S003 1:1-1:8 'sop' is a list, but a table [sop] is wanted"});
}
