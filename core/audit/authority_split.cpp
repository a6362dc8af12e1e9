#include "core/audit/authority_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/audit/amount_bound.h"
#include "core/audit/approval_chains.h"
#include "core/audit/patch.h"
#include "core/audit/wording.h"
#include "core/estimate/outcome.h"
#include "core/model/authority.h"

namespace gemba::inline audit {
namespace {

std::optional<double> limit_at(const Process& process, const Step& step) {
  if (!step.role || !step.approves) return std::nullopt;
  return limit_of(process.definitions, *step.role, step.approves->text);
}

std::optional<DataId> amount_of(const Process& process, const std::vector<StepId>& chain) {
  for (const StepId step : chain) {
    if (process[step].amount) return process[step].amount->data;
  }
  return std::nullopt;
}

/// One approver for every limit, rising: of several with one limit the one that is waited for
/// least.
std::vector<AuthorityBand> bands_of(const AuditInput& input, const std::vector<StepId>& chain) {
  std::vector<AuthorityBand> bands;
  for (const StepId step : chain) {
    const auto limit = limit_at(input.process, input.process[step]);
    if (!limit) return {};
    bands.push_back({step, *limit, 0});
  }
  const auto waiting = [&](const AuthorityBand& band) {
    return input.expected.steps[band.approver.index()].waiting;
  };
  std::stable_sort(bands.begin(), bands.end(), [&](const auto& a, const auto& b) {
    return a.up_to < b.up_to || (a.up_to == b.up_to && waiting(a) < waiting(b));
  });
  bands.erase(std::unique(bands.begin(), bands.end(),
                          [](const auto& a, const auto& b) { return a.up_to == b.up_to; }),
              bands.end());
  return bands;
}

/// The parts of the cases: by the amounts of the log at the first approval, else all alike.
bool weigh(const AuditInput& input, StepId first, std::vector<AuthorityBand>& bands) {
  const bool known = input.profile != nullptr && first.index() < input.profile->judged.size() &&
                     !input.profile->judged[first.index()].empty();
  if (!known) {
    for (AuthorityBand& band : bands) band.part = 1 / static_cast<double>(bands.size());
    return false;
  }
  const std::vector<JudgedAmount>& judged = input.profile->judged[first.index()];
  double below = 0;
  for (AuthorityBand& band : bands) {
    const bool last = &band == &bands.back();
    const auto count = std::count_if(judged.begin(), judged.end(), [&](const JudgedAmount& each) {
      return last || each.amount <= band.up_to;
    });
    const double share = static_cast<double>(count) / static_cast<double>(judged.size());
    band.part = share - below;
    below = share;
  }
  return true;
}

/// Where a case goes on that the last approval lets pass, when that is one step.
std::optional<StepId> target_behind(const AuditInput& input, StepId last) {
  const Outcome outcome = approval_outcome(input.process, input.graph, input.expected.visits, last);
  if (outcome.pass.size() != 1) return std::nullopt;
  return input.graph.to(outcome.pass.front());
}

/// Whether each approval lets cases pass right to the next, and nobody else sends any there.
bool follow_directly(const AuditInput& input, const std::vector<StepId>& chain) {
  for (std::size_t i = 0; i + 1 < chain.size(); ++i) {
    const auto next = target_behind(input, chain[i]);
    if (next != chain[i + 1] || input.graph.in[chain[i + 1].index()].size() != 1) return false;
  }
  return true;
}

std::string free_id(const Process& process, const std::string& wanted) {
  const auto taken = [&](const std::string& id) {
    return std::any_of(process.steps.begin(), process.steps.end(),
                       [&](const Step& step) { return step.id == id; });
  };
  std::string id = wanted;
  for (int n = 2; taken(id); ++n) id = fmt::format("{}_{}", wanted, n);
  return id;
}

}  // namespace

std::optional<AuthoritySplit> split_by_authority(const AuditInput& input,
                                                 const std::vector<StepId>& chain) {
  const auto amount = amount_of(input.process, chain);
  std::vector<AuthorityBand> bands = bands_of(input, chain);
  if (!amount || bands.empty() || std::isinf(bands.front().up_to)) return std::nullopt;
  if (const auto bound = upper_bound_at(input.process, input.graph, chain.front())) {
    const auto enough = std::find_if(bands.begin(), bands.end(),
                                     [&](const auto& band) { return band.up_to >= *bound; });
    if (enough != bands.end()) bands.erase(enough + 1, bands.end());
  }
  AuthoritySplit split{*amount, std::move(bands), false};
  split.counted = weigh(input, chain.front(), split.bands);
  return split;
}

std::vector<bool> in_split_chains(const AuditInput& input) {
  std::vector<bool> split(input.process.steps.size(), false);
  for (const std::vector<StepId>& chain : approval_chains(input)) {
    const auto parts = split_by_authority(input, chain);
    if (!parts || parts->bands.size() < 2) continue;
    for (const StepId step : chain) split[step.index()] = true;
  }
  return split;
}

std::string band_condition(const AuditInput& input, const AuthoritySplit& split, std::size_t band) {
  const std::string& id = input.process.definitions[split.amount].id;
  const auto limit = [&](std::size_t of) { return decimal(split.bands[of].up_to, 2); };
  const bool last = band + 1 == split.bands.size();
  if (band == 0) return fmt::format("{} <= {}", id, limit(0));
  if (last) return fmt::format("{} > {}", id, limit(band - 1));
  return fmt::format("{} > {} and {} <= {}", id, limit(band - 1), id, limit(band));
}

std::string split_patch(const AuditInput& input, const std::vector<StepId>& chain,
                        const AuthoritySplit& split) {
  const Process& process = input.process;
  const auto behind = target_behind(input, chain.back());
  if (!behind || !follow_directly(input, chain) || split.bands.size() < 2) return {};
  const std::string decision = free_id(process, "by_" + process.definitions[split.amount].id);
  std::string patch;
  std::vector<StepId> decide;
  for (const AuthorityBand& band : split.bands) decide.push_back(band.approver);
  for (const StepId step : chain) {
    if (std::find(decide.begin(), decide.end(), step) != decide.end()) continue;
    patch += fmt::format("# take out the step {}\n", toml_string(process[step].id));
  }
  patch +=
      fmt::format("[[step]]\nid = {}\nname = {}\nkind = \"decision\"\nnext = [\n",
                  toml_string(decision), toml_string(process.definitions[split.amount].name + "?"));
  for (std::size_t i = 0; i < split.bands.size(); ++i) {
    // Shares that nobody has counted would be guesses in the document.
    const std::string share =
        split.counted ? fmt::format(", share = {}", decimal(split.bands[i].part, 4)) : "";
    patch += fmt::format("  {{ to = {}, when = {}{} }},\n",
                         toml_string(process[split.bands[i].approver].id),
                         toml_string(band_condition(input, split, i)), share);
  }
  patch += "]\n";
  const auto target = [&](const Flow& flow) -> std::string {
    if (flow.to == chain.front()) return decision;
    const bool passes_on = std::find(chain.begin(), chain.end(), flow.to) != chain.end();
    return process[passes_on ? *behind : flow.to].id;
  };
  for (const FlowId flow : input.graph.in[chain.front().index()]) {
    patch += rewired_step(process, input.graph, input.graph.from(flow), target);
  }
  for (const StepId step : decide) {
    if (step != chain.back()) patch += rewired_step(process, input.graph, step, target);
  }
  return patch;
}

}  // namespace gemba::inline audit
