#include "core/audit/handover_chains.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "core/audit/customer_way.h"
#include "core/audit/main_way.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t several = 3;

/// Work on things and in places, which cannot change hands with a file.
constexpr std::array with_things = {
    "签收"sv,  "检验"sv,   "质检"sv,     "入库"sv,        "出库"sv,    "发货"sv,     "寄"sv,
    "打包"sv,  "维修"sv,   "安装"sv,     "配送"sv,        "取件"sv,    "拣货"sv,     "化验"sv,
    "施工"sv,  "ship"sv,   "deliver"sv,  "repair"sv,      "install"sv, "pack"sv,     "pick"sv,
    "goods"sv, "unload"sv, "assemble"sv, "manufacture"sv, "clean"sv,   "transport"sv};
constexpr std::array of_things = {"仓库"sv, "仓储"sv, "物流"sv,      "检验科"sv, "司机"sv,
                                  "车间"sv, "dock"sv, "warehouse"sv, "driver"sv, "laboratory"sv};

bool is_with_things(const Process& process, const Step& step) {
  return says_any(step.name, with_things) ||
         says_any(process.definitions[*step.role].name, of_things);
}

/// What somebody outside does who comes to us or sends us something.
constexpr std::array comings = {"到"sv,      "来"sv,     "前往"sv,   "带"sv,      "携"sv,
                                "寄"sv,      "交"sv,     "提交"sv,   "补交"sv,    "返回"sv,
                                " come"sv,   " bring"sv, " hand"sv,  " return"sv, " send"sv,
                                " arrive"sv, " visit"sv, " appear"sv};

/// Whether the name says that somebody outside comes or sends something, so that their time is in
/// the waiting: 顾客到柜台交资料.
bool waits_for_outside(const Process& process, const Step& step) {
  const std::vector<Role>& roles = process.definitions.roles;
  return std::any_of(roles.begin(), roles.end(), [&](const Role& role) {
    if (!role.external || !step.name.starts_with(role.name)) return false;
    const std::string_view rest = std::string_view(step.name).substr(role.name.size());
    return std::any_of(comings.begin(), comings.end(),
                       [&](std::string_view word) { return rest.starts_with(word); });
  });
}

bool is_hand_work(const Process& process, StepId id) {
  const Step& step = process[id];
  if (!step.role || is_with_things(process, step) || waits_for_outside(process, step)) return false;
  return (step.kind == StepKind::task || step.kind == StepKind::notify) &&
         is_own_work(process, id) && step.automation != Automation::automatic;
}

/// By StepId, the piece of work that follows over decisions.
class NextWork {
 public:
  explicit NextWork(const AuditInput& input)
      : process_(input.process), next_(main_next(input)), work_(next_.size()) {
    for (std::size_t i = 0; i < work_.size(); ++i) {
      if (is_hand_work(process_, StepId(i))) work_[i] = behind(StepId(i));
    }
  }
  const std::vector<std::optional<StepId>>& of() const { return work_; }

 private:
  std::optional<StepId> behind(StepId step) const {
    constexpr int most_decisions = 8;  // in a row, without work between
    std::optional<StepId> at = next_[step.index()];
    int approvals = 0;
    for (int i = 0; i < most_decisions && at; ++i) {
      const StepKind kind = process_[*at].kind;
      // Several approvals in a row are a matter of their own.
      if (kind == StepKind::approval && ++approvals > 1) return std::nullopt;
      if (kind != StepKind::approval && kind != StepKind::decision) break;
      // Who comes back from outside has been handed over by nobody.
      if (process_.is_external(process_[*at])) return std::nullopt;
      at = next_[at->index()];
    }
    if (at && !is_hand_work(process_, *at)) at.reset();
    return at;
  }

  const Process& process_;
  std::vector<std::optional<StepId>> next_, work_;
};

/// By StepId: the last step of its chain, and how often a case has changed hands until it comes
/// there, on the way with most changes.
class Ways {
 public:
  Ways(const Process& process, const std::vector<std::optional<StepId>>& next)
      : process_(process), next_(next), changes_(next.size(), 0), before_(next.size()) {
    std::vector<std::size_t> open(next.size(), 0);
    for (const auto& to : next) {
      if (to) ++open[to->index()];
    }
    for (std::size_t i = 0; i < next.size(); ++i) {
      if (open[i] == 0) order_.push_back(StepId(i));
    }
    for (std::size_t at = 0; at < order_.size(); ++at) {
      const StepId step = order_[at];
      const auto to = next_[step.index()];
      if (!to) continue;
      pass_on(step, *to);
      if (--open[to->index()] == 0) order_.push_back(*to);
    }
  }

  /// The last step of each step's chain.
  std::vector<StepId> lasts() const {
    std::vector<StepId> last(next_.size());
    for (std::size_t i = 0; i < last.size(); ++i) last[i] = StepId(i);
    for (auto at = order_.rbegin(); at != order_.rend(); ++at) {
      if (const auto to = next_[at->index()]) last[at->index()] = last[to->index()];
    }
    return last;
  }

  std::size_t changes(StepId last) const { return changes_[last.index()]; }

  std::vector<StepId> way_to(StepId last) const {
    std::vector<StepId> way;
    for (std::optional<StepId> at = last; at; at = before_[at->index()]) way.push_back(*at);
    std::reverse(way.begin(), way.end());
    return way;
  }

