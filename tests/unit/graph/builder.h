#pragma once
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::test {

/// Adds a step and returns its id.
inline StepId add_step(Process& process, StepKind kind, std::string id = {}) {
  Step step;
  step.id = id.empty() ? "s" + std::to_string(process.steps.size()) : std::move(id);
  step.name = step.id;
  step.kind = kind;
  process.steps.push_back(std::move(step));
  return StepId(process.steps.size() - 1);
}

/// Adds a flow. Flows may be added in any order: the graph does not need them grouped.
inline FlowId add_flow(Process& process, StepId from, StepId to,
                       std::optional<double> share = std::nullopt) {
  Flow flow;
  flow.from = from;
  flow.to = to;
  flow.share = share;
  process.flows.push_back(std::move(flow));
  return FlowId(process.flows.size() - 1);
}

/// A fixed number of seconds.
inline Duration seconds(double value) {
  Duration duration;
  duration.micros = static_cast<Micros>(value * static_cast<double>(micros_per_second));
  return duration;
}

/// A random flow of `count` steps: the first is a start, some of the last are ends; some steps are
/// not reached, some reach no end. The same seed gives the same process.
inline Process random_process(std::mt19937& random, std::size_t count, std::size_t flows,
                              bool gateways = false) {
  Process process;
  for (std::size_t i = 0; i < count; ++i) {
    StepKind kind = StepKind::task;
    if (i == 0 || (i == 1 && random() % 4 == 0)) kind = StepKind::start;
    if (i + 1 == count || (i + 2 == count && random() % 2 == 0)) kind = StepKind::end;
    if (gateways && kind == StepKind::task && random() % 3 == 0) {
      kind = random() % 2 == 0 ? StepKind::fork : StepKind::join;
    }
    add_step(process, kind);
  }
  for (std::size_t i = 0; i < flows; ++i) {
    const StepId from(random() % count);
    if (process[from].kind != StepKind::end) add_flow(process, from, StepId(random() % count));
  }
  return process;
}

}  // namespace gemba::test
