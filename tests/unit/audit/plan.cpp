#include "core/audit/plan.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

namespace gemba {

namespace {

Finding removing(std::uint32_t step, double hours, std::vector<StepId> kept = {}) {
  Finding finding;
  finding.change.edit.removed = {StepId(step)};
  finding.change.edit.kept = std::move(kept);
  finding.saves.hours_per_100_cases = hours;
  return finding;
}

double hours_of(const std::vector<Finding>& findings, const std::vector<std::size_t>& plan) {
  double hours = 0;
  for (const std::size_t i : plan) hours += findings[i].saves.hours_per_100_cases;
  return hours;
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
double best_by_force(const std::vector<Finding>& findings) {
  double best = 0;
  for (std::size_t set = 0; set < std::size_t{1} << findings.size(); ++set) {
    std::vector<std::size_t> plan;
    for (std::size_t i = 0; i < findings.size(); ++i) {
      if ((set >> i & 1) != 0) plan.push_back(i);
    }
    if (fits(findings, plan)) best = std::max(best, hours_of(findings, plan));
  }
  return best;
}

}  // namespace

TEST_CASE("two small changes may be worth more than the large one they conflict with") {
  // The first takes away what the other two rely on.
  const std::vector<Finding> findings = {removing(0, 5), removing(1, 3, {StepId(0)}),
                                         removing(2, 4, {StepId(0)})};
  CHECK(best_plan(findings) == std::vector<std::size_t>{1, 2});
}

TEST_CASE("a finding without a change is no part of a plan") {
  std::vector<Finding> findings = {removing(0, 1), Finding()};
  findings[1].saves.hours_per_100_cases = 9;
  CHECK(best_plan(findings) == std::vector<std::size_t>{0});
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
    for (int i = 0; i < 9; ++i) {
      findings.push_back(
          removing(random() % 8, 1 + static_cast<double>(random() % 100), {StepId(random() % 8)}));
    }
    const std::vector<std::size_t> plan = best_plan(findings);
    CHECK(fits(findings, plan));
    CHECK(hours_of(findings, plan) == doctest::Approx(best_by_force(findings)));
  }
}

}  // namespace gemba
