#include "core/estimate/outcome.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/text.h"

namespace gemba::inline estimate {
namespace {

using namespace std::string_view_literals;

enum class Verdict : std::uint8_t { none, pass, refuse };

// Refusals are looked for first: "not approved" and 不通过 contain a word for passing.
constexpr std::array refusals = {
    "not approve"sv, "not_approve"sv, "not agree"sv, "not pass"sv, "not accept"sv, "unapproved"sv,
    "disapprove"sv,  "disagree"sv,    "reject"sv,    "refus"sv,    "denied"sv,     "deny"sv,
    "declin"sv,      "fail"sv,        "= false"sv,   "=false"sv,   "拒"sv,         "驳"sv,
    "否决"sv,        "退回"sv,        "打回"sv,      "不同意"sv,   "不通过"sv,     "不批"sv,
    "不予"sv,        "不受理"sv,      "不准"sv,      "不符"sv,     "未通过"sv,     "未批"sv,
    "没通过"sv,      "不合格"sv};
// What is not refused passes.
constexpr std::array denials = {"not reject"sv, "not refus"sv, "not deni"sv, "not declin"sv,
                                "not fail"sv,   "未驳"sv,      "未拒"sv,     "未退回"sv,
                                "没有驳"sv,     "没有拒"sv,    "不驳"sv};
constexpr std::array passes = {"approve"sv, "agree"sv, "pass"sv, "accept"sv, "grant"sv, "通过"sv,
                               "同意"sv,    "批准"sv,  "准予"sv, "核准"sv,   "受理"sv};

template <std::size_t N>
bool has_one(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return text.find(word) != std::string_view::npos;
  });
}

Verdict verdict(std::string_view text) {
  const std::string lower = ascii_lower(text);
  if (has_one(lower, denials)) return Verdict::pass;
  if (lower == "no" || lower == "否" || has_one(lower, refusals)) return Verdict::refuse;
  if (lower == "yes" || lower == "ok" || lower == "是" || has_one(lower, passes)) {
    return Verdict::pass;
  }
  return Verdict::none;
}

Verdict verdict(const Flow& flow) {
  const Verdict of_condition = flow.when ? verdict(flow.when->text) : Verdict::none;
  return of_condition == Verdict::none ? verdict(flow.label) : of_condition;
}

Verdict opposite(Verdict told) { return told == Verdict::pass ? Verdict::refuse : Verdict::pass; }

void sort_exits(const Process& process, const std::vector<FlowId>& exits, const Visits& visits,
                Outcome& outcome) {
  std::vector<Verdict> verdicts;
  for (const FlowId flow : exits) verdicts.push_back(verdict(process[flow]));
  const auto told = [&](Verdict one) {
    return std::find(verdicts.begin(), verdicts.end(), one) != verdicts.end();
  };
  outcome.told = told(Verdict::refuse);
  if (!told(Verdict::pass) && !told(Verdict::refuse)) {
    const auto less = [&](FlowId a, FlowId b) {
      return visits.shares[a.index()] < visits.shares[b.index()];
    };
    const auto most = std::max_element(exits.begin(), exits.end(), less);
    for (auto& one : verdicts) one = Verdict::refuse;
    verdicts[static_cast<std::size_t>(most - exits.begin())] = Verdict::pass;
  }
  // An exit that says nothing beside exits that refuse is a pass.
  const Verdict rest = told(Verdict::refuse) ? Verdict::pass : opposite(Verdict::pass);
  for (std::size_t i = 0; i < exits.size(); ++i) {
    const Verdict one = verdicts[i] == Verdict::none ? rest : verdicts[i];
    (one == Verdict::pass ? outcome.pass : outcome.refuse).push_back(exits[i]);
  }
}

}  // namespace

Outcome approval_outcome(const Process& process, const FlowGraph& graph, const Visits& visits,
                         StepId approval) {
  Outcome outcome;
  const std::vector<FlowId>& exits = graph.out[approval.index()];
  if (exits.empty()) return outcome;
  if (exits.size() == 1) {
    outcome.pass = exits;
    outcome.pass_share = process[exits[0]].share;
    return outcome;
  }
  sort_exits(process, exits, visits, outcome);
  double share = 0;
  for (const FlowId flow : outcome.pass) share += visits.shares[flow.index()];
  const auto has_origin = [&](ShareOrigin origin) {
    return std::any_of(exits.begin(), exits.end(),
                       [&](FlowId flow) { return visits.origins[flow.index()] == origin; });
  };
  if (!has_origin(ShareOrigin::assumed)) outcome.pass_share = share;
  outcome.measured = has_origin(ShareOrigin::measured);
  return outcome;
}

}  // namespace gemba::inline estimate
