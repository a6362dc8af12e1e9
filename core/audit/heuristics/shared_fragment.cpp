#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/audit/heuristic.h"
#include "core/audit/neighbours.h"
#include "core/audit/similarity.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

/// Steps that follow each other with nothing between, as long as it goes.
struct Chain {
  std::size_t document = 0;
  std::vector<StepId> steps = {};
  std::vector<std::uint32_t> keys = {};  ///< equal for steps that are alike
};

/// Where a stretch of a chain begins.
struct Place {
  std::size_t chain = 0;
  std::size_t at = 0;
};

class Chains {
 public:
  explicit Chains(std::span<const AuditedDocument> documents) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (documents[i].process.status == Process::Status::retired) continue;
      add(i, documents[i].process);
    }
  }

  const std::vector<Chain>& all() const { return chains_; }

 private:
  void add(std::size_t document, const Process& process) {
    const FlowGraph graph(process);
    std::vector<bool> has_before(process.steps.size(), false);
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      const auto next = next_in(process, graph, StepId(i));
      if (next) has_before[next->index()] = true;
    }
    for (std::size_t i = 0; i < process.steps.size(); ++i) {
      if (has_before[i] || !is_work(process.steps[i].kind)) continue;
      Chain chain{.document = document};
      for (std::optional<StepId> step = StepId(i); step; step = next_in(process, graph, *step)) {
        chain.steps.push_back(*step);
        chain.keys.push_back(key_of(process, *step));
      }
      chains_.push_back(std::move(chain));
    }
  }

  static std::optional<StepId> next_in(const Process& process, const FlowGraph& graph, StepId id) {
    if (!is_work(process[id].kind)) return std::nullopt;
    const auto next = only_next(graph, id);
    return next && is_work(process[*next].kind) && *next != id ? next : std::nullopt;
  }

  std::uint32_t key_of(const Process& process, StepId id) {
    const Step& step = process[id];
    // A map shows what the SOP of the same process says as well.
    std::string key = process.kind == Process::Kind::map ? "map\n" : "sop\n";
    key += plain_name(step.name) + "\n";
    if (step.role) key += process.definitions[*step.role].name;
    return keys_.emplace(std::move(key), static_cast<std::uint32_t>(keys_.size())).first->second;
  }

  std::vector<Chain> chains_;
  std::map<std::string, std::uint32_t> keys_;
};

/// The same stretch in several documents.
struct Fragment {
  std::vector<Place> places;  ///< one in each document, in their order
  std::size_t length = 0;
};

class Search {
 public:
  Search(const std::vector<Chain>& chains, std::size_t least) : chains_(chains), least_(least) {
    for (std::size_t c = 0; c < chains.size(); ++c) {
      taken_.emplace_back(chains[c].keys.size(), false);
      for (std::size_t at = 0; at + least <= chains[c].keys.size(); ++at) {
        starts_[first_keys(c, at)].push_back({c, at});
      }
    }
  }

  std::vector<Fragment> fragments() {
    std::vector<Fragment> found;
    for (std::size_t c = 0; c < chains_.size(); ++c) {
      for (std::size_t at = 0; at + least_ <= chains_[c].keys.size(); ++at) {
        if (taken_[c][at]) continue;
        Fragment fragment = fragment_at({c, at});
        if (fragment.places.size() < 2) continue;
        for (const Place& place : fragment.places) {
          const auto begin = taken_[place.chain].begin() + static_cast<std::ptrdiff_t>(place.at);
          std::fill(begin, begin + static_cast<std::ptrdiff_t>(fragment.length), true);
        }
        found.push_back(std::move(fragment));
      }
    }
    return found;
  }

 private:
  std::vector<std::uint32_t> first_keys(std::size_t chain, std::size_t at) const {
    const auto begin = chains_[chain].keys.begin() + static_cast<std::ptrdiff_t>(at);
    return {begin, begin + static_cast<std::ptrdiff_t>(least_)};
  }

  /// So many steps are alike from two places on.
  std::size_t common_length(const Place& a, const Place& b) const {
    const std::vector<std::uint32_t>& first = chains_[a.chain].keys;
    const std::vector<std::uint32_t>& second = chains_[b.chain].keys;
    std::size_t length = 0;
    while (a.at + length < first.size() && b.at + length < second.size() &&
           first[a.at + length] == second[b.at + length]) {
      ++length;
    }
    return length;
  }

  Fragment fragment_at(const Place& own) const {
    Fragment fragment{{own}, chains_[own.chain].keys.size() - own.at};
    std::set<std::size_t> documents{chains_[own.chain].document};
    for (const Place& other : starts_.at(first_keys(own.chain, own.at))) {
      if (taken_[other.chain][other.at]) continue;
      if (!documents.insert(chains_[other.chain].document).second) continue;
      fragment.places.push_back(other);
      fragment.length = std::min(fragment.length, common_length(own, other));
    }
    return fragment;
  }

