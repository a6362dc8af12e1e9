#include "core/audit/parallel_blocks.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string_view>

#include "core/audit/data_origin.h"
#include "core/audit/own_work.h"
#include "core/audit/role_names.h"
#include "core/audit/spoken_work.h"
#include "core/estimate/outcome.h"

namespace gemba::inline audit {
namespace {

// Pairs of steps are compared within a piece: beyond a day's worth of steps nobody looks.
constexpr std::size_t longest_piece = 100;

/// The exit by which a case goes on in the series: the only one, or the one that passes.
std::optional<FlowId> way_on(const AuditInput& input, StepId id) {
  const std::vector<FlowId>& out = input.graph.out[id.index()];
  if (out.size() == 1) return out.front();
  const StepKind kind = input.process[id].kind;
  if (kind != StepKind::approval && kind != StepKind::decision) return std::nullopt;
  const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, id);
  if (!outcome.told || outcome.pass.size() != 1) return std::nullopt;
  return outcome.pass.front();
}

bool may_stand_in_series(const Step& step) {
  return !is_terminal(step.kind) && !is_parallel(step.kind);
}

std::optional<StepId> next_in_series(const AuditInput& input, StepId id) {
  const auto flow = way_on(input, id);
  if (!flow) return std::nullopt;
  const StepId next = input.graph.to(*flow);
  if (next == id || input.graph.in[next.index()].size() != 1) return std::nullopt;
  if (!may_stand_in_series(input.process[next])) return std::nullopt;
  return next;
}

/// Whether somebody else, or nobody, holds the case there: what is waited for.
bool is_waited_for(const Process& process, const Step& step) {
  return step.kind == StepKind::wait || step.kind == StepKind::call || process.is_external(step);
}

double step_seconds(const AuditInput& input, StepId id) {
  const StepFigures& figures = input.expected.steps[id.index()];
  return input.expected.visits.steps[id.index()] *
         (figures.work + figures.processing + figures.waiting);
}

bool have_common(const std::vector<DataId>& a, const std::vector<DataId>& b) {
  return std::any_of(a.begin(), a.end(),
                     [&](DataId data) { return std::find(b.begin(), b.end(), data) != b.end(); });
}

}  // namespace

std::vector<std::vector<StepId>> straight_stretches(const AuditInput& input) {
  const std::size_t count = input.process.steps.size();
  std::vector<std::optional<StepId>> next(count);
  std::vector<bool> has_previous(count, false);
  for (std::size_t i = 0; i < count; ++i) {
    if (!may_stand_in_series(input.process.steps[i])) continue;
    next[i] = next_in_series(input, StepId(i));
    if (next[i]) has_previous[next[i]->index()] = true;
  }
  std::vector<std::vector<StepId>> stretches;
  for (std::size_t i = 0; i < count; ++i) {
    if (has_previous[i] || !next[i]) continue;
    stretches.push_back({StepId(i)});
    for (auto at = next[i]; at; at = next[at->index()]) {
      if (stretches.back().size() == longest_piece) stretches.emplace_back();
      stretches.back().push_back(*at);
    }
  }
  return stretches;
}

StepOrder::StepOrder(const AuditInput& input, double refused)
    : input_(input),
      refused_(refused),
      touches_(input.process.steps.size()),
      used_data_(input.process.definitions.data.size(), false) {
  std::map<std::string_view, DataId> by_name;
  const std::vector<Data>& data = input.process.definitions.data;
  for (std::size_t i = 0; i < data.size(); ++i) by_name.emplace(data[i].id, DataId(i));
  for (std::size_t i = 0; i < touches_.size(); ++i) {
    const Step& step = input.process.steps[i];
    for (const DataUse& use : step.needs) touches_[i].reads.push_back(use.data);
    for (const DataUse& use : step.makes) touches_[i].makes.push_back(use.data);
    if (step.amount) touches_[i].reads.push_back(step.amount->data);
    for (const FlowId exit : input.graph.out[i]) {
      const std::optional<Condition>& when = input.process[exit].when;
      if (!when || !when->expr) continue;
      for (const std::string_view name : names_in(*when->expr)) {
        const auto found = by_name.find(name);
        if (found != by_name.end()) touches_[i].reads.push_back(found->second);
      }
    }
    for (const DataId each : touches_[i].reads) used_data_[each.index()] = true;
  }
}

bool StepOrder::share_data(StepId first, StepId second) const {
  const Touch& a = touches_[first.index()];
  const Touch& b = touches_[second.index()];
  return have_common(a.makes, b.reads) || have_common(a.makes, b.makes) ||
         have_common(a.reads, b.makes);
}

/// Whether the step gets something ready that is used later: not what is done for the customer in
/// the end.
bool StepOrder::prepares(StepId id) const {
  if (input_.process[id].value == Value::customer) return false;
  const std::vector<DataId>& made = touches_[id.index()].makes;
  return std::any_of(made.begin(), made.end(),
                     [&](DataId data) { return used_data_[data.index()]; });
}

