#include <doctest/doctest.h>

#include "core/audit/amount_bound.h"
#include "core/audit/similarity.h"
#include "core/audit/patch.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "tests/unit/audit/document.h"

namespace gemba {

using doctest::Approx;

TEST_CASE("likeness of names") {
  struct Case {
    const char* a;
    const char* b;
    double similarity;
  };
  const Case cases[] = {
      {"登记退款信息", "登记退款信息", 1},
      {"登记退款信息", "再次登记退款信息", 2.0 * 5 / 12},
      {"登记 退款", "登记退款", 1},
      {"核对订单", "核对物流", 2.0 * 1 / 6},
      {"Check order", "check-order", 1},
      {"Check order", "Check orders", 2.0 * 9 / 19},
      {"付款", "退货", 0},
      {"批", "批", 1},
      {"批", "审批", 0},
      {"", "", 0},
      {"???", "!!!", 0},
  };
  for (const Case& c : cases) {
    INFO(c.a, " ", c.b);
    CHECK(name_similarity(c.a, c.b) == Approx(c.similarity));
    CHECK(name_similarity(c.b, c.a) == Approx(c.similarity));
  }
}

TEST_CASE("which exit of an approval is the pass") {
  struct Case {
    const char* exits;
    const char* pass;  ///< targets, in order
    std::optional<double> share;
  };
  const std::optional<double> unknown;
  const Case cases[] = {
      {R"([{ to = "x", when = "approved", share = 0.9 }, { to = "y", when = "rejected", share = 0.1 }])",
       "x", 0.9},
      {R"([{ to = "x", when = "not approved", share = 0.9 }, { to = "y", when = "approved", share = 0.1 }])",
       "y", 0.1},
      {R"([{ to = "x", when = "驳回" }, { to = "y", when = "同意" }])", "y", unknown},
      {R"([{ to = "x", when = "不同意", share = 0.2 }, { to = "y", when = "同意" }])", "y", 0.8},
      {R"([{ to = "x", when = "approved = false", share = 0.2 }, { to = "y", when = "approved = true" }])",
       "y", 0.8},
      {R"([{ to = "x", when = "a > 1", label = "不通过", share = 0.6 }, { to = "y", when = "a <= 1", share = 0.4 }])",
       "y", 0.4},
      {R"([{ to = "x", when = "通过", share = 0.5 }, { to = "y", when = "其他", share = 0.5 }])",
       "x", 0.5},
      {R"([{ to = "x", when = "批准", share = 0.3 }, { to = "y", when = "批准并加急", share = 0.6 }, { to = "z", when = "退回补充", share = 0.1 }])",
       "xy", 0.9},
      {R"([{ to = "x", when = "not rejected", share = 0.8 }, { to = "y", when = "rejected", share = 0.2 }])",
       "x", 0.8},
      {R"([{ to = "x", when = "未驳回", share = 0.8 }, { to = "y", when = "驳回", share = 0.2 }])",
       "x", 0.8},
      {R"([{ to = "x", share = 0.3 }, { to = "y", share = 0.7 }])", "y", 0.7},
      {R"("x")", "x", unknown},
      {R"([{ to = "x", share = 1.0 }])", "x", 1},
      {R"([{ to = "x", when = "拒绝", share = 0.5 }, { to = "y", when = "驳回", share = 0.5 }])",
       "", 0},
  };
  for (const Case& c : cases) {
    INFO(c.exits);
    const Process process = test::read(std::string(R"([map]
[[step]]
id = "ask"
kind = "approval"
next = )") + c.exits + R"(
[[step]]
id = "x"
kind = "end"
[[step]]
id = "y"
kind = "end"
[[step]]
id = "z"
kind = "end"
)");
    const FlowGraph graph(process);
    const Outcome outcome =
        approval_outcome(process, graph, expected_visits(process, graph), StepId(std::size_t{0}));
    std::string pass;
    for (const FlowId flow : outcome.pass) pass += process[process[flow].to].id;
    CHECK(pass == c.pass);
    CHECK(outcome.pass.size() + outcome.refuse.size() == process.flows.size());
    REQUIRE(outcome.pass_share.has_value() == c.share.has_value());
    if (c.share) CHECK(*outcome.pass_share == Approx(*c.share));
  }
}

TEST_CASE("how large an amount can come to an approval") {
  struct Case {
    const char* when;
    const char* before;  ///< what the step between the decision and the approval makes
    std::optional<double> bound;
  };
  const std::optional<double> none;
  const Case cases[] = {
      {"amount <= 300", "", 300},        {"amount < 300", "", 300},
      {"300 >= amount", "", 300},        {"amount > 50 and amount <= 300", "", 300},
      {"amount = 20", "", 20},           {"amount > 300", "", none},
      {"other <= 300", "", none},        {"amount <= 300 or other = 1", "", none},
      {"not amount > 300", "", none},    {"金额小", "", none},
      {"amount <= 300", "amount", none}, {"amount <= 300", "other", 300},
  };
  for (const Case& c : cases) {
    INFO(c.when);
    const std::string makes =
        *c.before == '\0' ? "" : std::string("makes = [\"") + c.before + "\"]\n";
    const Process process = test::read(std::string(R"([map]
[roles.lead]
[data.amount]
from = "x"
[data.other]
from = "x"
[[step]]
id = "begin"
kind = "start"
next = "limit"
[[step]]
id = "limit"
kind = "decision"
next = [{ to = "between", when = ")") + c.when +
                                       R"(" }, { to = "done", when = "其他" }]
[[step]]
id = "between"
)" + makes + R"(next = "ask"
[[step]]
id = "ask"
kind = "approval"
amount = "amount"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
    CHECK(upper_bound_at(process, FlowGraph(process), *process.find_step("ask")) == c.bound);
  }
}

TEST_CASE("an amount that comes on two ways is not bounded by one of them") {
  const Process process = test::read(R"([map]
[data.amount]
from = "x"
[[step]]
id = "begin"
kind = "start"
next = "limit"
[[step]]
id = "limit"
kind = "decision"
next = [{ to = "ask", when = "amount <= 300" }, { to = "other", when = "amount > 300" }]
[[step]]
id = "other"
next = "ask"
[[step]]
id = "ask"
kind = "approval"
amount = "amount"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  CHECK_FALSE(upper_bound_at(process, FlowGraph(process), *process.find_step("ask")));
}

TEST_CASE("figures and lists in words") {
  CHECK(percent(0.97) == "97%");
  CHECK(percent(0.985) == "98.5%");
  CHECK(percent(0.0004) == "0%");
  CHECK(decimal(-0.01) == "0");
  CHECK(decimal(1200) == "1200");
  CHECK(decimal(2.50, 2) == "2.5");
  CHECK(listed({}) == "");
  CHECK(listed({"a"}) == "a");
  CHECK(listed({"a", "b"}) == "a and b");
  CHECK(listed({"a", "b", "c"}) == "a, b and c");
  CHECK(listed({"a", "b", "c", "d"}, 2) == "a, b and 2 more");
}

TEST_CASE("the patch rewires what led to a step, and is a document again") {
  const std::string head = R"([map]
[data.amount]
from = "x"
[[step]]
id = "begin"
kind = "start"
next = "split"
)";
  const std::string body = R"([[step]]
id = "first"
next = "second"
[[step]]
id = "second"
next = "done"
[[step]]
id = "stop"
kind = "end"
[[step]]
id = "done"
kind = "end"
[[kpi]]
id = "speed"
from = "begin"
to = "first"
target = "<= 1h"
)";
  const std::string split = R"([[step]]
id = "split"
next = [{ to = "first", when = 'amount in ["a", "b"]', label = "小 \\ 额", share = 0.5 }, { to = "done", share = 0.5 }]
)";
  const Process process = test::read(head + split + body);
  const std::vector<StepId> both = {*process.find_step("first"), *process.find_step("second")};
  const std::string patch = bypass_patch(process, both, {});
  CHECK(patch == R"(# take out the step "first"
# take out the step "second"
# the [[kpi]] "speed" names it: adapt it
[[step]]
id = "split"
next = [
  { to = "done", when = 'amount in ["a", "b"]', label = "小 \\ 额", share = 0.5 },
  { to = "done", share = 0.5 },
]
)");
  const std::string ends = body.substr(body.find("[[step]]\nid = \"stop\""),
                                       body.find("[[kpi]]") - body.find("[[step]]\nid = \"stop\""));
  const Process patched = test::read(head + patch + ends);
  CHECK(patched.flows.size() == 3);
}

TEST_CASE("what a terminal obeys stands in a patch by its escapes, and is read back") {
  const std::string before = R"([map]
[[step]]
id = "begin"
kind = "start"
next = [{ to = "first", share = 0.5, label = "\u001B[2J\u009B\u202E \"a\"\t\n" }, { to = "done", share = 0.5 }]
)";
  const std::string first = R"([[step]]
id = "first"
next = "done"
)";
  const std::string rest = R"([[step]]
