#include <fmt/format.h>

#include <algorithm>

#include "core/audit/customer_way.h"
#include "core/audit/data_origin.h"
#include "core/audit/desk_files.h"
#include "core/audit/heuristic.h"
#include "core/audit/repeated_entry.h"
#include "core/audit/side_records.h"
#include "core/audit/spoken_work.h"
#include "core/audit/wording.h"

namespace gemba::inline audit {
namespace {

std::string names_of(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  return listed(names, 4);
}

std::string data_names(const Process& process, const std::vector<DataId>& data) {
  std::vector<std::string> names;
  for (const DataId each : data) names.push_back("'" + process.definitions[each].name + "'");
  return listed(names, 4);
}

std::string place_of(const Process& process, StepId id) {
  const Step& step = process[id];
  return step.system ? fmt::format("in '{}'", process.definitions[*step.system].name)
                     : std::string("in no system");
}

/// Whether somebody outside hands in the same to several of our roles.
std::optional<RoleId> hands_in_twice(const Process& process, const RepeatedEntry& entry) {
  const bool other_role = std::any_of(entry.later.begin(), entry.later.end(), [&](StepId step) {
    return process[step].role != process[entry.first].role;
  });
  if (!other_role) return std::nullopt;
  for (const DataId data : entry.data) {
    if (const auto role = bringer(process, data)) return role;
  }
  return std::nullopt;
}

/// Whether windows of ours take it in, of which A308 says that one would do.
bool at_windows(const AuditInput& input, const RepeatedEntry& entry) {
  const std::vector<Windows> all = windows_of(input);
  return std::any_of(all.begin(), all.end(), [&](const Windows& each) {
    const auto takes = [&](StepId step) {
      return std::find(each.steps.begin(), each.steps.end(), step) != each.steps.end();
    };
    return takes(entry.first) || std::any_of(entry.later.begin(), entry.later.end(), takes);
  });
}

/// Whether it is handed in at one window after the other: A308 speaks of the ways, this of the
/// files.
bool is_taken_in_twice(const AuditInput& input, const RepeatedEntry& entry) {
  return entry.how == Repeat::same_facts && hands_in_twice(input.process, entry) &&
         at_windows(input, entry);
}

std::string title_of(const AuditInput& input, const RepeatedEntry& entry) {
  const Process& process = input.process;
  const std::string first = quoted(process[entry.first]);
  const std::string later = names_of(process, entry.later);
  const std::string data = data_names(process, entry.data);
  const char* s = entry.later.size() == 1 ? "s" : "";
  switch (entry.how) {
    case Repeat::same_facts:
      if (is_taken_in_twice(input, entry)) {
        return fmt::format("{} take{} in {} once more, which {} has taken in", later, s, data,
                           first);
      }
      return fmt::format("{} enter{} {} once more, which {} has entered", later, s, data, first);
    case Repeat::copied_over:
      return fmt::format("{} enters by hand what {} has written down already", later, first);
    case Repeat::made_again:
      return fmt::format("{} makes {} anew, which {} has made, of nothing new", later, data, first);
    case Repeat::many_offices:
      return fmt::format("{} offices of ours need {} from outside, each for itself",
                         entry.later.size() + 1, data);
    case Repeat::no_record:
      return fmt::format("{} of our steps work with {} and share no system", entry.later.size() + 1,
                         data);
    case Repeat::told_again:
      return fmt::format("{}: somebody outside says once more what was said before", first);
    case Repeat::asked_again:
    case Repeat::asked_on:
      return fmt::format("{} asks for {} once more, which {} was told", later, data, first);
  }
  return {};
}

std::string advice(const AuditInput& input, const RepeatedEntry& entry) {
  const Process& process = input.process;
  const std::string first = quoted(process[entry.first]);
  const std::string later = names_of(process, entry.later);
  switch (entry.how) {
    case Repeat::same_facts:
      if (is_taken_in_twice(input, entry)) {
        return fmt::format(
            "Let {} read what {} has taken in, in one file that all of them see, and ask only for "
            "what is not in it.",
            later, first);
      }
      return fmt::format(
          "Enter it once, at {}, and hand it to the other places by an interface, "
          "an import or a shared record, instead of {}.",
          first, later);
    case Repeat::copied_over:
      return fmt::format(
          "Ask whether {} could be done in the system of {} from the beginning, or "
          "whether an interface could carry it over.",
          first, later);
    case Repeat::made_again:
      return fmt::format("Let {} use what {} has made, or take out the first of them.", later,
                         first);
    case Repeat::many_offices:
      return fmt::format(
          "Ask how often {} is handed in; let all of them read it in one shared file, and ask only "
          "for what is not in it.",
          data_names(process, entry.data));
    case Repeat::no_record:
      return fmt::format(
          "Ask in how many places {} is kept, and whether one record, filled in at {}, can serve "
          "all of them.",
          data_names(process, entry.data), first);
    case Repeat::told_again:
      return "Hand on what was said with the case, so that whoever takes it over can read it.";
    case Repeat::asked_again:
    case Repeat::asked_on:
      return fmt::format(
          "Write down at {} all that both have to know, let {} read it, and ask only what has "
          "changed or is missing.",
          first, later);
  }
  return {};
}

std::string doubts(Repeat how) {
  switch (how) {
    case Repeat::many_offices:
      return "One paper may do for all already: the document does not say how it gets there. A law "
             "may keep the offices from seeing each other's files: ask before they share them.";
    case Repeat::no_record:
      return "A paper that goes with the case serves those who work one after the other: a record "
             "helps where they ask each other, copy it, or could work at the same time.";
    case Repeat::told_again:
    case Repeat::asked_again:
    case Repeat::asked_on:
      return "Things may have changed since, or the second to hear it may ask for more. Compare "
             "what is told with what was written down before.";
    case Repeat::same_facts:
    case Repeat::copied_over:
    case Repeat::made_again:
      break;
  }
  return "The later entry may add what the first one lacks, or be kept apart on purpose so that "
         "the two can be compared. Lay them side by side for a few cases: only fields that differ "
         "are worth the typing.";
}

Improvement improvement_of(const AuditInput& input, const RepeatedEntry& entry) {
  switch (entry.how) {
    case Repeat::many_offices:
      return at_windows(input, entry) ? Improvement::information_sharing
                                      : Improvement::single_window;
    case Repeat::no_record:
    case Repeat::told_again:
      return Improvement::information_sharing;
    case Repeat::asked_on:
      return Improvement::information_sharing;
    case Repeat::asked_again:
      return says(input.process[entry.later.front()], Saying::again)
                 ? Improvement::eliminate_step
                 : Improvement::information_sharing;
    case Repeat::same_facts:
      if (is_taken_in_twice(input, entry)) return Improvement::information_sharing;
      break;
    case Repeat::copied_over:
    case Repeat::made_again:
      break;
  }
  return Improvement::enter_once;
}

/// Where somebody outside begins, when she has to go to several of our offices.
void add_applicants(const AuditInput& input, const RepeatedEntry& entry, Finding& finding) {
  if (finding.improvement != Improvement::single_window) return;
  for (const StepId start : input.graph.starts) {
    const Step& step = input.process[start];
    for (const DataId data : entry.data) {
      if (step.role && bringer(input.process, data) == step.role) {
        finding.steps.push_back(start);
        break;
      }
    }
  }
}

void add_evidence(const AuditInput& input, const RepeatedEntry& entry, Finding& finding) {
  const Process& process = input.process;
  std::vector<StepId> steps{entry.first};
  steps.insert(steps.end(), entry.later.begin(), entry.later.end());
  std::vector<std::string> places;
  for (const StepId step : steps) {
    places.push_back(
        fmt::format("{} {}", quoted_role(process, process[step]), place_of(process, step)));
  }
  finding.evidence.push_back(
      {fmt::format("{}: {}", data_names(process, entry.data), listed(places, 6)),
       Basis::structure});
  if (entry.certain && entry.how == Repeat::same_facts) {
    finding.evidence.push_back(
        {fmt::format("every case that comes to {} has passed {}, and they need the same",
                     names_of(process, entry.later), quoted(process[entry.first])),
         Basis::structure});
  }
  for (const StepId step : steps) {
    if (is_work(process[step].kind)) add_time_evidence(input, step, finding);
    add_pain_evidence(input, step, finding);
  }
}

void report_entry(const AuditInput& input, const RepeatedEntry& entry, AuditReport& report) {
  Finding& finding = report.add(entry.later.front(), title_of(input, entry));
  finding.steps.insert(finding.steps.end(), entry.later.begin() + 1, entry.later.end());
  finding.steps.push_back(entry.first);
  finding.improvement = improvement_of(input, entry);
  add_applicants(input, entry, finding);
  add_evidence(input, entry, finding);
  finding.against = doubts(entry.how);
  finding.change.summary = advice(input, entry);
  finding.change.edit.kept = {entry.first};
  // What each window makes of it has to be done all the same.
  if (entry.certain && !is_taken_in_twice(input, entry)) {
    finding.change.edit.removed = entry.later;
  } else {
    finding.level = std::min(finding.level, Level::info);
  }
}

void check(const AuditInput& input, AuditReport& report) {
  std::vector<StepId> known;
  for (const RepeatedEntry& entry : repeated_entries(input)) {
    report_entry(input, entry, report);
    std::vector<StepId> steps{entry.first};
    steps.insert(steps.end(), entry.later.begin(), entry.later.end());
    known.insert(known.end(), steps.begin(), steps.end());
    if (improvement_of(input, entry) == Improvement::single_window)
      report_desk_files(input, entry.data, steps, report);
  }
  report_window_files(input, known, report);
  report_side_records(input, known, report);
}

}  // namespace

constinit const Heuristic heuristics::entered_twice{
    .about = {.code = "A206",
              .name = "entered-twice",
              .level = Level::warning,
              .summary = "the same facts are written down, handed in or told more than once",
              .what = "Tasks of ours, done by hand, whose names say that something is entered or "
                      "taken in and that need the same data, where every case passes the first, "
                      "and their names are alike or both after one of those data; at windows, as "
                      "info. As info, since "
                      "only the owner knows: a "
                      "task that enters what was written down on paper or in another system; one "
                      "that makes a datum which others have made, with nothing new; three or more "
                      "of our roles that each need the same from an applicant and share no system; "
                      "what an applicant says again, or a second "
                      "role asks her again; what several desks take in from one applicant, each in "
                      "a file of its own; and lists (Excel, 台账, ledger …) that are kept by hand "
                      "beside a system. Data that only say which "
                      "case it is (订单号, order number), and steps on exclusive branches, are "
                      "left out, and so is what one role does twice in one system (A201, A204).",
              .why = "What is typed twice takes time twice and is wrong twice, and somebody will "
                     "have to compare the two. Data should be captured once, at the source "
                     "(Hammer 1990); contacts be reduced (Reijers and Liman Mansar 2005: "
                     "contact reduction, buffering, interfacing).",
              .example = R"([map]
[roles.agent]
name = "客服"
[systems.im]
name = "客服工作台"
[systems.oms]
name = "订单系统"
[data.request]
name = "退款申请"
from = "顾客"
[data.ticket]
name = "工单"
[data.order]
name = "退款单"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "ticket"
[[step]]
id = "ticket"
name = "在工作台登记退款申请"
role = "agent"
system = "im"
needs = ["request"]
makes = ["ticket"]
time = "3m"
next = "order"
[[step]]
id = "order"
name = "在订单系统录入退款申请"
role = "agent"
system = "oms"
needs = ["request"]
makes = ["order"]
time = "4m"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
needs = ["ticket", "order"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "客服"
[systems.oms]
name = "订单系统"
[data.request]
name = "退款申请"
from = "顾客"
[data.order]
name = "退款单"
[[step]]
id = "apply"
name = "申请退款"
kind = "start"
next = "order"
[[step]]
id = "order"
name = "在订单系统录入退款申请"
role = "agent"
system = "oms"
needs = ["request"]
makes = ["order"]
time = "4m"
next = "pay"
[[step]]
id = "pay"
name = "退款"
role = "agent"
needs = ["order"]
value = "customer"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .improvements = {Improvement::enter_once, Improvement::single_window,
                               Improvement::information_sharing, Improvement::eliminate_step}},
    .check = check};

}  // namespace gemba::inline audit