 private:
  void pass_on(StepId from, StepId to) {
    const std::size_t changes =
        changes_[from.index()] + (process_[from].role == process_[to].role ? 0 : 1);
    if (before_[to.index()] && changes <= changes_[to.index()]) return;
    changes_[to.index()] = changes;
    before_[to.index()] = from;
  }

  const Process& process_;
  const std::vector<std::optional<StepId>>& next_;
  std::vector<std::size_t> changes_;
  std::vector<std::optional<StepId>> before_;
  std::vector<StepId> order_;  ///< a step after those that lead to it
};

bool is_handed_over(const Process& process, StepId step,
                    const std::vector<std::vector<StepId>>& before) {
  return std::any_of(before[step.index()].begin(), before[step.index()].end(),
                     [&](StepId from) { return process[from].role != process[step].role; });
}

/// Whether a decision or nothing stands between the pieces, and no approval.
bool is_free_of_approvals(const AuditInput& input, const HandoverChain& chain) {
  return std::none_of(chain.steps.begin(), chain.steps.end(), [&](StepId step) {
    const std::vector<StepId> before =
        all_before(input.process, input.graph, step, Reach::over_gateways);
    return step != chain.way.front() && std::any_of(before.begin(), before.end(), [&](StepId each) {
             return input.process[each].kind == StepKind::approval;
           });
  });
}

void complete(const AuditInput& input, const std::vector<std::vector<StepId>>& before,
              HandoverChain& chain) {
  for (const StepId step : chain.steps) {
    const double visits = input.expected.visits.steps[step.index()];
    const StepFigures& figures = input.expected.steps[step.index()];
    chain.work_seconds += visits * figures.work;
    if (!is_handed_over(input.process, step, before)) continue;
    chain.taken.push_back(step);
    chain.waiting_seconds += visits * figures.waiting;
  }
  for (const StepId step : chain.way) {
    const RoleId role = *input.process[step].role;
    if (std::find(chain.roles.begin(), chain.roles.end(), role) == chain.roles.end())
      chain.roles.push_back(role);
  }
}

/// Whether somebody outside gets a service from each of several roles, which is no passing along of
/// one piece of work.
bool are_services(const AuditInput& input, const HandoverChain& chain) {
  const std::vector<Windows> windows = windows_of(input);
  return std::any_of(windows.begin(), windows.end(), [&](const Windows& each) {
    return std::count_if(each.steps.begin(), each.steps.end(), [&](StepId step) {
             return std::binary_search(chain.steps.begin(), chain.steps.end(), step);
           }) >= 2;
  });
}

}  // namespace

std::vector<HandoverChain> handover_chains(const AuditInput& input) {
  const NextWork next(input);
  const Ways ways(input.process, next.of());
  const std::vector<StepId> lasts = ways.lasts();
  std::vector<std::vector<StepId>> before(lasts.size());
  std::map<StepId, HandoverChain> by_last;
  for (std::size_t i = 0; i < lasts.size(); ++i) {
    if (!is_hand_work(input.process, StepId(i))) continue;
    if (input.expected.visits.steps[i] <= 0) continue;
    if (next.of()[i]) before[next.of()[i]->index()].push_back(StepId(i));
    by_last[lasts[i]].steps.push_back(StepId(i));
  }
  std::vector<HandoverChain> chains;
  for (auto& [last, chain] : by_last) {
    chain.changes = ways.changes(last);
    if (chain.changes == 0) continue;
    chain.way = ways.way_to(last);
    complete(input, before, chain);
    chain.has_approval = !is_free_of_approvals(input, chain);
    chains.push_back(std::move(chain));
  }
  std::sort(chains.begin(), chains.end(), [](const HandoverChain& a, const HandoverChain& b) {
    return a.steps.front() < b.steps.front();
  });
  return chains;
}

bool begins_cases(const AuditInput& input, RoleId role) {
  return std::any_of(input.graph.starts.begin(), input.graph.starts.end(),
                     [&](StepId start) { return input.process[start].role == role; });
}

namespace {

bool begins_outside(const AuditInput& input) {
  return !input.graph.starts.empty() &&
         std::all_of(input.graph.starts.begin(), input.graph.starts.end(),
                     [&](StepId start) { return input.process.is_external(input.process[start]); });
}

}  // namespace

double waiting_share(const AuditInput& input, const HandoverChain& chain) {
  double outside = 0;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (input.process.is_external(input.process.steps[i]))
      outside += input.expected.visits.steps[i] * input.expected.steps[i].waiting;
  }
  // What is outside may be beside our own work: it is never less than that.
  const double ours =
      std::max(input.expected.cycle_seconds - outside, chain.waiting_seconds + chain.work_seconds);
  return ours > 0 ? chain.waiting_seconds / ours : 0;
}

bool is_passed_along(const AuditInput& input, const HandoverChain& chain, double least_share) {
  if (chain.roles.size() < several && chain.changes < several) return false;
  // What we ask of ourselves is passed along to be controlled.
  if (chain.has_approval && !begins_outside(input)) return false;
  if (chain.waiting_seconds <= 0) return false;
  if (waiting_share(input, chain) < least_share) return false;
  return !are_services(input, chain);
}

}  // namespace gemba::inline audit