id = "done"
kind = "end"
)";
  const Process process = test::read(before + first + rest);
  const std::string patch = bypass_patch(process, {*process.find_step("first")}, {});
  CHECK(patch.find(R"("\u001B[2J\u009B\u202E \"a\"\t\u000A")") != std::string::npos);
  const std::string begin = "[map]\n[[step]]\nid = \"begin\"\nkind = \"start\"\n";
  const Process patched = test::read(begin + patch.substr(patch.find("next = ")) + rest);
  CHECK(patched.flows.front().label == process.flows.front().label);
}

TEST_CASE("there is no patch where what follows is not plain") {
  const Process process = test::read(R"([map]
[[step]]
id = "begin"
kind = "start"
next = "choose"
[[step]]
id = "choose"
next = ["left", "done"]
[[step]]
id = "left"
next = "done"
[[step]]
id = "done"
kind = "end"
)");
  const StepId choose = *process.find_step("choose");
  CHECK(bypass_patch(process, {choose}, {}) == "");
  const std::string patch = bypass_patch(process, {choose}, {FlowId(std::size_t{1})});
  CHECK(patch.find("\"left\" any more") != std::string::npos);
  CHECK(patch.find("id = \"begin\"\nnext = \"done\"\n") != std::string::npos);
}

}  // namespace gemba
