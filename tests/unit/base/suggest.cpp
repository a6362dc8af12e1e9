#include "core/base/suggest.h"

#include <doctest/doctest.h>

using namespace gemba;

TEST_CASE("edit distance counts edits of characters") {
  struct Case {
    const char* a;
    const char* b;
    std::size_t distance;
  };
  for (const auto& [a, b, distance] :
       {Case{"", "", 0}, Case{"", "abc", 3}, Case{"approve", "approve", 0},
        Case{"aprove", "approve", 1}, Case{"approev", "approve", 1}, Case{"kitten", "sitting", 3},
        Case{"ca", "abc", 3}, Case{"审批", "审核", 1}, Case{"批审", "审批", 1}}) {
    CAPTURE(a);
    CAPTURE(b);
    CHECK(edit_distance(a, b) == distance);
    CHECK(edit_distance(b, a) == distance);
  }
}

TEST_CASE("the nearest candidate is suggested, the first of equally near ones") {
  CHECK(nearest("aprove", {"pay", "approve", "refuse"}) == "approve");
  CHECK(nearest("p9", {"p90", "p95"}) == "p90");
  CHECK(nearest("OMS", {"crm", "oms"}) == "oms");
  CHECK(nearest("Approve", {"improve", "approve"}) == "approve");
  CHECK(nearest("组长审核", {"主管审批", "组长审批"}) == "组长审批");
}

TEST_CASE("a word that only one candidate begins with stands for it") {
  CHECK(nearest("day", {"auto", "day-first", "month-first"}) == "day-first");
  CHECK(nearest("Mon", {"auto", "day-first", "month-first"}) == "month-first");
  CHECK(nearest("case", {"case_number", "case_number"}) == "case_number");
  CHECK(nearest("case", {"case_number", "cases"}) == "cases");
  CHECK_FALSE(nearest("case", {"case_number", "case_opened"}).has_value());
  CHECK_FALSE(nearest("da", {"day-first"}).has_value());
}

TEST_CASE("what is not alike is not suggested") {
  CHECK_FALSE(nearest("escalate", {"pay", "approve"}).has_value());
  CHECK_FALSE(nearest("x", {"y"}).has_value());
  CHECK_FALSE(nearest("", {"a"}).has_value());
  CHECK_FALSE(nearest("pay", {}).has_value());
  const std::string endless(100'000, 'a');
  CHECK_FALSE(nearest(endless, {"aaaa"}).has_value());
}

TEST_CASE("a suggestion is ready to follow a message") {
  CHECK(did_you_mean("lnt", {"lint", "audit"}) == "; did you mean 'lint'?");
  CHECK(did_you_mean("frobnicate", {"lint", "audit"}).empty());
}

TEST_CASE("a word is mended only when it can mean one thing") {
  using Words = std::vector<std::string_view>;
  CHECK(only_near("aprove", {"approve", "pay"}) == "approve");
  CHECK(only_near("OMS", Words{"oms", "cms"}) == "oms");
  CHECK(only_near("OMS", Words{"oms", "Oms"}) == std::nullopt);
  CHECK(only_near("nate", {"next", "note", "name"}) == std::nullopt);
  CHECK(only_near("check", {"check-order", "pay"}) == std::nullopt);
  CHECK(only_near("step-2", {"step-1"}) == std::nullopt);
  CHECK(only_near("setp-2", {"step-2"}) == "step-2");
  CHECK(only_near("pay", {}) == std::nullopt);
}
