#include "core/audit/loops.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "core/base/text.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

// A case that has more in it is not done wrongly: 还有其他问题?
constexpr std::array more_to_do = {
    "其他问题"sv,         "其它问题"sv,        "别的问题"sv,      "其他咨询"sv,
    "其他诉求"sv,         "其他需求"sv,        "其他需要"sv,      "其他商品"sv,
    "其他订单"sv,         "其他事"sv,          "下一个"sv,        "下一件"sv,
    "下一单"sv,           "下一位"sv,          "下一项"sv,        "anything else"sv,
    "any other"sv,        "next item"sv,       "next order"sv,    "another item"sv,
    "another question"sv, "another request"sv, "another order"sv, "more questions"sv,
    "more items"sv};

/// The exits after which a case cannot but take the flow; none when nobody can leave its loop.
std::vector<FlowId> deciding_exits(const FlowGraph& graph, FlowId back) {
  std::vector<FlowId> deciding;
  std::vector<bool> seen(graph.edges.size(), false);
  std::vector<std::size_t> lead_back(graph.step_count(), 0);
  std::vector<FlowId> stack{back};
  while (!stack.empty()) {
    const FlowId flow = stack.back();
    stack.pop_back();
    if (seen[flow.index()]) continue;
    seen[flow.index()] = true;
    const StepId from = graph.from(flow);
    if (++lead_back[from.index()] < graph.out[from.index()].size()) {
      deciding.push_back(flow);
      continue;
    }
    // All exits lead back: what decided was before.
    if (from == graph.to(back)) return {};
    std::erase_if(deciding, [&](FlowId exit) { return graph.from(exit) == from; });
    stack.insert(stack.end(), graph.in[from.index()].begin(), graph.in[from.index()].end());
  }
  std::sort(deciding.begin(), deciding.end());
  return deciding;
}

/// Whether the deciding exits are all choices: what a fork begins is no going back.
bool is_choice(const AuditInput& input, const Loop& loop) {
  return !loop.deciding.empty() &&
         std::none_of(loop.deciding.begin(), loop.deciding.end(), [&](FlowId flow) {
           return input.process[input.graph.from(flow)].kind == StepKind::fork;
         });
}

/// Numbers that a condition compares a name with, by a comparison among `ops`.
std::vector<std::pair<std::string, double>> bounds_in(const std::optional<Condition>& when,
                                                      std::initializer_list<Expr::Op> ops) {
  std::vector<std::pair<std::string, double>> bounds;
  if (!when || !when->expr) return bounds;
  for (const Expr::Node& node : when->expr->nodes) {
    if (std::find(ops.begin(), ops.end(), node.op) == ops.end()) continue;
    const Expr::Node& name = when->expr->nodes[node.children[0]];
    const Expr::Node& number = when->expr->nodes[node.children[1]];
    const auto* value = std::get_if<double>(&number.value);
    if (name.op == Expr::Op::name && value != nullptr) bounds.emplace_back(name.name, *value);
  }
  return bounds;
}

/// Whether cases go back over the exit a limited number of times: `tries < 3`, beside an exit for
/// `tries >= 3`. Somebody has thought about how often is enough.
bool is_limited(const AuditInput& input, FlowId exit) {
  const auto limits = bounds_in(input.process[exit].when, {Expr::Op::lt, Expr::Op::le});
  for (const FlowId other : input.graph.out[input.graph.from(exit).index()]) {
    if (other == exit) continue;
    for (const auto& bound : bounds_in(input.process[other].when, {Expr::Op::ge, Expr::Op::gt})) {
      if (std::find(limits.begin(), limits.end(), bound) != limits.end()) return true;
    }
  }
  return false;
}

