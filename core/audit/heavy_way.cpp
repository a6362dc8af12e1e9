#include "core/audit/heavy_way.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/audit/handover_chains.h"
#include "core/audit/name_words.h"
#include "core/audit/own_work.h"
#include "core/audit/rule_work.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array classes = {
    "类型"sv,  "类别"sv,     "等级"sv,  "级别"sv,     "分级"sv,    "金额"sv,       "总额"sv,
    "规模"sv,  "风险"sv,     "紧急"sv,  "危急"sv,     "缓急"sv,    "加急"sv,       "严重"sv,
    "优先"sv,  "病情"sv,     "VIP"sv,   "vip"sv,      "class"sv,   "type"sv,       "tier"sv,
    "size"sv,  "grade"sv,    "risk"sv,  "category"sv, "amount"sv,  "level"sv,      "acuity"sv,
    "value"sv, "severity"sv, "score"sv, "priority"sv, "urgency"sv, "complexity"sv, "难度"sv,
    "复杂"sv,  "难易"sv};

constexpr std::array judging = {"审"sv,     "核"sv,      "评"sv,       "定"sv,      "批"sv,
                                "查"sv,     "check"sv,   "evaluate"sv, "assess"sv,  "determine"sv,
                                "set"sv,    "rate"sv,    "price"sv,    "pricing"sv, "underwrite"sv,
                                "review"sv, "examine"sv, "analyse"sv,  "analyze"sv, "calculate"sv};

/// Of so many roles some add nothing to an easy case, whatever they are called.
constexpr std::size_t many_specialists = 5;

double waiting_at(const AuditInput& input, const std::vector<StepId>& steps) {
  double waiting = 0;
  for (const StepId step : steps) {
    waiting +=
        input.expected.visits.steps[step.index()] * input.expected.steps[step.index()].waiting;
  }
  return waiting;
}

std::size_t role_count(const Process& process, const std::vector<StepId>& steps) {
  std::set<RoleId> roles;
  for (const StepId step : steps) {
    if (process[step].role) roles.insert(*process[step].role);
  }
  return roles.size();
}

/// Approvals of one amount, each of most cases: the amount is known before the first of them.
HeavyWay by_amount(const AuditInput& input, double least_cases) {
  const Process& process = input.process;
  HeavyWay way;
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    if (step.kind != StepKind::approval || !step.amount || !is_own_work(process, StepId(i)))
      continue;
    if (step.automation == Automation::automatic) continue;
    if (input.expected.visits.steps[i] < least_cases) continue;
    if (way.mark && way.mark != step.amount->data) continue;
    way.mark = step.amount->data;
    way.steps.push_back(StepId(i));
  }
  if (role_count(process, way.steps) < 2) return {};
  way.waiting = waiting_at(input, way.steps);
  return way;
}

/// What classes a case, brought at the start or made by the first piece of our work.
std::optional<DataId> class_at_start(const Process& process, const std::vector<StepId>& way) {
  for (std::size_t i = 0; i < process.definitions.data.size(); ++i) {
    const Data& data = process.definitions.data[i];
    if (!says_any(data.name, classes)) continue;
    if (!data.from.empty() || (!way.empty() && makes(process[way.front()], DataId(i))))
      return DataId(i);
  }
  return std::nullopt;
}

/// Whether the case is met in person on the way: then it is a service, not a file.
bool serves_between(const Process& process, const HandoverChain& chain) {
  return std::any_of(chain.way.begin(), chain.way.end() - 1,
                     [&](StepId step) { return process[step].value == Value::customer; });
}

/// Whether the chain comes to a judgement, which easy cases may not need.
bool judges(const Process& process, const HandoverChain& chain) {
  const auto judgements = std::count_if(chain.way.begin(), chain.way.end(), [&](StepId step) {
    return says_any(process[step].name, judging);
  });
  return judgements + (chain.has_approval ? 1 : 0) >= 2;
}

/// Specialists that each add something, one after the other, in most cases.
HeavyWay by_specialists(const AuditInput& input, const HandoverChain& chain, double least_cases) {
  const Process& process = input.process;
  HeavyWay way;
  double cases = 0;
  std::set<RoleId> roles;
  for (const StepId step : chain.way) {
    const bool alike = process[step].role == process[chain.way.front()].role;
    if (process[step].kind != StepKind::task || process[step].makes.empty() || alike) continue;
    roles.insert(*process[step].role);
    way.steps.push_back(step);
  }
  // Behind a choice of branches each step has a part of the cases, and the last has them all.
  if (!way.steps.empty()) cases = input.expected.visits.steps[way.steps.back().index()];
  if (roles.size() < 3 || cases < least_cases) return {};
  way.waiting = waiting_at(input, chain.taken);
  way.mark = class_at_start(process, chain.way);
  return way;
}

