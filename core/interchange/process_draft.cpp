#include "core/interchange/process_draft.h"

#include <algorithm>
#include <utility>

namespace gemba::inline interchange {
namespace {

/// What a gateway without a name is called: its sign in BPMN.
std::string_view sign_of(StepKind kind) {
  if (is_terminal(kind)) return to_string(kind);
  return kind == StepKind::decision ? "×" : "+";
}

}  // namespace

StepId ProcessDraft::add(StepKind kind, const std::string& id, std::string_view name,
                         const SourceSpan& span) {
  Step step;
  step.id = ids_.take(id, '.');
  step.name = name;
  step.kind = kind;
  step.span = span;
  step.name_span = span;
  process_.steps.push_back(std::move(step));
  may_vanish_.push_back(false);
  return StepId(process_.steps.size() - 1);
}

StepId ProcessDraft::add_step(StepKind kind, const std::string& id, std::string_view name,
                              const SourceSpan& span) {
  const StepId step = add(kind, id, name.empty() ? std::string_view(id) : name, span);
  // An activity belongs to the step that shows it, whatever other steps are called.
  (*this)[step].log.push_back((*this)[step].name);
  return step;
}

StepId ProcessDraft::add_silent(StepKind kind, const std::string& id, std::string_view name,
                                const SourceSpan& span) {
  const StepId step = add(kind, id, name.empty() ? sign_of(kind) : name, span);
  may_vanish_.back() = name.empty() && is_gateway(kind);
  return step;
}

Flow& ProcessDraft::link(StepId from, StepId to, const SourceSpan& span) {
  Flow flow;
  flow.from = from;
  flow.to = to;
  flow.span = span;
  process_.flows.push_back(std::move(flow));
  return process_.flows.back();
}

/// By StepId: the step itself, or for one that vanishes the step that takes its place. Nothing
/// changes what a join waits for: it has a flow for each branch.
std::vector<StepId> ProcessDraft::destinations() const {
  const std::size_t count = process_.steps.size();
  std::vector<std::uint32_t> entries(count, 0), exits(count, 0), next(count, 0);
  for (const Flow& flow : process_.flows) {
    ++entries[flow.to.index()];
    ++exits[flow.from.index()];
    next[flow.from.index()] = flow.to.value;
  }
  enum class Mark : std::uint8_t { fresh, open, known };
  std::vector<Mark> marks(count, Mark::fresh);
  std::vector<StepId> result;
  for (std::size_t i = 0; i < count; ++i) result.emplace_back(i);
  const auto passes = [&](std::size_t step) {
    const bool waits = process_.steps[step].kind == StepKind::join && entries[step] > 1;
    return may_vanish_[step] && exits[step] == 1 && !waits;
  };
  for (std::size_t first = 0; first < count; ++first) {
    std::vector<std::size_t> way;
    std::size_t at = first;
    for (; marks[at] == Mark::fresh && passes(at); at = next[at]) {
      marks[at] = Mark::open;
      way.push_back(at);
    }
    StepId target = result[at];  // in a circle of gateways: the one where it closes
    for (; !way.empty(); way.pop_back()) {
      const std::size_t step = way.back();
      const bool waits = process_.steps[target.index()].kind == StepKind::join;
      const bool stays = target.index() == step || (waits && entries[step] != 1);
      if (!stays) result[step] = target;
      target = result[step];
      marks[step] = Mark::known;
    }
  }
  return result;
}

std::pair<Process, std::vector<std::optional<StepId>>> ProcessDraft::finish() {
  const std::vector<StepId> destination = destinations();
  std::vector<std::optional<StepId>> number(destination.size());
  Process process = std::exchange(process_, {});
  std::vector<Step> steps;
  for (std::size_t i = 0; i < destination.size(); ++i) {
    if (destination[i] != StepId(i)) continue;
    number[i] = StepId(steps.size());
    steps.push_back(std::move(process.steps[i]));
  }
  process.steps = std::move(steps);
  std::erase_if(process.flows, [&](const Flow& flow) { return !number[flow.from.index()]; });
  for (Flow& flow : process.flows) {
    flow.from = *number[flow.from.index()];
    flow.to = *number[destination[flow.to.index()].index()];
  }
  std::stable_sort(process.flows.begin(), process.flows.end(),
                   [](const Flow& a, const Flow& b) { return a.from < b.from; });
  return {std::move(process), std::move(number)};
}

}  // namespace gemba::inline interchange