/// Whether cases go back over the exit because there is more to do, as its words or those of its
/// step say.
bool goes_on(const AuditInput& input, FlowId exit) {
  const Flow& flow = input.process[exit];
  std::string text = input.process[flow.from].name + "\n" + flow.label;
  if (flow.when) text += "\n" + flow.when->text;
  text = ascii_lower(text);
  return std::any_of(more_to_do.begin(), more_to_do.end(),
                     [&](std::string_view words) { return text.find(words) != std::string::npos; });
}

/// A shortest way from `start` to `check`; empty when there is none.
std::vector<StepId> way_between(const FlowGraph& graph, StepId start, StepId check) {
  std::vector<std::optional<StepId>> before(graph.step_count());
  std::vector<StepId> queue{start};
  for (std::size_t at = 0; at < queue.size() && queue[at] != check; ++at) {
    for (const FlowId flow : graph.out[queue[at].index()]) {
      const StepId next = graph.to(flow);
      if (next == start || before[next.index()]) continue;
      before[next.index()] = queue[at];
      queue.push_back(next);
    }
  }
  std::vector<StepId> way;
  if (start != check && !before[check.index()]) return way;
  for (std::optional<StepId> at = check; at; at = before[at->index()]) way.push_back(*at);
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace

double repeats_of(const AuditInput& input, const Loop& loop) {
  double repeats = 0;
  for (const FlowId exit : loop.deciding) repeats += input.expected.visits.flows[exit.index()];
  return repeats;
}

std::vector<StepId> senders(const AuditInput& input, const Loop& loop) {
  std::vector<double> sent(input.process.steps.size(), 0);
  std::vector<StepId> steps;
  for (const FlowId exit : loop.deciding) {
    const StepId from = input.graph.from(exit);
    if (std::find(steps.begin(), steps.end(), from) == steps.end()) steps.push_back(from);
    sent[from.index()] += input.expected.visits.flows[exit.index()];
  }
  std::stable_sort(steps.begin(), steps.end(),
                   [&](StepId a, StepId b) { return sent[a.index()] > sent[b.index()]; });
  return steps;
}

std::vector<Loop> rework_loops(const AuditInput& input, double least) {
  const std::vector<bool> back = back_flows(input.graph);
  const std::vector<bool> reached = reachable_from_starts(input.graph);
  std::vector<Loop> loops;
  for (std::size_t i = 0; i < back.size(); ++i) {
    const FlowId flow(i);
    if (!back[i] || !reached[input.graph.from(flow).index()]) continue;
    if (input.expected.visits.flows[i] < least - 1e-9) continue;
    Loop loop{flow, deciding_exits(input.graph, flow)};
    if (!is_choice(input, loop)) continue;
    std::erase_if(loop.deciding,
                  [&](FlowId exit) { return is_limited(input, exit) || goes_on(input, exit); });
    if (repeats_of(input, loop) >= least - 1e-9) loops.push_back(std::move(loop));
  }
  return loops;
}

std::vector<bool> on_every_round(const FlowGraph& graph, StepId start, StepId check) {
  std::vector<bool> always(graph.step_count(), false);
  const std::vector<StepId> way = way_between(graph, start, check);
  std::vector<std::size_t> place(graph.step_count(), 0);
  for (std::size_t i = 0; i < way.size(); ++i) place[way[i].index()] = i + 1;
  std::vector<bool> seen(graph.step_count(), false);
  std::size_t furthest = 0;
  for (std::size_t i = 0; i + 1 < way.size(); ++i) {
    if (furthest <= i) always[way[i].index()] = true;
    std::vector<StepId> stack{way[i]};
    while (!stack.empty()) {
      const StepId step = stack.back();
      stack.pop_back();
      for (const FlowId flow : graph.out[step.index()]) {
        const StepId next = graph.to(flow);
        if (place[next.index()] > 0) {
          furthest = std::max(furthest, place[next.index()] - 1);
        } else if (!seen[next.index()]) {
          seen[next.index()] = true;
          stack.push_back(next);
        }
      }
    }
  }
  return always;
}

}  // namespace gemba::inline audit
