#include "core/audit/unused_work.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/data_origin.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/repeated_entry.h"
#include "core/audit/rule_work.h"
#include "core/audit/spoken_work.h"
#include "core/graph/data_flow.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array lists = {"台账"sv,        "记录"sv, "登记表"sv, "登记本"sv, "登记簿"sv,
                              "表格"sv,        "清单"sv, "行"sv,     "副本"sv,   "row"sv,
                              "log"sv,         "list"sv, "copy"sv,   "sheet"sv,  "ledger"sv,
                              "spreadsheet"sv, "excel"sv};

/// What the rest of the document asks for.
struct Demand {
  std::vector<std::vector<StepId>> needed_by;  ///< by DataId: steps that need it
  std::vector<bool> asked;                     ///< by DataId: a condition or KPI uses it
  std::vector<bool> measured;                  ///< by StepId: a KPI counts on it
};

void ask(const Process& process, std::string_view name, Demand& demand) {
  for (std::size_t i = 0; i < process.definitions.data.size(); ++i) {
    const Data& data = process.definitions.data[i];
    if (data.id == name || data.name == name) demand.asked[i] = true;
  }
}

void ask_condition(const Process& process, const Condition& when, Demand& demand) {
  if (when.expr) {
    for (const std::string_view name : names_in(*when.expr)) ask(process, name, demand);
    return;
  }
  for (std::size_t i = 0; i < process.definitions.data.size(); ++i) {
    const Data& data = process.definitions.data[i];
    const bool named = when.text.find(data.id) != std::string::npos ||
                       when.text.find(data.name) != std::string::npos;
    if (named) demand.asked[i] = true;
  }
}

Demand demand_of(const Process& process) {
  Demand demand{std::vector<std::vector<StepId>>(process.definitions.data.size()),
                std::vector<bool>(process.definitions.data.size(), false),
                std::vector<bool>(process.steps.size(), false)};
  for (std::size_t i = 0; i < process.steps.size(); ++i) {
    const Step& step = process.steps[i];
    for (const DataUse& use : step.needs) demand.needed_by[use.data.index()].push_back(StepId(i));
    if (step.amount) demand.needed_by[step.amount->data.index()].push_back(StepId(i));
  }
  for (const Flow& flow : process.flows) {
    if (flow.when) ask_condition(process, *flow.when, demand);
  }
  for (const Kpi& kpi : process.kpis) {
    ask(process, kpi.mean_column, demand);
    std::vector<StepId> used = kpi.with;
    used.insert(used.end(), kpi.without.begin(), kpi.without.end());
    if (kpi.from) used.push_back(*kpi.from);
    if (kpi.to) used.push_back(*kpi.to);
    for (const StepId step : used) demand.measured[step.index()] = true;
  }
  return demand;
}

class Search {
 public:
  explicit Search(const AuditInput& input)
      : process_(input.process),
        graph_(input.graph),
        demand_(demand_of(input.process)),
        entered_again_(enters_again(input)),
        says_needs_(says_needs(input.process)),
        in_system_(input.process.definitions.systems.size(), 0) {
    for (const Step& step : process_.steps) {
      if (step.system) ++in_system_[step.system->index()];
    }
  }

  Use use_of(StepId id) const {
    const Step& step = process_[id];
    const bool said_so = step.value == Value::none;
    if (!may_be_needless(id) || (step.makes.empty() && !said_so)) return Use::used;
    for (const DataUse& use : step.makes) {
      if (is_needed(use.data, id)) return Use::used;
    }
    if (meets_customer(id, said_so) || takes_in(id)) return Use::used;
    if (!said_so && is_for_somebody(step)) return Use::used;
    if (said_so) return leads_to_its_use(id, true) ? Use::used : Use::none;
    // Who enters it once more has been told so (A206).
    if (entered_again_[id.index()]) return Use::used;
    if (leads_to_its_use(id, false)) {
      return keeps_records(step) && !is_decided_on(id) ? Use::perhaps : Use::used;
    }
    return could_say_who(step) ? Use::none : Use::perhaps;
  }

  /// Tasks that nobody but the needless uses, and tasks that only those use, and so on.
  std::vector<StepId> feeding(const std::vector<StepId>& needless) const {
    std::vector<bool> gone(process_.steps.size(), false);
    for (const StepId step : needless) gone[step.index()] = true;
    const auto makers = makers_of_data(process_);
    std::vector<StepId> queue = needless;
    std::vector<StepId> found;
    for (std::size_t at = 0; at < queue.size(); ++at) {
      for (const DataUse& need : process_[queue[at]].needs) {
        for (const StepId maker : makers[need.data.index()]) {
          if (gone[maker.index()] || !only_feeds(maker, gone)) continue;
          gone[maker.index()] = true;
          queue.push_back(maker);
          found.push_back(maker);
        }
      }
    }
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  bool may_be_needless(StepId id) const {
    const Step& step = process_[id];
    if (step.kind != StepKind::task || process_.is_external(step)) return false;
    if (step.value == Value::customer || step.value == Value::business) return false;
    // A script, an SLA or a KPI says that somebody counts on the step.
    if (!step.script.empty() || step.sla || demand_.measured[id.index()]) return false;
    return graph_.out[id.index()].size() == 1;
  }

  bool only_feeds(StepId id, const std::vector<bool>& gone) const {
    if (!may_be_needless(id) || meets_customer(id, false)) return false;
    return std::all_of(process_[id].makes.begin(), process_[id].makes.end(),
                       [&](const DataUse& use) {
                         const auto& needing = demand_.needed_by[use.data.index()];
                         return !demand_.asked[use.data.index()] &&
                                std::all_of(needing.begin(), needing.end(),
                                            [&](StepId step) { return gone[step.index()]; });
                       });
  }

  static bool says_needs(const Process& process) {
    std::size_t work = 0, saying = 0;
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      if (!is_own_work(process, StepId(i))) continue;
      ++work;
      if (!process.steps[i].needs.empty()) ++saying;
    }
    return saying * 2 >= work;
  }

