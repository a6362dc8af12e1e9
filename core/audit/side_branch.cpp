#include "core/audit/side_branch.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

// Parts of words, as they stand in conditions: is_missing.
constexpr std::array wrong = {
    "过期"sv,    "超期"sv,   "declin"sv,    "denied"sv,  "ineligible"sv,   "refus"sv,
    "expired"sv, "有误"sv,   "有错"sv,      "错误"sv,    "填错"sv,         "差错"sv,
    "缺"sv,      "不全"sv,   "不齐"sv,      "不符"sv,    "不一致"sv,       "不匹配"sv,
    "异常"sv,    "有问题"sv, "失败"sv,      "无效"sv,    "不通过"sv,       "驳回"sv,
    "退回"sv,    "不合格"sv, "差异"sv,      "拒"sv,      "破损"sv,         "wrong"sv,
    "error"sv,   "fault"sv,  "missing"sv,   "incompl"sv, "problem"sv,      "mismatch"sv,
    "invalid"sv, "reject"sv, "fail"sv,      "defect"sv,  "unclear"sv,      "exception"sv,
    "bad"sv,     "differ"sv, "incorrect"sv, "damaged"sv, "must be asked"sv};

constexpr std::array right = {"eligible"sv, "qualif"sv, "符合"sv,       "满足"sv,       "达标"sv,
                              "complete"sv, "ok"sv,     "valid"sv,      "correct"sv,    "match"sv,
                              "clear"sv,    "full"sv,   "consistent"sv, "sufficient"sv, "齐"sv,
                              "完整"sv,     "一致"sv,   "合格"sv,       "有效"sv,       "正确"sv,
                              "无误"sv,     "相符"sv,   "匹配"sv,       "通过"sv};

constexpr std::array nothing_wrong = {"无误"sv,   "无异常"sv, "无差异"sv, "无缺"sv,
                                      "没问题"sv, "不缺"sv,   "没有"sv,   "no problem"sv};
constexpr std::array negations = {"not "sv, "= false"sv, "=false"sv, "!= true"sv};
constexpr std::array no = {"no"sv, "否"sv, "不是"sv, "false"sv, "不"sv};

template <std::size_t size>
bool has_one(std::string_view text, const std::array<std::string_view, size>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

/// The words of an exit, with the names of the data that its condition speaks of.
std::string words_of(const Process& process, const Flow& flow) {
  std::string text = flow.label;
  if (flow.when) text += (text.empty() ? "" : "\n") + flow.when->text;
  if (flow.when && flow.when->expr) {
    for (const std::string_view name : names_in(*flow.when->expr)) {
      for (const Data& data : process.definitions.data) {
        if (data.id == name) text += "\n" + data.name;
      }
    }
  }
  return ascii_lower(text);
}

/// A long way of its own is another way of doing things, no mending.
constexpr std::size_t most_steps = 6;

/// Finds the steps of one exit.
class Branches {
 public:
  explicit Branches(const AuditInput& input)
      : input_(input), graph_(input.graph), back_(back_flows(input.graph)) {}

  std::optional<SideBranch> branch_of(StepId choice, FlowId exit, FlowId usual) const {
    if (back_[exit.index()]) return std::nullopt;
    std::vector<StepId> steps;
    StepId at = graph_.to(exit);
    while (graph_.in[at.index()].size() == 1 && steps.size() < most_steps) {
      if (is_terminal(input_.process[at].kind) || is_parallel(input_.process[at].kind))
        return std::nullopt;
      steps.push_back(at);
      const auto next = next_of(at);
      if (!next) return std::nullopt;
      at = *next;
    }
    if (steps.empty() || graph_.in[at.index()].size() < 2) return std::nullopt;
    if (input_.process[at].kind == StepKind::end || !is_on_way(graph_.to(usual), at))
      return std::nullopt;
    const Visits& visits = input_.expected.visits;
    return SideBranch{choice, exit, visits.shares[exit.index()],
                      visits.origins[exit.index()] == ShareOrigin::measured, std::move(steps)};
  }

 private:
  /// The way on that is taken most; none when it leads back.
  std::optional<StepId> next_of(StepId step) const {
    const std::vector<FlowId>& out = graph_.out[step.index()];
    if (out.empty()) return std::nullopt;
    const auto most = std::max_element(out.begin(), out.end(), [&](FlowId a, FlowId b) {
      return input_.expected.visits.shares[a.index()] < input_.expected.visits.shares[b.index()];
    });
    if (back_[most->index()]) return std::nullopt;
    return graph_.to(*most);
  }

  /// Whether a case that goes the usual way comes to the step, forwards.
  bool is_on_way(StepId from, StepId step) const {
    std::vector<bool> seen(graph_.step_count(), false);
    std::vector<StepId> stack{from};
    while (!stack.empty()) {
      const StepId at = stack.back();
      stack.pop_back();
      if (at == step) return true;
      if (seen[at.index()]) continue;
      seen[at.index()] = true;
      for (const FlowId flow : graph_.out[at.index()]) {
        if (!back_[flow.index()]) stack.push_back(graph_.to(flow));
      }
    }
    return false;
  }

  const AuditInput& input_;
  const FlowGraph& graph_;
  std::vector<bool> back_;
};

}  // namespace

std::optional<FlowId> usual_exit(const AuditInput& input, StepId choice) {
  const Visits& visits = input.expected.visits;
  const std::vector<FlowId>& out = input.graph.out[choice.index()];
  if (out.size() < 2 || is_parallel(input.process[choice].kind)) return std::nullopt;
  if (std::any_of(out.begin(), out.end(), [&](FlowId exit) {
        return visits.origins[exit.index()] == ShareOrigin::assumed;
      }))
    return std::nullopt;
  return *std::max_element(out.begin(), out.end(), [&](FlowId a, FlowId b) {
    return visits.shares[a.index()] < visits.shares[b.index()];
  });
}

std::vector<SideBranch> side_branches(const AuditInput& input) {
  const Branches branches(input);
  std::vector<SideBranch> found;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    const StepId choice(i);
    const auto usual = usual_exit(input, choice);
    if (!usual || input.expected.visits.steps[i] <= 0) continue;
    for (const FlowId exit : input.graph.out[i]) {
      if (exit == *usual) continue;
      if (auto branch = branches.branch_of(choice, exit, *usual))
        found.push_back(*std::move(branch));
    }
  }
  return found;
}

bool says_wrong(const AuditInput& input, FlowId exit) {
  const Flow& flow = input.process[exit];
  const std::string text = words_of(input.process, flow);
  const std::string question = ascii_lower(input.process[flow.from].name);
  if (has_one(text, nothing_wrong)) return false;
  if (has_one(text, negations)) return has_one(text, right) && !has_one(text, wrong);
  if (has_one(text, wrong)) return true;
  const std::string_view answer = trimmed(text);
  if (std::find(no.begin(), no.end(), answer) != no.end())
    return has_one(question, right) && !has_one(question, wrong);
  return has_one(question, wrong);
}

}  // namespace gemba::inline audit
