#include "core/replay/replay.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "cmd/baselines.h"
#include "cmd/bind/common_options.h"
#include "cmd/command.h"
#include "cmd/documents.h"
#include "cmd/logs.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/eventlog/query/selection.h"
#include "core/findings/deviation_findings.h"
#include "core/render/draw/week_map.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/groups/segments.h"
#include "core/replay/kpi/kpi.h"
#include "core/replay/sla_verdicts.h"
#include "core/report/building/kpi_report.h"
#include "core/report/building/replay_report.h"

namespace gemba::inline cmd {
namespace {

struct Options {
  std::string process, log, config;
  LogOptions how;
  bool all_variants = false;
  std::size_t budget = Aligner::default_budget;
  std::string sla_target;
  std::string calendar;
  BaselineOptions baseline;
  bool exit_zero = false;
  bool causes = false;
  std::string by, over, heatmap;
  OutputOptions output;
};

/// Causes of waiting of larger logs are only told when asked for: they take longer than all the
/// rest.
constexpr std::size_t most_for_causes = 1'000'000;

/// The share of times within its SLA that a step is expected to have, unless told otherwise.
constexpr double usual_sla_target = 0.95;

/// What of a replay can be missed: targets, and with a baseline that there is nothing new.
bool misses_anything(const Options& options, const Profile& profile,
                     const std::vector<SlaVerdict>& slas) {
  const bool kpi_missed = std::any_of(profile.kpis.begin(), profile.kpis.end(),
                                      [](const KpiResult& each) { return each.met == false; });
  const bool sla_missed = std::any_of(slas.begin(), slas.end(), [](const SlaVerdict& each) {
    return each.attainment && !each.met;
  });
  const bool any_new =
      profile.conformance && !options.baseline.read.empty() && options.baseline.write.empty() &&
      std::any_of(profile.conformance->deviations.begin(), profile.conformance->deviations.end(),
                  [](const Deviation& each) { return !each.accepted; });
  return kpi_missed || (!options.sla_target.empty() && sla_missed) || any_new;
}

/// The calendar that was asked for, of the document or its repository.
std::optional<CalendarId> find_calendar(const Process& process, const std::string& wanted) {
  if (wanted.empty()) return std::nullopt;
  std::vector<std::string_view> known;
  for (const Calendar& each : process.definitions.calendars) {
    if (each.id == wanted) return CalendarId(known.size());
    known.push_back(each.id);
  }
  throw UsageError(fmt::format("there is no calendar '{}'{}", wanted,
                               known.empty()
                                   ? "; [calendars.NAME] in the document or gemba.toml defines one"
                                   : did_you_mean(wanted, known)));
}

/// Marks what the baseline accepts, or writes a new one that accepts everything there is.
void use_baseline(const Options& options, const Process& process, Conformance& conformance,
                  Env& env) {
  if (!options.baseline.write.empty()) {
    save_baseline(options.baseline, deviation_fingerprints(process, conformance), env);
    return;
  }
  const Baseline accepted = accepted_findings(options.baseline);
  note_gone(options.baseline, accept_deviations(accepted, process, conformance), env);
}

EventLog read_log_of(const Process& process, const Options& options, const Config& config,
                     Env& env) {
  std::vector<std::string> columns = kpi_columns(process);
  const std::vector<std::string> data = data_columns(process);
  columns.insert(columns.end(), data.begin(), data.end());
  std::vector<std::string> needed;
  if (!options.by.empty() && options.by != resource_word) needed.push_back(options.by);
  if (options.by == resource_word) columns.push_back(options.by);
  return read_log(options.log, options.how, config.log, env, needed, columns);
}

std::string refuse_share(const std::string& given) {
  const std::optional<double> share = number_in(given);
  return share && *share >= 0 && *share <= 1
             ? std::string()
             : fmt::format("'{}' is not a share from 0 to 1", given);
}

/// Throws `UsageError` where periods or hours of the week are wanted of a log without times.
void require_times(const Options& options, const EventLog& log) {
  if (log.has_times() || (options.over.empty() && options.heatmap.empty())) return;
  throw UsageError(
      fmt::format("{} needs times, and the log has none; name their column with "
                  "--timestamp",
                  options.over.empty() ? "--heatmap" : "--over"));
}

/// So many breaches of SLAs are listed: all, but where people read them.
std::size_t most_breaches(const Options& options) {
  return writer_of(options.output).for_people ? 1000 : SIZE_MAX;
}

/// What of the profile is wanted: JSON always has the hours of the week.
ReplayParts parts_of(const Options& options, const ImportedModel& model, const EventLog& log,
                     std::optional<CalendarId> calendar) {
  ReplayParts parts;
  parts.causes = options.causes || log.size() <= most_for_causes;
  parts.threads = thread_count(options.how.jobs);
  parts.conformance = {options.budget, model.net ? &*model.net : nullptr};
  parts.calendar = calendar;
  parts.by = options.by;
  parts.amounts = false;
  parts.most_breaches = most_breaches(options);
  if (!options.over.empty()) parts.over = period_unit(options.over);
  parts.week_hours =
      parts.over || !options.heatmap.empty() || writer_of(options.output).uses == ReportParts::data;
  return parts;
}

void write_heatmap(const Options& options, const Process& process, const EventLog& log,
                   const Profile& profile, const Config& config, Env& env) {
  if (options.heatmap.empty() || !profile.week_hours) return;
  const WeekMapText text{process.title, config.language, profile.cases};
  write_output(options.heatmap, week_map_svg(*profile.week_hours, TimeZone(log.timezone), text),
               env);
}

int run(const Options& options, Env& env) {
  if (options.heatmap == "-" && options.output.path == "-") {
    throw UsageError(
        "--heatmap and the report would both be standard output; give one of them a "
        "file");
  }
  Repository repository(options.config);
  const std::vector<std::string> documents = repository.find_documents({options.process});
  require_documents(documents);
  if (documents.size() > 1) {
    throw UsageError(fmt::format("a log is replayed on one process, and there are {} in '{}'",
                                 documents.size(), options.process));
  }
  const auto model = read_sound_model(repository, documents.front(), env);
  if (!model) return exit_failure;
  const Process& process = model->process;
  const Config& config = repository.config_for(documents.front());
  // A typo should be known before a large log is read.
  const auto calendar = find_calendar(process, options.calendar);
  const EventLog log = read_log_of(process, options, config, env);
  require_times(options, log);
  Profile profile = env.timings.measure("replay", [&] {
    return replay_log(process, log, mode_of(options.how), parts_of(options, *model, log, calendar));
  });
  if (profile.conformance) use_baseline(options, process, *profile.conformance, env);
  const double sla_target = number_in(options.sla_target).value_or(usual_sla_target);
  const std::vector<SlaVerdict> slas = judge_slas(process, profile, sla_target);
  Report report = replay_report(process, log, profile, options.all_variants,
                                writer_of(options.output).uses, most_breaches(options));
  if (!options.sla_target.empty()) report.lead.push_back(sla_summary(slas, sla_target));
  if (profile.interval && profile.waiting_causes.empty())
    report.notes.push_back("why cases wait is left out of so large a log; --causes asks for it");
  report.documents = {documents.front()};
  report.checks = kpi_checks(process, profile.kpis);
  for (Check& each : sla_checks(process, profile, slas, sla_target))
    report.checks.push_back(std::move(each));
  write_heatmap(options, process, log, profile, config, env);
  write_report(report, repository.sources, options.output, env);
  const bool missed = misses_anything(options, profile, slas);
  return missed && !options.exit_zero ? exit_findings : exit_clean;
}

Action bind(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments
      .add("PROCESS", options->process,
           "The document, PNML net or BPMN model to hold the log against")
      .required();
  arguments
      .add("--log", options->log,
           "Event log: CSV, JSON Lines, XES or .xlsx, also compressed; - is standard input")
      .value_name("LOG")
      .required();
  bind_config(arguments, options->config);
  bind_log(arguments, options->how);
  arguments.add_flag("--all-variants", options->all_variants,
                     "List every variant with its cost, not only the most frequent that depart");
  arguments
      .add("--budget", options->budget,
           "States that the search for an alignment may look at per variant; beyond, the "
           "fitness is a bound")
      .value_name("N")
      .positive()
      .shows_default();
  arguments
      .add("--sla-target", options->sla_target,
           "Share of times within its SLA that a step must have; junit expects 0.95 anyway")
      .check(refuse_share)
      .value_name("SHARE");
  arguments
      .add("--calendar", options->calendar,
           "Count the times of all steps in the opening hours of this calendar, instead of "
           "those of their roles")
      .not_empty()
      .value_name("ID");
  bind_baseline(arguments, options->baseline);
  arguments.add_flag("--causes", options->causes,
                     "Tell why cases wait also of a log with more than 1,000,000 events");
  arguments
      .add("--by", options->by,
           "Give every figure for each value of a column too; 'resource' is who did it")
      .not_empty()
      .value_name("COLUMN");
  add_choice(arguments, "--over", options->over, {"hour", "day", "week", "month"},
             "Give every figure for each period of the calendar too");
  arguments
      .add("--heatmap", options->heatmap,
           "Draw when in the week cases arrive, SLAs are breached and work is done: an SVG")
      .value_name("FILE");
  arguments.add_flag("--exit-zero", options->exit_zero,
                     "Exit with 0 whatever targets are missed or deviations are new");
  bind_output(arguments, options->output, Formats::checks);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::replay_log{
    .name = "replay",
    .summary = "Hold an event log against a process: KPIs, times per step, SLA, what does not fit",
    .examples =
        "gemba replay sops/as-is/refund-as-is.toml --log sops/logs/refund-2026-03.csv\n"
        "gemba replay refund.toml --log log.xes.gz --format json > refund.json\n"
        "gemba replay refund.toml --log log.csv --over week --heatmap week.svg\n"
        "gemba replay mined.pnml --log log.csv     a net that another tool found",
    .bind = bind};

}  // namespace gemba::inline cmd
