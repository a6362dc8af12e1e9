#include "core/audit/plan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <set>

namespace gemba {

namespace {

Finding removing(std::uint32_t step, std::vector<StepId> kept = {}) {
  Finding finding;
  finding.change.edit.removed = {StepId(step)};
  finding.change.edit.kept = std::move(kept);
  return finding;
}

/// What taking out steps is worth: each step once, whoever takes it out.
Worth worth_of_steps(std::vector<double> hours) {
  return [hours = std::move(hours)](const Edit& edit) {
    std::set<StepId> removed(edit.removed.begin(), edit.removed.end());
    double sum = 0;
    for (const StepId step : removed) sum += hours[step.index()];
    return sum;
  };
}

double worth_of(const std::vector<Finding>& findings, const Worth& worth,
                const std::vector<std::size_t>& plan) {
  Edit all;
  for (const std::size_t i : plan) all.append(findings[i].change.edit);
  return worth(all);
}

bool fits(const std::vector<Finding>& findings, const std::vector<std::size_t>& plan) {
  for (const std::size_t a : plan) {
    for (const std::size_t b : plan) {
      if (a != b && conflict(findings[a].change.edit, findings[b].change.edit)) return false;
    }
  }
  return true;
}

/// The most that any set of findings without conflict saves, by trying all of them.
double best_by_force(const std::vector<Finding>& findings, const Worth& worth) {
  double best = 0;
  for (std::size_t set = 0; set < std::size_t{1} << findings.size(); ++set) {
    std::vector<std::size_t> plan;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      if ((set >> i & 1) != 0) plan.push_back(i);
    }
    if (fits(findings, plan)) best = std::max(best, worth_of(findings, worth, plan));
  }
  return best;
}

}  // namespace

TEST_CASE("two small changes may be worth more than the large one they conflict with") {
  // The first takes away what the other two rely on.
  const std::vector<Finding> findings = {removing(0), removing(1, {StepId(0)}),
                                         removing(2, {StepId(0)})};
  CHECK(best_plan(findings, worth_of_steps({5, 3, 4})) == std::vector<std::size_t>{1, 2});
  CHECK(best_plan(findings, worth_of_steps({9, 3, 4})) == std::vector<std::size_t>{0});
}

TEST_CASE("a finding without a change is no part of a plan") {
  const std::vector<Finding> findings = {removing(0), Finding()};
  CHECK(best_plan(findings, worth_of_steps({1})) == std::vector<std::size_t>{0});
}

TEST_CASE("what adds nothing to the rest falls out of a plan, whichever stands in front") {
  std::vector<Finding> findings = {removing(0), removing(0)};
  findings[1].change.edit.removed.push_back(StepId(1));
  CHECK(best_plan(findings, worth_of_steps({1, 1})) == std::vector<std::size_t>{1});
  std::swap(findings[0], findings[1]);
  CHECK(best_plan(findings, worth_of_steps({1, 1})) == std::vector<std::size_t>{0});
  CHECK(best_plan(findings, worth_of_steps({0, 0})).empty());
}

TEST_CASE("a question does not push out what is certain, but joins where it adds something") {
  std::vector<Finding> findings = {removing(0), removing(1, {StepId(0)}), removing(2), removing(0)};
  for (const std::size_t question : {1U, 2U, 3U}) findings[question].level = Level::info;
  CHECK(best_plan(findings, worth_of_steps({1, 9, 2})) == std::vector<std::size_t>{0, 2});
}

TEST_CASE("no two changes of a plan say how often, or by whom, a step is done") {
  std::vector<Finding> findings(2);
  findings[0].change.edit.fewer = {{StepId(0), 0.5}};
  findings[1].change.edit.fewer = {{StepId(0), 0.2}};
  const auto spared = [](const Edit& edit) {
    double part = 1;
    for (const auto& each : edit.fewer) part *= each.second;
    return 1 - part;
  };
  CHECK(best_plan(findings, spared) == std::vector<std::size_t>{1});
  findings[0].change.edit = {};
  findings[0].change.edit.removed = {StepId(0)};
  CHECK(conflict(findings[0].change.edit, findings[1].change.edit));
  Edit here, there;
  here.moved = {{StepId(0), RoleId(1)}};
  there.moved = {{StepId(0), RoleId(2)}};
  CHECK(conflict(here, there));
}

TEST_CASE("doing a step less often conflicts with relying on it") {
  Edit relies;
  relies.unwaited = relies.kept = {StepId(3)};
  Edit fewer;
  fewer.fewer = {{StepId(3), 0.5}};
  CHECK(conflict(relies, fewer));
  CHECK(conflict(fewer, relies));
  fewer.fewer = {{StepId(4), 0.5}};
  CHECK_FALSE(conflict(relies, fewer));
}

TEST_CASE("the plan is the best of all sets without conflict") {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    std::vector<Finding> findings;
    std::vector<double> hours;
    for (int i = 0; i < 8; ++i) {
      findings.push_back(removing(random() % 8, {StepId(random() % 8)}));
      hours.push_back(1 + static_cast<double>(random() % 100));
    }
    const Worth worth = worth_of_steps(hours);
    const std::vector<std::size_t> plan = best_plan(findings, worth);
    CHECK(fits(findings, plan));
    CHECK(worth_of(findings, worth, plan) == doctest::Approx(best_by_force(findings, worth)));
  }
}

}  // namespace gemba
