#include "core/audit/panels.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/audit/approval_chains.h"
#include "core/audit/data_origin.h"
#include "core/audit/own_work.h"
#include "core/audit/similarity.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

constexpr double alike = 0.5;
constexpr double same_kind = 0.6;
constexpr std::size_t least_members = 3;
constexpr std::size_t most_readers = 24;

class Search {
 public:
  explicit Search(const AuditInput& input)
      : input_(input),
        process_(input.process),
        in_chain_(in_approval_chains(input)),
        facts_(input.process.steps.size()),
        readers_(input.process.definitions.data.size()) {
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      const StepId id(i);
      if (!may_be_member(id)) continue;
      facts_[i] = facts_needed(process_, process_[id]);
      for (const DataId data : facts_[i]) readers_[data.index()].push_back(id);
    }
  }

  std::vector<Panel> all() const {
    std::vector<Panel> found;
    std::vector<bool> taken(process_.steps.size(), false);
    for (const std::vector<StepId>& readers : readers_) {
      // What nearly everybody reads makes no panel of them.
      if (readers.size() < least_members || readers.size() > most_readers) continue;
      for (std::size_t i = 0; i + least_members <= readers.size(); ++i) {
        if (taken[readers[i].index()]) continue;
        Panel panel = from(readers, i, taken);
        if (panel.steps.size() < least_members) continue;
        for (const StepId step : panel.steps) taken[step.index()] = true;
        found.push_back(std::move(panel));
      }
    }
    return found;
  }

 private:
  bool may_be_member(StepId id) const {
    const Step& step = process_[id];
    const bool judges = step.kind == StepKind::task || step.kind == StepKind::approval;
    constexpr double most_cases = 0.5;  // those on exclusive branches have fewer
    if (!judges || !is_own_work(process_, id) || in_chain_[id.index()]) return false;
    if (input_.expected.visits.steps[id.index()] <= most_cases) return false;
    if (step.automation == Automation::automatic || step.value == Value::customer) return false;
    return !says(step, Saying::entry) && !says(step, Saying::intake) && !says(step, Saying::giving);
  }

  bool belongs(const Panel& panel, StepId id) const {
    const Step& step = process_[id];
    const Step& first = process_[panel.steps.front()];
    if (step.system && first.system && step.system != first.system) return false;
    if (std::any_of(panel.steps.begin(), panel.steps.end(),
                    [&](StepId other) { return process_[other].role == step.role; }))
      return false;
    return name_similarity(first.name, step.name) >= alike || make_alike(first, step);
  }

  /// Whether they come to the same kind of result, each its own: score 1, score 2.
  bool make_alike(const Step& first, const Step& later) const {
    return std::any_of(first.makes.begin(), first.makes.end(), [&](const DataUse& a) {
      return std::any_of(later.makes.begin(), later.makes.end(), [&](const DataUse& b) {
        return a.data != b.data && name_similarity(process_.definitions[a.data].name,
                                                   process_.definitions[b.data].name) >= same_kind;
      });
    });
  }

  Panel from(const std::vector<StepId>& readers, std::size_t at,
             const std::vector<bool>& taken) const {
    Panel panel{{readers[at]}, facts_[readers[at].index()]};
    for (std::size_t k = at + 1; k < readers.size(); ++k) {
      if (taken[readers[k].index()] || !belongs(panel, readers[k])) continue;
      panel.data = common(panel.data, facts_[readers[k].index()]);
      panel.steps.push_back(readers[k]);
    }
    return panel;
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<bool> in_chain_;
  std::vector<std::vector<DataId>> facts_;    ///< by StepId
  std::vector<std::vector<StepId>> readers_;  ///< by DataId: steps that may be of a panel
};

}  // namespace

std::vector<Panel> panels(const AuditInput& input) { return Search(input).all(); }

void report_panels(const AuditInput& input, AuditReport& report) {
  const Process& process = input.process;
  for (const Panel& panel : panels(input)) {
    std::vector<std::string> data;
    for (const DataId each : panel.data) data.push_back("'" + process.definitions[each].name + "'");
    const std::string names = listed(quoted_names(process, panel.steps), 5);
    Finding& finding =
        report.add(panel.steps.front(), fmt::format("{} people each look at the same {}: {}",
                                                    panel.steps.size(), listed(data, 3), names));
    finding.steps = panel.steps;
    finding.evidence.push_back(
        {fmt::format("all of them need {}, and their work is alike", listed(data, 3)),
         Basis::structure});
    for (const StepId step : panel.steps) add_time_evidence(input, step, finding);
    for (const StepId step : panel.steps) add_pain_evidence(input, step, finding);
    finding.against =
        "Several judgements may be asked for by law or make the outcome fair: ask what the rule "
        "is, and how many it takes for the clear cases.";
    finding.change.summary =
        "Lay side by side what they found in the last fifty cases: how often did the third and "
        "further ones change the outcome? Where it is seldom, let two do it and one more only when "
        "they differ.";
    finding.change.edit.removed.assign(panel.steps.begin() + 2, panel.steps.end());
    finding.change.edit.kept.assign(panel.steps.begin(), panel.steps.begin() + 2);
    only_ask(finding);
  }
}

}  // namespace gemba::inline audit
