#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/columns/summary.h"
#include "core/replay/conform/conformance.h"
#include "core/replay/kpi/kpi.h"
#include "core/replay/times/week_hours.h"
#include "core/time/duration.h"
#include "core/time/period.h"

namespace gemba::inline replay {

/// An instance that took longer than its SLA.
struct SlaBreach {
  CaseId id;
  Micros enabled = 0;
  Micros ended = 0;
  double seconds = 0;  ///< from one to the other, counted as the limit is
};

/// How often a step met its SLA: the time from enabled until ended against the limit.
struct SlaAttainment {
  double limit_seconds = 0;
  bool business = false;  ///< counted in the opening hours of the step's calendar
  std::int64_t met = 0;
  std::int64_t breached = 0;
  std::vector<SlaBreach> breaches = {};  ///< in the order of the log; the longest, where that many
                                         ///< are wanted only
};

/// The times of a step, counted in the opening hours of a calendar.
struct BusinessTimes {
  CalendarId calendar;
  Summary service, waiting, sojourn;
};

/// What a log says about one step. A time that the log cannot give (service and waiting time of a
/// log with one timestamp per event) has count 0.
struct StepProfile {
  std::int64_t cases = 0;      ///< cases in which the step occurs
  std::int64_t instances = 0;  ///< occurrences
  Summary service, waiting, sojourn;
  std::optional<BusinessTimes> business = {};  ///< of a step that has a calendar
  std::optional<SlaAttainment> sla = {};
  std::int64_t repeats = 0;         ///< instances that are not the first of their case
  std::int64_t repeated_cases = 0;  ///< cases with any
  double repeat_seconds = 0;        ///< service time of the repeats
};

/// Time from one step to the step that directly follows it in a case.
struct StepEdgeProfile {
  StepId from, to;
  std::int64_t count = 0;
  std::int64_t cases = 0;
  Summary seconds = {};
};

/// Why instances waited before they started, in seconds of all of them together. The five causes do
/// not overlap and add up to the waiting times, where these are not negative; `waiting_causes` says
/// what each means.
struct WaitingCauses {
  std::int64_t instances = 0;      ///< those with a waiting time
  std::int64_t with_resource = 0;  ///< those of them of which it is known who did it
  double batching = 0;
  double contention = 0;
  double prioritisation = 0;
  double unavailability = 0;
  double extraneous = 0;

  double total() const {
    return batching + contention + prioritisation + unavailability + extraneous;
  }
};

/// Causes of waiting for a step after the step that enabled it. Unlike the steps of a
/// `StepEdgeProfile`, which follow each other in the log, these follow each other in the model.
struct WaitingEdge {
  StepId from, to;
  WaitingCauses causes;
};

/// An activity of the log that no step claims.
struct UnknownActivity {
  std::string name;
  std::int64_t events = 0;
  std::int64_t cases = 0;
  std::string nearest;  ///< nearest name that a step claims; empty when none is near
};

/// An activity that more than one step claims. It counts for the first of them in the document.
struct SharedActivity {
  std::string name;
  StepId counted_for;
  StepId also;
};

/// An amount that an approval judged in a case, and how the case went on.
struct JudgedAmount {
  double amount = 0;
  std::optional<FlowId> exit;  ///< none when the log does not show it
};

/// What a log says about a step in some of its instances.
struct GroupStep {
  StepId step;
  StepProfile figures;  ///< without working time, rework and breaches
};

/// What a log says about some of its cases and instances.
struct GroupProfile {
  std::string name;                ///< what they have in common: a period, the value of a column
  std::int64_t cases = 0;          ///< that belong to the group
  std::int64_t ended = 0;          ///< of a period: cases whose last moment lies in it
  std::int64_t instances = 0;      ///< occurrences of steps
  std::int64_t fitting_cases = 0;  ///< cases of the group that go as the process says
  Summary case_duration;           ///< of the cases that belong to it
  std::vector<GroupStep> steps;    ///< those that occur in it, by StepId
  std::vector<KpiResult> kpis;     ///< over its cases; by position in the document's
};

/// A log in parts.
struct LogSplit {
  std::vector<GroupProfile> groups;
  std::vector<std::uint32_t> group_of_case;  ///< by CaseId: position in `groups`, or `no_group`
};

/// A log period by period. A case belongs to the period of its first moment; an instance with its
/// times and its SLA counts in the period of its end, or of its start while it is open: so every
/// one counts in exactly one period.
struct PeriodSeries {
  PeriodUnit unit = PeriodUnit::week;
  std::vector<Period> periods;  ///< all from the first moment to the last, without a gap
  LogSplit split;               ///< a group for each
};

/// A log by the values of a column.
struct Segments {
  std::string column;
  bool by_case = false;      ///< every case belongs to one as a whole; else its instances do
  LogSplit split = {};       ///< most cases first
  bool has_unnamed = false;  ///< the last group are those without a value
};

/// A log held against a process document.
struct Profile {
  std::int64_t cases = 0;
  std::int64_t instances = 0;
  double span_seconds = 0;  ///< first to last moment of the log: turns counts into a rate
  std::string lifecycle;    ///< how rows were read as steps: `events`, `instances`, `complete`
  bool interval = false;    ///< the log has service and waiting times
  std::vector<StepProfile> steps;      ///< by StepId
  std::vector<StepEdgeProfile> edges;  ///< by (from, to)
  std::vector<double> flow_shares;     ///< by FlowId: of the cases at a flow's step, the share that
                                       ///< took it; −1 when unknown
  std::vector<UnknownActivity> unknown;  ///< by events, most first
  std::vector<SharedActivity> shared;    ///< activities that several steps claim
  std::vector<StepId> never_seen;        ///< steps that a log should show and that never occur
  std::vector<std::vector<JudgedAmount>>
      judged;  ///< by StepId: of approvals whose amount is a column of the log; else empty. Empty
               ///< for all steps unless asked for
  Summary case_duration;
  std::vector<KpiResult> kpis;  ///< by position in the document's; empty unless asked for
  std::vector<WaitingCauses> waiting_causes;  ///< by StepId; empty unless asked for and `interval`
  std::vector<WaitingEdge> waiting_edges;     ///< by (from, to); likewise
  std::optional<Conformance> conformance;  ///< none: not asked for, or no case can come to an end
  std::optional<PeriodSeries> over;        ///< none: not asked for, or the log has no times
  std::optional<WeekHours> week_hours;     ///< likewise
  std::optional<Segments> segments;        ///< none: not asked for

  /// Work as a share of the cases' durations, all together (above 1 where people work side by
  /// side); none in a log without service times.
  std::optional<double> flow_efficiency() const;
};

}  // namespace gemba::inline replay
