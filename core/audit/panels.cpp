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

class Search {
 public:
  explicit Search(const AuditInput& input)
      : input_(input), process_(input.process), in_chain_(in_approval_chains(input)) {
    for (std::size_t i = 0; i < process_.steps.size(); ++i) {
      if (may_be_member(StepId(i))) members_.emplace_back(i);
    }
  }

  std::vector<Panel> all() const {
    std::vector<Panel> found;
    std::vector<bool> taken(members_.size(), false);
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (taken[i]) continue;
      Panel panel = from(i, taken);
      if (panel.steps.size() >= least_members) found.push_back(std::move(panel));
    }
    return found;
  }

 private:
  bool may_be_member(StepId id) const {
    const Step& step = process_[id];
    const bool judges = step.kind == StepKind::task || step.kind == StepKind::approval;
    if (!judges || !is_own_work(process_, id) || in_chain_[id.index()]) return false;
    if (step.automation == Automation::automatic || step.value == Value::customer) return false;
    return !says(step, Saying::entry) && !says(step, Saying::intake) &&
           !says(step, Saying::giving) && !facts_needed(process_, step).empty();
  }

  bool belongs(const Panel& panel, StepId id) const {
    const Step& step = process_[id];
    const Step& first = process_[panel.steps.front()];
    if (step.system && first.system && step.system != first.system) return false;
    if (name_similarity(first.name, step.name) < alike && !make_alike(first, step)) return false;
    if (common(panel.data, facts_needed(process_, step)).empty()) return false;
    return std::none_of(panel.steps.begin(), panel.steps.end(),
                        [&](StepId other) { return process_[other].role == step.role; });
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

  Panel from(std::size_t at, std::vector<bool>& taken) const {
    Panel panel{{members_[at]}, facts_needed(process_, process_[members_[at]])};
    std::vector<std::size_t> used{at};
    for (std::size_t k = at + 1; k < members_.size(); ++k) {
      if (taken[k] || !belongs(panel, members_[k]) || !in_same_cases(panel, members_[k])) continue;
      panel.data = common(panel.data, facts_needed(process_, process_[members_[k]]));
      panel.steps.push_back(members_[k]);
      used.push_back(k);
    }
    if (panel.steps.size() >= least_members) {
      for (const std::size_t each : used) taken[each] = true;
    }
    return panel;
  }

  /// Whether those on exclusive branches are ruled out: each has most of the cases.
  bool in_same_cases(const Panel& panel, StepId id) const {
    constexpr double most = 0.5;
    const auto visits = [&](StepId step) { return input_.expected.visits.steps[step.index()]; };
    return visits(id) > most && visits(panel.steps.front()) > most;
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<bool> in_chain_;
  std::vector<StepId> members_;
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
