#include "core/audit/self_service.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/audit/customer_trips.h"
#include "core/audit/customer_way.h"
#include "core/audit/name_words.h"
#include "core/audit/neighbours.h"
#include "core/audit/own_work.h"
#include "core/audit/rule_work.h"
#include "core/audit/spoken_work.h"
#include "core/audit/things.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array giving = {"预约"sv, "挂号"sv,     "收费"sv,   "缴费"sv,     "结算"sv,
                               "收款"sv, "交费"sv,     "charge"sv, "check in"sv, "check-in"sv,
                               "book"sv, "register"sv, "fill"sv,   "typing"sv};
constexpr std::array online = {"app"sv,  "小程序"sv, "线上"sv, "网上"sv,   "在线"sv,   "网页"sv,
                               "网站"sv, "online"sv, "web"sv,  "portal"sv, "website"sv};
constexpr std::array judging = {"审"sv,     "批"sv,      "核"sv,     "评"sv,      "check"sv,
                                "verify"sv, "review"sv,  "assess"sv, "approve"sv, "quote"sv,
                                "rate"sv,   "examine"sv, "decide"sv, "inspect"sv};
constexpr std::array paying_out = {"退"sv,     "打款"sv, "付款"sv,      "放款"sv,    "报销"sv,
                                   "refund"sv, "pay"sv,  "reimburse"sv, "disburse"sv};

class Search {
 public:
  explicit Search(const AuditInput& input)
      : input_(input), process_(input.process), brought_(brought_from_outside(input.process)) {
    for (std::size_t i = 0; i < brought_.size(); ++i) {
      if (is_thing(process_.definitions[DataId(i)])) brought_[i] = false;
    }
  }

  Desk desk_behind(StepId outside) const {
    Desk desk{outside, {}, false};
    const auto first = next_of_ours(input_, outside);
    if (!first || !by_hand(*first) || talks(process_[*first])) return desk;
    desk.comes = comes_in_person(input_, outside, *first);
    desk.entered = says_any(process_[outside].name, online);
    std::vector<bool> known = brought_;
    std::size_t last = 0;
    for (const StepId id : run_from(*first)) {
      const Step& step = process_[id];
      if (!needs_any(step, known) && !desk.comes) continue;
      for (const DataUse& use : step.makes) known[use.data.index()] = true;
      if (is_ours_to_do(step)) continue;
      desk.steps.push_back(id);
      if (gives_information(step, desk.comes)) last = desk.steps.size();
    }
    desk.steps.resize(last);
    desk.entered =
        desk.entered || (last > 0 && says(process_[desk.steps.front()], Saying::copying));
    return desk;
  }

 private:
  bool by_hand(StepId id) const {
    return process_[id].kind == StepKind::task && is_own_work(process_, id) &&
           process_[id].automation == Automation::manual;
  }

  /// Who talks to people serves them, and types on the side.
  static bool talks(const Step& step) {
    return step.value == Value::customer || !step.script.empty();
  }

  /// Judging, paying out and work on things stay with us; whether papers are complete a form can
  /// see.
  bool is_ours_to_do(const Step& step) const {
    const NamedWork work = named_work(step);
    return work == NamedWork::compare || work == NamedWork::calculate || talks(step) ||
           (!says(step, Saying::intake) && says_any(step.name, judging)) ||
           (!says(step, Saying::entry) && !says(step, Saying::intake) &&
            says_any(step.name, paying_out)) ||
           works_on_things(process_, step);
  }

  bool gives_information(const Step& step, bool comes) const {
    const bool enters =
        says_any(step.name, giving) || says_fee(step.name) || says(step, Saying::entry);
    if (enters && step.system) return true;
    return comes && (enters || says(step, Saying::intake)) && needs_any(step, brought_);
  }

  /// 收检查费: a fee that is taken.
  static bool says_fee(std::string_view name) {
    const std::size_t at = name.find("收");
    return at != std::string_view::npos && name.find("费", at) != std::string_view::npos;
  }

  static bool needs_any(const Step& step, const std::vector<bool>& of) {
    return std::any_of(step.needs.begin(), step.needs.end(),
                       [&](const DataUse& use) { return of[use.data.index()]; });
  }

  /// The steps of one role that follow each other, the first of them given.
  std::vector<StepId> run_from(StepId first) const {
    std::vector<StepId> run{first};
    while (run.size() < process_.steps.size()) {
      const auto next = only_next(input_.graph, run.back());
      if (!next || *next == first || !by_hand(*next)) break;
      if (process_[*next].role != process_[first].role) break;
      run.push_back(*next);
    }
    return run;
  }

  const AuditInput& input_;
  const Process& process_;
  std::vector<bool> brought_;  ///< by DataId: information that somebody outside gives us
};

}  // namespace

std::vector<Desk> desks(const AuditInput& input) {
  const Search search(input);
  std::vector<Desk> found;
  std::vector<bool> told(input.process.steps.size(), false);
  for (std::size_t i = 0; i < input.process.steps.size(); ++i) {
    if (!input.process.is_external(input.process.steps[i])) continue;
    Desk desk = search.desk_behind(StepId(i));
    if (desk.steps.empty() || told[desk.steps.front().index()]) continue;
    told[desk.steps.front().index()] = true;
    found.push_back(std::move(desk));
  }
  return found;
}

}  // namespace gemba::inline audit
