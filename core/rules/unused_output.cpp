#include <fmt/format.h>

#include <algorithm>

#include "core/graph/data_flow.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

/// Whether something besides the steps asks for the datum: a measure, or a test.
bool read_elsewhere(const Process& process, const std::string& id) {
  const auto measures = [&](const Kpi& kpi) { return kpi.mean_column == id; };
  const auto gives = [&](const PathTest& path) {
    return std::any_of(path.given.begin(), path.given.end(),
                       [&](const auto& given) { return given.first == id; });
  };
  return std::any_of(process.kpis.begin(), process.kpis.end(), measures) ||
         std::any_of(process.paths.begin(), process.paths.end(), gives);
}

/// The steps that read a datum, in document order.
std::vector<StepId> readers(const RuleInput& input, DataId data) {
  std::vector<StepId> found;
  for (std::size_t step = 0; step < input.process.steps.size(); ++step) {
    if (uses(input.process.steps[step], data) ||
        decides_by(input.process, input.graph, StepId(step), data))
      found.emplace_back(step);
  }
  return found;
}

void check(const RuleInput& input, RuleReport& report) {
  const Process& process = input.process;
  const auto makers = makers_of_data(process);
  for (std::size_t data = 0; data < makers.size(); ++data) {
    const Data& datum = process.definitions.data[data];
    // What the repository shares may be for other documents.
    if (datum.shared || datum.implied || makers[data].empty()) continue;
    if (read_elsewhere(process, datum.id)) continue;
    const std::vector<StepId> wanted = readers(input, DataId(data));
    for (const StepId maker : makers[data]) {
      // A step that chooses its own exit by what it made has used it.
      if (std::find(wanted.begin(), wanted.end(), maker) != wanted.end()) continue;
      const std::vector<bool> later = reachable_after(input.graph, maker);
      if (std::any_of(wanted.begin(), wanted.end(),
                      [&](StepId reader) { return later[reader.index()]; }))
        continue;
      report.add(made_at(process[maker], DataId(data))->span, process[maker].id,
                 fmt::format("no step after '{}' needs '{}'", process[maker].id, datum.id));
    }
  }
}

}  // namespace

constinit const Rule unused_output{
    .about = {.code = "D302",
              .name = "unused-output",
              .level = Level::warning,
              .summary = "a datum that no later step needs",
              .what = "A datum in `makes` that no step after it lists in `needs` or `amount`, and "
                      "that no condition, KPI or path test names. Data that gemba.toml shares may "
                      "be for other documents and are not reported.",
              .why = "Either somebody records what nobody reads, or a step that needs it does not "
                     "say so and will be built without it.",
              .example = R"([map]
[data.reason]
name = "退款原因"
[[step]]
id = "intake"
kind = "start"
next = "ask"
[[step]]
id = "ask"
name = "登记退款原因"
makes = ["reason"]
next = "refund"
[[step]]
id = "refund"
name = "退款"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[data.reason]
name = "退款原因"
[[step]]
id = "intake"
kind = "start"
next = "ask"
[[step]]
id = "ask"
name = "登记退款原因"
makes = ["reason"]
next = "refund"
[[step]]
id = "refund"
name = "按原因退款"
needs = ["reason"]
next = "done"
[[step]]
id = "done"
kind = "end"
)"},
    .needs_flow = true,
    .check = check};

}  // namespace gemba::inline rules
