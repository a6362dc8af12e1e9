#include "core/model/step_kind.h"

#include <doctest/doctest.h>

#include "core/model/process.h"

using namespace gemba;

TEST_CASE("kinds of steps: what each of them is") {
  struct Case {
    StepKind kind;
    const char* is;
  };
  constexpr Case cases[] = {
      {StepKind::start, "terminal routing"},
      {StepKind::end, "terminal routing"},
      {StepKind::task, "work approvable"},
      {StepKind::approval, "work"},
      {StepKind::decision, "gateway routing"},
      {StepKind::fork, "gateway parallel routing"},
      {StepKind::join, "gateway parallel routing"},
      {StepKind::wait, ""},
      {StepKind::notify, "work"},
      {StepKind::call, "approvable"},
  };
  CHECK(std::size(cases) == step_kind_words().size());
  for (const Case& each : cases) {
    const std::string_view word = to_string(each.kind);
    INFO(word);
    const std::string_view is = each.is;
    const auto says = [&](std::string_view name) { return is.find(name) != is.npos; };
    CHECK(is_gateway(each.kind) == says("gateway"));
    CHECK(is_parallel(each.kind) == says("parallel"));
    CHECK(is_terminal(each.kind) == says("terminal"));
    CHECK(is_routing(each.kind) == says("routing"));
    CHECK(is_work(each.kind) == says("work"));
    CHECK(is_approvable(each.kind) == says("approvable"));
  }
}

TEST_CASE("what is not stated of a step's time takes none, and is known not to be stated") {
  Step step;
  CHECK(stated_times(step).seconds() == 0);
  CHECK_FALSE(stated_times(step).work);
  step.wait = SpannedDuration{*parse_duration("30m"), {}};
  CHECK(stated_times(step).waiting == 1800);
  CHECK_FALSE(stated_times(step).work);
  step.time.emplace().fixed = parse_duration("10m");
  CHECK(stated_times(step).work == 600);
  CHECK(stated_times(step).seconds() == 2400);
}