/// Whether a step decides by the datum, and then leads to one of the others.
bool sorts_before(const AuditInput& input, DataId mark, const std::vector<StepId>& steps) {
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (!decides_by(input.process, input.graph, StepId(i), mark)) continue;
    const std::vector<bool> later = reachable_after(input.graph, StepId(i));
    if (std::any_of(steps.begin(), steps.end(), [&](StepId step) { return later[step.index()]; }))
      return true;
  }
  return false;
}

/// Whether cases wait there for us; not for the money or the letter that every case gets in the
/// end.
bool is_waited_for(const AuditInput& input, StepId id) {
  const Step& step = input.process[id];
  const bool ours = is_own_work(input.process, id) ||
                    (step.kind == StepKind::wait && step.role && !input.process.is_external(step));
  const NamedWork work = named_work(step);
  return ours && step.automation != Automation::automatic &&
         input.expected.steps[id.index()].waiting > 0 && step.kind != StepKind::notify &&
         work != NamedWork::pay && work != NamedWork::pass_on && work != NamedWork::produce;
}

/// Work of two other roles or more, for which cases wait, though a class or an amount is known, and
/// nobody decides by it.
HeavyWay by_mark(const AuditInput& input, DataId mark, const std::vector<StepId>& makers,
                 double least_cases) {
  const Process& process = input.process;
  HeavyWay way;
  const bool at_start = !process.definitions[mark].from.empty();
  if (!at_start && (makers.size() != 1 || !is_own_work(process, makers.front()))) return way;
  std::optional<StepId> first = at_start ? std::nullopt : std::optional(makers.front());
  std::vector<bool> later(process.steps.size(), true);
  if (first) later = reachable_after(input.graph, *first);
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const StepId id(i);
    if (!first && is_own_work(process, id)) first = id;
    if (!later[i] || !is_waited_for(input, id)) continue;
    if (first && process[id].role == process[*first].role) continue;
    if (input.expected.visits.steps[i] >= least_cases) way.steps.push_back(id);
  }
  if (role_count(process, way.steps) < 2 || sorts_before(input, mark, way.steps)) return {};
  way.mark = mark;
  if (!at_start) way.marker = makers.front();
  way.waiting = waiting_at(input, way.steps);
  return way;
}

/// The heaviest way behind a class or an amount.
HeavyWay by_class(const AuditInput& input, double least_cases) {
  const auto makers = makers_of_data(input.process);
  constexpr int most = 12;  // of more, the first dozen speak for all
  int marks = 0;
  HeavyWay heaviest;
  for (std::size_t i = 0; i < makers.size() && marks < most; ++i) {
    if (!says_any(input.process.definitions.data[i].name, classes)) continue;
    ++marks;
    HeavyWay way = by_mark(input, DataId(i), makers[i], least_cases);
    if (way.waiting > heaviest.waiting) heaviest = std::move(way);
  }
  return heaviest;
}

}  // namespace

std::optional<HeavyWay> heavy_way(const AuditInput& input, double least_cases,
                                  double least_waiting) {
  const double least = least_waiting * input.expected.cycle_seconds;
  const auto is_heavy = [&](const HeavyWay& way) {
    return !way.steps.empty() && way.waiting > 0 && way.waiting >= least;
  };
  const HeavyWay approvals = by_amount(input, least_cases);
  if (is_heavy(approvals)) return approvals;
  for (const HandoverChain& chain : handover_chains(input)) {
    if (!is_passed_along(input, chain, least_waiting_share)) continue;
    const HeavyWay way = by_specialists(input, chain, least_cases);
    const bool many = role_count(input.process, way.steps) >= many_specialists;
    const bool serves = serves_between(input.process, chain);
    if (!many && (serves || !judges(input.process, chain))) continue;
    if (is_heavy(way)) return way;
  }
  const HeavyWay classed = by_class(input, least_cases);
  // Without a chain, only a good part of the time is enough to ask.
  if (is_heavy(classed) && classed.waiting >= input.expected.cycle_seconds / 3) return classed;
  return std::nullopt;
}

}  // namespace gemba::inline audit
