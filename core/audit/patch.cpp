#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/audit/wording.h"
#include "core/base/text.h"
#include "core/graph/flow_graph.h"

namespace gemba::inline audit {

std::string toml_string(std::string_view text) {
  const bool literal = text.find('"') != std::string_view::npos &&
                       text.find('\'') == std::string_view::npos && printable(text) == text;
  if (literal) return fmt::format("'{}'", text);
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\t')
      result += "\\t";
    else
      result += c;
  }
  return printable(result) + "\"";
}

namespace {

/// The flow of a process with some steps taken out.
class Bypass {
 public:
  Bypass(const Process& process, const std::vector<StepId>& removed,
         const std::vector<FlowId>& closed)
      : process_(process),
        removed_(process.steps.size(), false),
        closed_(process.flows.size(), false),
        graph_(process) {
    for (const StepId step : removed) removed_[step.index()] = true;
    for (const FlowId flow : closed) closed_[flow.index()] = true;
  }

  /// Where a case goes instead of to `step`; none when there are several ways, or none.
  std::optional<StepId> target(StepId step) const {
    for (std::size_t hops = 0; removed_[step.index()]; ++hops) {
      std::optional<StepId> next;
      for (const FlowId flow : graph_.out[step.index()]) {
        if (closed_[flow.index()]) continue;
        if (next) return std::nullopt;
        next = graph_.to(flow);
      }
      if (!next || hops > process_.steps.size()) return std::nullopt;
      step = *next;
    }
    return step;
  }

  bool is_rewired(StepId step) const {
    if (removed_[step.index()]) return false;
    const auto& out = graph_.out[step.index()];
    return std::any_of(out.begin(), out.end(),
                       [&](FlowId flow) { return removed_[graph_.to(flow).index()]; });
  }

  std::string next_of(StepId step) const {
    const auto& out = graph_.out[step.index()];
    if (out.size() == 1) return toml_string(process_[*target(graph_.to(out[0]))].id);
    const bool bare = std::all_of(out.begin(), out.end(), [&](FlowId id) {
      const Flow& flow = process_[id];
      return !flow.when && !flow.share && flow.label.empty();
    });
    if (bare) {
      std::vector<std::string> targets;
      for (const FlowId flow : out) {
        targets.push_back(toml_string(process_[*target(graph_.to(flow))].id));
      }
      return fmt::format("[{}]", fmt::join(targets, ", "));
    }
    std::string text = "[\n";
    for (const FlowId flow : out) text += "  " + exit(process_[flow]) + ",\n";
    return text + "]";
  }

  /// Steps that were reached before and are not any more.
  std::vector<StepId> orphans() const {
    std::vector<bool> seen(process_.steps.size(), false);
    std::vector<StepId> stack = graph_.starts;
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      if (seen[step.index()]) continue;
      seen[step.index()] = true;
      for (const FlowId flow : graph_.out[step.index()]) {
        if (!closed_[flow.index()]) stack.push_back(graph_.to(flow));
      }
    }
    const std::vector<bool> before = reachable_from_starts(graph_);
    std::vector<StepId> lost;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      if (before[i] && !seen[i] && !removed_[i]) lost.push_back(StepId(i));
    }
    return lost;
  }

 private:
  std::string exit(const Flow& flow) const {
    std::string text = "{ to = " + toml_string(process_[*target(flow.to)].id);
    if (flow.when) text += ", when = " + toml_string(flow.when->text);
    if (!flow.label.empty()) text += ", label = " + toml_string(flow.label);
    if (flow.share) text += fmt::format(", share = {:#}", *flow.share);
    return text + " }";
  }

  const Process& process_;
  std::vector<bool> removed_, closed_;
  FlowGraph graph_;
};

template <class Steps>
bool names_one_of(const Steps& steps, const std::vector<StepId>& wanted) {
  return std::any_of(steps.begin(), steps.end(), [&](StepId step) {
    return std::find(wanted.begin(), wanted.end(), step) != wanted.end();
  });
}

/// Parts of the document, other than flows, that name a step that goes.
std::string other_references(const Process& process, const std::vector<StepId>& removed) {
  std::string text;
  for (const Kpi& kpi : process.kpis) {
    std::vector<StepId> used = kpi.with;
    used.insert(used.end(), kpi.without.begin(), kpi.without.end());
    if (kpi.from) used.push_back(*kpi.from);
    if (kpi.to) used.push_back(*kpi.to);
    if (names_one_of(used, removed)) {
      text += fmt::format("# the [[kpi]] {} names it: adapt it\n", toml_string(kpi.id));
    }
  }
  for (const PathTest& path : process.paths) {
    if (names_one_of(path.steps, removed)) {
      text += fmt::format("# the [[path]] {} names it: adapt it\n", toml_string(path.name));
    }
  }
  return text;
}

}  // namespace

std::string bypass_patch(const Process& process, const std::vector<StepId>& removed,
                         const std::vector<FlowId>& closed) {
  const Bypass bypass(process, removed, closed);
  for (const StepId step : removed) {
    if (!bypass.target(step)) return {};
  }
  std::string patch;
  for (const StepId step : removed) {
    patch += fmt::format("# take out the step {}\n", toml_string(process[step].id));
  }
  for (const StepId step : bypass.orphans()) {
    patch += fmt::format("# nothing leads to the step {} any more: take it out too\n",
                         toml_string(process[step].id));
  }
  patch += other_references(process, removed);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    if (!bypass.is_rewired(StepId(i))) continue;
    patch += fmt::format("[[step]]\nid = {}\nnext = {}\n", toml_string(process.steps[i].id),
                         bypass.next_of(StepId(i)));
  }
  return patch;
}

}  // namespace gemba::inline audit
