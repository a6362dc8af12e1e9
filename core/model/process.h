#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/conditions/expression.h"
#include "core/model/definitions.h"
#include "core/model/step_kind.h"

namespace gemba::inline model {

/// What a step adds, and for whom.
enum class Value : std::uint8_t { unset, customer, business, none };
enum class Automation : std::uint8_t { manual, assisted, automatic };

/// What a case waits for before a step is begun: until enough cases have come together, until
/// somebody works or opens, until a person has time, or anything else.
enum class WaitCause : std::uint8_t { unset, batch, hours, person, other };

/// A text with the place where it was written.
struct Spanned {
  std::string text;
  SourceSpan span;
};

/// `when` on a flow: an expression, or a plain label (`expr` is none) that is drawn and not
/// understood.
struct Condition {
  std::string text;
  std::optional<Expr> expr = {};
  SourceSpan span = {};
};

/// A sequence flow. Stands in `Process::flows`, in the order of the document.
struct Flow {
  StepId from;
  StepId to;
  std::optional<Condition> when;
  std::optional<double> share;  ///< fraction of cases, 0 to 1
  std::string label;            ///< what is drawn instead of `when`
  SourceSpan span;              ///< the target as written (`to`, or the id itself)
};

/// Working time of a step: one of a fixed time, a triangular distribution, or mean and standard
/// deviation.
struct WorkTime {
  std::optional<Duration> fixed;
  std::optional<Duration> min, mode, max;
  std::optional<Duration> mean, sd;
  SourceSpan span;

  /// Mean working seconds: the fixed time, (min + mode + max) / 3 of the triangular distribution
  /// (without `mode`, the middle of min and max), or the mean.
  double mean_seconds() const;
};

/// A duration with the place where it was written.
struct SpannedDuration {
  Duration value;
  SourceSpan span;
};

/// A reference from a step to data, with the place where it was written.
struct DataUse {
  DataId data;
  SourceSpan span;
  bool optional = false;  ///< of a need: read where it is there, and not missed elsewhere
};

/// One step of a process: a node of the chart.
struct Step {
  std::string id;
  std::string name;      ///< the id when nothing is given
  SourceSpan span;       ///< the `id` value
  SourceSpan name_span;  ///< the `name` value, or the id
  StepKind kind = StepKind::task;
  std::optional<RoleId> role;
  std::optional<SystemId> system;       ///< the first that is named
  std::vector<SystemId> other_systems;  ///< in which its people work as well
  std::vector<DataUse> needs;           ///< `needs`, then `may_need`
  std::vector<DataUse> makes;
  std::optional<WorkTime> time;
  std::optional<SpannedDuration> wait;
  std::optional<SpannedDuration> every;  ///< how often it is done, whatever has come by then
  WaitCause wait_for = WaitCause::unset;
  std::optional<SpannedDuration> sla;
  std::optional<Spanned> approves;  ///< the action in the authority table
  std::optional<DataUse> amount;    ///< the datum judged
  std::optional<Spanned> calls;     ///< id of another SOP
  std::string script, link, note;
  SourceSpan script_span;
  double fee = 0;      ///< money that each visit costs besides the work
  double trips = 0;    ///< ways that the customer has to go for it
  double abandon = 0;  ///< fraction of the cases that give up waiting here, 0 to 1
  Value value = Value::unset;
  Automation automation = Automation::manual;
  std::vector<std::string> log;  ///< activity names in event logs; empty: id and name
};

/// What a document says of the time that a case spends at a step, in expected working seconds.
struct StatedTimes {
  std::optional<double> waiting;
  std::optional<double> work;

  /// Of both; what is not stated takes no time.
  double seconds() const { return waiting.value_or(0) + work.value_or(0); }
};

/// Whoever comes at any moment to what is done at fixed intervals waits for half an interval,
/// unless a waiting time is stated.
StatedTimes stated_times(const Step& step);

/// The systems in which a step is done, in the order of the document.
std::vector<SystemId> systems_of(const Step& step);

/// 痛点: what people say about a step.
struct Pain {
  StepId step;
  std::optional<RoleId> from;
  std::optional<double> count;
  std::string text;
  SourceSpan span;
};

/// A comparison with a limit: `<= 30s`, `>= 80%`, `>= 4.5`.
struct Target {
  enum class Unit : std::uint8_t { seconds, fraction, number };
  Expr::Op op = Expr::Op::le;  ///< lt, le, gt, ge or eq
  double value = 0;            ///< seconds, fraction (80 % is 0.8) or number
  Unit unit = Unit::number;
  Duration duration;  ///< of a target in seconds: these as written, perhaps in business time
  std::string text;   ///< as written
  SourceSpan span;
};

/// A key performance indicator: a time between steps, a share of cases, or the mean of a log
/// column.
struct Kpi {
  std::string id;
  std::string name;
  SourceSpan span;
  std::optional<StepId> from, to;
  std::string stat = "mean";  ///< mean, median, p75, p90, p95, p99, min, max
  std::vector<StepId> with, without;
  bool is_share = false;
  std::string mean_column;  ///< numeric column of the log
  std::optional<Target> target;
};

/// A path test: an example case that the process must, or must not, allow.
struct PathTest {
  std::string name;
  std::vector<std::pair<std::string, ExprValue>> given;
  std::vector<StepId> steps;
  bool allowed = true;
  SourceSpan span;  ///< its `[[path]]` header
};

/// Expected cases per time: `1200 / week`.
struct Volume {
  double cases = 0;
  double per_seconds = 0;  ///< a month is 365.25 / 12 days
  SourceSpan span;

  double cases_per_month() const;
};

/// One document: an SOP (what people are to do) or a map (what people are seen to do).
struct Process {
  enum class Kind : std::uint8_t { sop, map };
  enum class Status : std::uint8_t { active, draft, retired };

  Kind kind = Kind::sop;
  std::string id;
  std::string title;  ///< the id when nothing is given
  std::string version;
  Status status = Status::active;
  std::optional<RoleId> owner;
  std::optional<Date> effective;
  std::optional<Date> review_by;
  SourceSpan review_by_span;
  std::string trigger, goal, scope, supersedes;
  std::vector<std::string> tags;
  std::optional<Volume> volume;
  SourceSpan span;  ///< the `id` value, or the `[sop]` / `[map]` header
  SourceId source;

  Definitions definitions;
  std::vector<Step> steps;
  std::vector<Flow> flows;  ///< grouped by `from`, in the order of the document
  std::vector<Pain> pains;
  std::vector<Kpi> kpis;
  std::vector<PathTest> paths;

  /// False when a reported error may have lost a step or a flow: conclusions about the flow would
  /// be guesses.
  bool flow_complete = true;

  /// False when anything wrong was reported while it was read.
  bool sound = true;

  const Step& operator[](StepId step) const { return steps[step.index()]; }
  const Flow& operator[](FlowId flow) const { return flows[flow.index()]; }
  std::optional<StepId> find_step(std::string_view step_id) const;

  /// Whether somebody outside does the step.
  bool is_external(const Step& step) const { return step.role && definitions[*step.role].external; }
};

}  // namespace gemba::inline model
