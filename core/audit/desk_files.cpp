#include "core/audit/desk_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/audit/customer_way.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

std::string place_of(const Process& process, const Step& step) {
  const std::string role = quoted_role(process, step);
  return step.system ? fmt::format("{} in '{}'", role, process.definitions[*step.system].name)
                     : role + " in no system";
}

bool are_in_one_system(const Process& process, const std::vector<StepId>& steps) {
  const auto& system = process[steps.front()].system;
  return system && std::all_of(steps.begin(), steps.end(),
                               [&](StepId step) { return process[step].system == system; });
}

}  // namespace

void report_desk_files(const AuditInput& input, const std::vector<DataId>& data,
                       std::vector<StepId> steps, AuditReport& report) {
  const Process& process = input.process;
  std::vector<std::string> names;
  for (const DataId each : data) names.push_back("'" + process.definitions[each].name + "'");
  const std::string papers = listed(names, 4);
  Finding& finding = report.add(
      steps.front(), fmt::format("what {} desks learn from {} stays in a file of each of them",
                                 steps.size(), papers));
  finding.improvement = Improvement::information_sharing;
  finding.steps = steps;
  std::vector<std::string> places;
  for (const StepId step : steps) places.push_back(place_of(process, process[step]));
  finding.evidence.push_back({fmt::format("{}: {}", papers, listed(places, 6)), Basis::structure});
  for (const StepId step : steps) add_pain_evidence(input, step, finding);
  finding.against =
      "A law may keep them from seeing each other's files, and each may need it in a form of its "
      "own: ask before they share one.";
  finding.change.summary = fmt::format(
      "Ask whether all of them can read {} in one file, entered at {}, and each add to it only "
      "what "
      "is its own.",
      papers, quoted(process[steps.front()]));
  finding.change.edit.kept = std::move(steps);
  only_ask(finding);
}

void report_window_files(const AuditInput& input, const std::vector<StepId>& known,
                         AuditReport& report) {
  for (const Windows& windows : windows_of(input)) {
    const bool said = std::any_of(windows.steps.begin(), windows.steps.end(), [&](StepId step) {
      return std::find(known.begin(), known.end(), step) != known.end();
    });
    if (said || are_in_one_system(input.process, windows.steps)) continue;
    report_desk_files(input, windows.data, windows.steps, report);
  }
}

}  // namespace gemba::inline audit