  const std::vector<Chain>& chains_;
  std::size_t least_;
  std::vector<std::vector<bool>> taken_;  ///< by chain and position: part of a fragment already
  std::map<std::vector<std::uint32_t>, std::vector<Place>> starts_;
};

std::size_t work_steps(const Process& process) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < process.steps.size(); ++i)
    count += is_work(process.steps[i].kind) ? 1 : 0;
  return count;
}

void report_fragment(std::span<const AuditedDocument> documents, const std::vector<Chain>& chains,
                     const Fragment& fragment, std::span<AuditReport> reports) {
  const Chain& own = chains[fragment.places.front().chain];
  const Process& process = documents[own.document].process;
  const auto begin = own.steps.begin() + static_cast<std::ptrdiff_t>(fragment.places.front().at);
  const std::vector<StepId> steps(begin, begin + static_cast<std::ptrdiff_t>(fragment.length));
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  std::vector<std::string> others;
  bool same_process = false;
  for (std::size_t i = 1; i < fragment.places.size(); ++i) {
    const Process& other = documents[chains[fragment.places[i].chain].document].process;
    others.push_back("'" + other.title + "'");
    const std::size_t all = std::max(work_steps(process), work_steps(other));
    same_process = same_process || fragment.length * 5 >= all * 4;
  }
  Finding& finding = reports[own.document].add(
      steps.front(), fmt::format("{} also stand in {}", listed(names, 5), listed(others, 4)));
  finding.steps = steps;
  finding.evidence.push_back(
      {fmt::format("{} steps in a row with the same names and roles in {} documents",
                   fragment.length, fragment.places.size()),
       Basis::structure});
  if (same_process) {
    finding.evidence.push_back(
        {"that is nearly all that both documents say: they describe one process",
         Basis::structure});
  }
  finding.against =
      "Fragments that look alike today may be meant to differ tomorrow: ask the owners of both.";
  finding.change.summary =
      same_process ? "Keep one of the documents and retire the other."
                   : fmt::format(
                         "Make {} an SOP of its own and call it (kind = \"call\") from all "
                         "{} documents.",
                         listed(names, 3), fragment.places.size());
}

void check_together(std::span<const AuditedDocument> documents, std::span<AuditReport> reports) {
  const Chains chains(documents);
  const auto least = static_cast<std::size_t>(std::max(2.0, reports.front().parameter("steps")));
  for (const Fragment& fragment : Search(chains.all(), least).fragments()) {
    report_fragment(documents, chains.all(), fragment, reports);
  }
}

constexpr Parameter parameters[] = {
    {"steps", 3, "least number of steps in a row that are the same"},
};

}  // namespace

constinit const Heuristic heuristics::shared_fragment{
    .about = {.code = "A205",
              .name = "shared-fragment",
              .level = Level::warning,
              .summary = "the same chain of steps stands in several documents",
              .what = "Three or more tasks, approvals or notices in a row, each the only way on "
                      "and the only way in, whose names (spaces, punctuation and case apart) and "
                      "roles are the same in several of the documents that are audited "
                      "together. Retired documents are left out, and an SOP is not compared with a "
                      "map. When it is four fifths of both documents, they are said to "
                      "describe one process.",
              .why = "What is written twice is changed once. After the first change nobody knows "
                     "which of the two is meant.",
              .example = R"(#: refund.toml
[sop]
id = "refund"
[roles.agent]
name = "客服"
[[step]]
id = "apply"
kind = "start"
next = "greet"
[[step]]
id = "greet"
name = "问候并核实身份"
role = "agent"
next = "ask"
[[step]]
id = "ask"
name = "问清问题"
role = "agent"
next = "look_up"
[[step]]
id = "look_up"
name = "查询订单"
role = "agent"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
#: exchange.toml
[sop]
id = "exchange"
[roles.agent]
name = "客服"
[[step]]
id = "apply"
kind = "start"
next = "greet"
[[step]]
id = "greet"
name = "问候并核实身份"
role = "agent"
next = "ask"
[[step]]
id = "ask"
name = "问清问题"
role = "agent"
next = "look_up"
[[step]]
id = "look_up"
name = "查询订单"
role = "agent"
next = "send"
[[step]]
id = "send"
name = "换货发出"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"(#: refund.toml
[sop]
id = "refund"
[roles.agent]
name = "客服"
[[step]]
id = "apply"
kind = "start"
next = "receive"
[[step]]
id = "receive"
name = "接待"
kind = "call"
calls = "reception"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
#: exchange.toml
[sop]
id = "exchange"
[roles.agent]
name = "客服"
[[step]]
id = "apply"
kind = "start"
next = "receive"
[[step]]
id = "receive"
name = "接待"
kind = "call"
calls = "reception"
next = "send"
[[step]]
id = "send"
name = "换货发出"
role = "agent"
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .parameters = parameters,
              .improvements = {Improvement::standardise}},
    .check_together = check_together};

}  // namespace gemba::inline audit
