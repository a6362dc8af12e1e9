#include "core/audit/fork_patch.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/audit/patch.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

/// The flow on, when it is the only one and says nothing.
std::optional<StepId> plain_next(const AuditInput& input, StepId id) {
  const std::vector<FlowId>& out = input.graph.out[id.index()];
  if (out.size() != 1) return std::nullopt;
  const Flow& flow = input.process[out.front()];
  if (flow.when || flow.share || !flow.label.empty()) return std::nullopt;
  return flow.to;
}

/// An id that no step has.
std::string free_id(const Process& process, const std::string& wanted) {
  std::string id = wanted;
  for (int i = 2; process.find_step(id); ++i) id = fmt::format("{}_{}", wanted, i);
  return id;
}

std::string step_text(std::string_view id, std::string_view next) {
  return fmt::format("[[step]]\nid = {}\nnext = {}\n", toml_string(id), next);
}

/// The ways on from a step when those to `old` lead to `fresh`.
std::string rewired(const AuditInput& input, StepId from, StepId old, const std::string& fresh) {
  const Process& process = input.process;
  const std::vector<FlowId>& out = input.graph.out[from.index()];
  if (plain_next(input, from)) return toml_string(fresh);
  std::string text = "[\n";
  for (const FlowId id : out) {
    const Flow& flow = process[id];
    text += "  { to = " + toml_string(flow.to == old ? fresh : process[flow.to].id);
    if (flow.when) text += ", when = " + toml_string(flow.when->text);
    if (!flow.label.empty()) text += ", label = " + toml_string(flow.label);
    if (flow.share) text += fmt::format(", share = {:#}", *flow.share);
    text += " },\n";
  }
  return text + "]";
}

/// The steps of the branches, when they stand in one piece in the stretch, all with a plain way on.
std::vector<StepId> piece_of(const AuditInput& input, const std::vector<StepId>& stretch,
                             const std::vector<std::vector<StepId>>& branches) {
  std::vector<StepId> piece;
  std::size_t last = 0;
  for (std::size_t i = 0; i < stretch.size(); ++i) {
    const bool within = std::any_of(branches.begin(), branches.end(), [&](const auto& branch) {
      return std::find(branch.begin(), branch.end(), stretch[i]) != branch.end();
    });
    if (!within) continue;
    if (!plain_next(input, stretch[i]) || (!piece.empty() && i != last + 1)) return {};
    last = i;
    piece.push_back(stretch[i]);
  }
  return piece;
}

/// Whether an approval would come to stand right behind work of its own role.
bool approves_own_work(const Process& process, StepId after,
                       const std::vector<std::vector<StepId>>& branches) {
  const Step& step = process[after];
  return step.kind == StepKind::approval &&
         std::any_of(branches.begin(), branches.end(),
                     [&](const auto& branch) { return process[branch.back()].role == step.role; });
}

}  // namespace

std::string fork_patch(const AuditInput& input, const std::vector<StepId>& stretch,
                       const std::vector<std::vector<StepId>>& branches) {
  const Process& process = input.process;
  const std::vector<StepId> piece = piece_of(input, stretch, branches);
  if (piece.empty() || input.graph.in[piece.front().index()].size() != 1) return {};
  const StepId before = input.graph.from(input.graph.in[piece.front().index()].front());
  const StepId after = *plain_next(input, piece.back());
  if (approves_own_work(process, after, branches)) return {};
  const std::string fork = free_id(process, process[piece.front()].id + "_fork");
  const std::string join = free_id(process, process[piece.back()].id + "_join");
  std::vector<std::string> firsts;
  for (const auto& branch : branches) firsts.push_back(toml_string(process[branch.front()].id));
  std::string patch = step_text(process[before].id, rewired(input, before, piece.front(), fork));
  patch += fmt::format("[[step]]\nid = {}\nkind = \"fork\"\nnext = [{}]\n", toml_string(fork),
                       fmt::join(firsts, ", "));
  for (const auto& branch : branches) {
    for (std::size_t i = 0; i < branch.size(); ++i) {
      const bool last = i + 1 == branch.size();
      const std::string& next = last ? join : process[branch[i + 1]].id;
      patch += step_text(process[branch[i]].id, toml_string(next));
    }
  }
  patch += fmt::format("[[step]]\nid = {}\nkind = \"join\"\nnext = {}\n", toml_string(join),
                       toml_string(process[after].id));
  return patch;
}

}  // namespace gemba::inline audit