/// Whether the second step is done because the first has passed the case.
bool StepOrder::decides_for(StepId first, StepId second) const {
  const Step& a = input_.process[first];
  const Step& b = input_.process[second];
  if (a.kind == StepKind::approval)
    return b.kind != StepKind::approval || are_levels(input_.process, a, b);
  if (a.kind == StepKind::decision) return b.kind != StepKind::decision && !prepares(second);
  return false;
}

/// Whether the first step takes in from outside what the second judges: nothing is judged before
/// the application is there.
bool StepOrder::takes_in_for(StepId first, StepId second) const {
  const Step& judge = input_.process[second];
  if (judge.kind != StepKind::approval && !says_check(judge)) return false;
  if (!says(input_.process[first], Saying::intake) || says(judge, Saying::intake) ||
      says(judge, Saying::entry))
    return false;
  const auto& a = touches_[first.index()].reads;
  const auto& b = touches_[second.index()].reads;
  return std::any_of(a.begin(), a.end(), [&](DataId data) {
    return bringer(input_.process, data) && std::find(b.begin(), b.end(), data) != b.end();
  });
}

/// Whether the step is the other half of what was asked for in the step before.
bool StepOrder::answers(StepId id) const {
  return is_waited_for(input_.process, input_.process[id]) && touches_[id.index()].reads.empty();
}

StepOrder::Ties StepOrder::task_ties(const std::vector<StepId>& stretch, std::size_t at) const {
  const Touch& touch = touches_[stretch[at].index()];
  const Step& step = input_.process[stretch[at]];
  const bool silent = touch.makes.empty();
  const auto asks = [&](std::size_t i) {
    return i + 1 < stretch.size() && touches_[stretch[i].index()].makes.empty() &&
           !touches_[stretch[i].index()].reads.empty() && answers(stretch[i + 1]);
  };
  if (at > 0 && answers(stretch[at]) && asks(at - 1))
    return {.by_all_after = silent, .to_previous = true};
  const bool somebodys =
      step.role || step.automation == Automation::automatic || is_waited_for(input_.process, step);
  if (somebodys && asks(at)) return {};
  const bool untold = silent || !somebodys;
  return {.to_all_before = untold || touch.reads.empty(), .by_all_after = untold};
}

StepOrder::Ties StepOrder::ties_of(const std::vector<StepId>& stretch, std::size_t at) const {
  const StepId id = stretch[at];
  const bool open = touches_[id.index()].reads.empty();
  const StepKind kind = input_.process[id].kind;
  if (kind != StepKind::decision && kind != StepKind::approval) return task_ties(stretch, at);
  const Outcome outcome =
      approval_outcome(input_.process, input_.graph, input_.expected.visits, id);
  const bool decides = kind == StepKind::decision;
  const double refused = 1 - outcome.pass_share.value_or(decides ? 0 : 1);
  const bool stops = refused > refused_ + 1e-9;
  return {.to_all_before = open || stops, .by_all_after = stops};
}

/// Works on positions in one stretch.
class StepOrder::Stretch {
 public:
  Stretch(const StepOrder& order, const std::vector<StepId>& steps)
      : order_(order),
        steps_(steps),
        bound_(steps.size(), std::vector<bool>(steps.size(), false)),
        after_(bound_) {
    std::vector<Ties> ties;
    for (std::size_t i = 0; i < steps.size(); ++i) ties.push_back(order.ties_of(steps, i));
    for (std::size_t j = 0; j < steps.size(); ++j) {
      for (std::size_t i = j; i-- > 0;) {
        bound_[i][j] =
            ties[j].to_all_before || ties[i].by_all_after || (ties[j].to_previous && i + 1 == j) ||
            order.share_data(steps[i], steps[j]) || order.decides_for(steps[i], steps[j]) ||
            order.takes_in_for(steps[i], steps[j]);
        if (!bound_[i][j]) continue;
        after_[i][j] = true;
        for (std::size_t before = 0; before < i; ++before) {
          if (after_[before][i]) after_[before][j] = true;
        }
      }
    }
  }

  Blocks apart(const std::vector<std::size_t>& members) const {
    Blocks blocks;
    for (const std::size_t at : members) blocks.steps.push_back(steps_[at]);
    if (members.size() < 2) return blocks;
    const auto lanes = lanes_of(members);
    blocks.parallel = lanes.size() > 1;
    for (const auto& part : blocks.parallel ? lanes : pieces_of(members)) {
      if (part.size() < members.size()) blocks.parts.push_back(apart(part));
    }
    return blocks;
  }

 private:
  using Members = std::vector<std::size_t>;