  /// Whether the document would say who uses what the step makes: it says so of other steps, and
  /// nobody else can see it in the system where it stands.
  bool could_say_who(const Step& step) const {
    return says_needs_ && (!step.system || in_system_[step.system->index()] < 2);
  }

  static bool keeps_records(const Step& step) {
    return says(step, Saying::entry) || says(step, Saying::filing) || says(step, Saying::paper) ||
           says(step, Saying::carrying);
  }

  /// Whether somebody gets what the step makes, as its name says: a badge, an account, a place; or
  /// it registers somebody outside by what they have brought. Lists that are kept are no such
  /// thing.
  bool is_for_somebody(const Step& step) const {
    if (says(step, Saying::giving)) return true;
    const auto brought = [&](const DataUse& use) {
      return bringer(process_, use.data).has_value();
    };
    const auto list = [&](const DataUse& use) {
      return says_any(process_.definitions[use.data].name, lists);
    };
    return says_registering(step.name) && !says_any(step.name, lists) &&
           std::any_of(step.needs.begin(), step.needs.end(), brought) &&
           std::none_of(step.makes.begin(), step.makes.end(), list);
  }

  bool is_needed(DataId data, StepId by_other_than) const {
    const auto& needing = demand_.needed_by[data.index()];
    return demand_.asked[data.index()] ||
           std::any_of(needing.begin(), needing.end(),
                       [&](StepId step) { return step != by_other_than; });
  }

  /// Whether the papers of somebody outside come to the others through the step, which takes them
  /// in.
  bool takes_in(StepId id) const {
    const Step& step = process_[id];
    if (!says(step, Saying::intake) && !says(step, Saying::entry)) return false;
    return std::any_of(step.needs.begin(), step.needs.end(), [&](const DataUse& use) {
      return bringer(process_, use.data) && is_needed(use.data, id) &&
             demand_.needed_by[use.data.index()].front() == id;
    });
  }

  /// A step that is said to add nothing meets the customer only where the flow goes straight to
  /// her.
  bool meets_customer(StepId id, bool said_so) const {
    const Reach reach = said_so ? Reach::direct : Reach::over_gateways;
    std::vector<StepId> around = all_after(process_, graph_, id, reach);
    const std::vector<StepId> before = all_before(process_, graph_, id, reach);
    around.insert(around.end(), before.begin(), before.end());
    return std::any_of(around.begin(), around.end(), [&](StepId step) {
      return process_[step].kind != StepKind::start && process_.is_external(process_[step]);
    });
  }

  /// Whether what follows may rest on the step although no datum says so.
  bool leads_to_its_use(StepId id, bool said_so) const {
    const auto following = all_after(process_, graph_, id, Reach::over_gateways);
    return prepares_decision(id) ||
           (!said_so && std::any_of(following.begin(), following.end(), [&](StepId step) {
             const StepKind kind = process_[step].kind;
             return kind != StepKind::task && !is_gateway(kind);
           }));
  }

  /// Whether what follows may be a judgement of what the step has written.
  bool is_decided_on(StepId id) const {
    const auto following = all_after(process_, graph_, id, Reach::over_gateways);
    return std::any_of(following.begin(), following.end(), [&](StepId step) {
      const StepKind kind = process_[step].kind;
      return kind == StepKind::approval || kind == StepKind::call || kind == StepKind::decision;
    });
  }

  /// Whether a decision behind the step does not say what it looks at.
  bool prepares_decision(StepId id) const {
    const auto following = all_after(process_, graph_, id, Reach::over_gateways);
    return std::any_of(following.begin(), following.end(), [&](StepId step) {
      return process_[step].kind == StepKind::decision && !is_understood(step);
    });
  }

  bool is_datum(std::string_view name) const {
    const auto& data = process_.definitions.data;
    return std::any_of(data.begin(), data.end(),
                       [&](const Data& each) { return each.id == name || each.name == name; });
  }

  /// Whether all conditions of a decision say which data they look at. A word that names no datum
  /// is a label.
  bool is_understood(StepId decision) const {
    const auto& out = graph_.out[decision.index()];
    return std::all_of(out.begin(), out.end(), [&](FlowId flow) {
      const auto& when = process_[flow].when;
      if (!when || !when->expr) return false;
      const std::vector<std::string_view> names = names_in(*when->expr);
      return !names.empty() && std::all_of(names.begin(), names.end(),
                                           [&](std::string_view name) { return is_datum(name); });
    });
  }

  const Process& process_;
  const FlowGraph& graph_;
  Demand demand_;
  std::vector<bool> entered_again_;     ///< by StepId: A206 speaks of it
  bool says_needs_;                     ///< most steps say what they need
  std::vector<std::size_t> in_system_;  ///< by SystemId: steps done there
};

}  // namespace

UnusedWork unused_work(const AuditInput& input) {
  const Search search(input);
  UnusedWork found;
  std::vector<StepId> needless;
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    found.uses.push_back(search.use_of(StepId(i)));
    if (found.uses.back() == Use::none) needless.emplace_back(i);
  }
  found.feeders = search.feeding(needless);
  return found;
}

}  // namespace gemba::inline audit