  /// Members that hang together, and those that the same people would do.
  std::vector<Members> lanes_of(const Members& members) const {
    std::vector<std::size_t> group(members.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    const auto join = [&](std::size_t a, std::size_t b) {
      const std::size_t from = std::max(group[a], group[b]);
      const std::size_t to = std::min(group[a], group[b]);
      std::replace(group.begin(), group.end(), from, to);
    };
    for (std::size_t b = 0; b < members.size(); ++b) {
      for (std::size_t a = 0; a < b; ++a) {
        if (bound_[members[a]][members[b]]) join(a, b);
      }
    }
    std::map<RoleId, std::size_t> busy;
    for (std::size_t first = 0; first < members.size(); ++first) {
      if (group[first] != first) continue;
      const auto role = performer(members, group, first);
      if (!role) continue;
      const auto [same, is_new] = busy.emplace(*role, first);
      if (!is_new) join(same->second, first);
    }
    std::vector<Members> lanes;
    for (std::size_t first = 0; first < members.size(); ++first) {
      if (group[first] == first) lanes.emplace_back();
    }
    return filled(members, group, std::move(lanes));
  }

  static std::vector<Members> filled(const Members& members, const std::vector<std::size_t>& group,
                                     std::vector<Members> lanes) {
    std::map<std::size_t, std::size_t> lane_of;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::size_t lane = lane_of.emplace(group[i], lane_of.size()).first->second;
      lanes[lane].push_back(members[i]);
    }
    return lanes;
  }

  /// Who does the longest step of a group.
  std::optional<RoleId> performer(const Members& members, const std::vector<std::size_t>& group,
                                  std::size_t which) const {
    double most = -1;
    std::optional<RoleId> role;
    for (std::size_t i = which; i < members.size(); ++i) {
      if (group[i] != which) continue;
      const StepId step = steps_[members[i]];
      const double seconds = step_seconds(order_.input_, step);
      if (seconds <= most) continue;
      most = seconds;
      role = order_.input_.process[step].role;
    }
    return role;
  }

  bool in_order(std::size_t a, std::size_t b) const {
    return a == b || after_[std::min(a, b)][std::max(a, b)];
  }

  /// The members between those that have their order with all others, and these by themselves.
  std::vector<Members> pieces_of(const Members& members) const {
    std::vector<Members> pieces;
    bool open = false;
    for (const std::size_t at : members) {
      const bool fixed = std::all_of(members.begin(), members.end(),
                                     [&](std::size_t other) { return in_order(at, other); });
      if (fixed || !open) pieces.emplace_back();
      pieces.back().push_back(at);
      open = !fixed;
    }
    return pieces;
  }

  const StepOrder& order_;
  const std::vector<StepId>& steps_;
  std::vector<std::vector<bool>> bound_;  ///< whether the second cannot begin before the first
  std::vector<std::vector<bool>> after_;  ///< the same, also over others
};

Blocks StepOrder::blocks_of(const std::vector<StepId>& stretch) const {
  std::vector<std::size_t> members(stretch.size());
  std::iota(members.begin(), members.end(), std::size_t{0});
  return Stretch(*this, stretch).apart(members);
}

double seconds_of(const AuditInput& input, const Blocks& blocks) {
  double seconds = 0;
  if (blocks.parts.empty()) {
    for (const StepId step : blocks.steps) seconds += step_seconds(input, step);
    return seconds;
  }
  for (const Blocks& part : blocks.parts) {
    const double own = seconds_of(input, part);
    seconds = blocks.parallel ? std::max(seconds, own) : seconds + own;
  }
  return seconds;
}

namespace {

const Blocks* only_parallel_part(const Blocks& blocks) {
  const Blocks* found = nullptr;
  for (const Blocks& part : blocks.parts) {
    if (!part.parallel) continue;
    if (found != nullptr) return nullptr;
    found = &part;
  }
  return found;
}

/// Collects the blocks of parallel parts, also those within a block.
class Collector {
 public:
  Collector(const AuditInput& input, double least) : input_(input), least_(least) {}

  Parallel collect(const Blocks& parallel) const {
    Parallel found;
    add(parallel, true, found);
    const auto seconds = [&](const Blocks& blocks) { return seconds_of(input_, blocks); };
    std::stable_sort(found.blocks.begin(), found.blocks.end(),
                     [&](const Blocks& a, const Blocks& b) { return seconds(a) > seconds(b); });
    return found;
  }

 private:
  /// `longest`: whether the time of the blocks is that of the case.
  void add(const Blocks& parallel, bool longest, Parallel& found) const {
    const auto less = [&](const Blocks& a, const Blocks& b) {
      return seconds_of(input_, a) < seconds_of(input_, b);
    };
    const auto most = std::max_element(parallel.parts.begin(), parallel.parts.end(), less);
    for (auto part = parallel.parts.begin(); part != parallel.parts.end(); ++part) {
      if (seconds_of(input_, *part) < least_) {
        found.whole = false;
        continue;
      }
      const bool is_longest = longest && part == most;
      if (longest && !is_longest)
        found.aside.insert(found.aside.end(), part->steps.begin(), part->steps.end());
      const Blocks* within = only_parallel_part(*part);
      if (within == nullptr) {
        found.blocks.push_back(*part);
        if (is_longest) found.longest = part->steps;
        continue;
      }
      found.whole = false;
      add(*within, is_longest, found);
    }
  }

  const AuditInput& input_;
  double least_;
};

}  // namespace

Parallel parallel_of(const AuditInput& input, const Blocks& blocks, double least) {
  return Collector(input, least).collect(blocks);
}

}  // namespace gemba::inline audit
