#include "tests/house/json_samples.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>

#include "core/audit/audit.h"
#include "core/eventlog/query/activity_names.h"
#include "core/eventlog/query/selection.h"
#include "core/eventlog/read_log.h"
#include "core/findings/catalogue.h"
#include "core/replay/cases/case_attributes.h"
#include "core/replay/groups/segments.h"
#include "core/replay/replay.h"
#include "core/report/building/audit_report.h"
#include "core/report/building/lint_report.h"
#include "core/report/building/replay_report.h"
#include "core/report/building/stats_report.h"
#include "core/report/cells.h"
#include "core/rules/lint.h"
#include "core/toml/read.h"
#include "tests/json.h"

namespace fs = std::filesystem;
namespace gemba::test {
namespace {

using nlohmann::json;

const fs::path root = GEMBA_ROOT;

void add(Samples& samples, const std::string& command, const std::string& about,
         const Report& report) {
  samples.push_back({command, about, json::parse(dump_json(report.data, true))});
}

/// A document with the configuration of its folder.
struct Document {
  Sources sources;
  Config config;
  Diagnostics found;
  std::optional<Process> process;
};

Document read_document(const fs::path& path) {
  Document read;
  if (const std::string config = find_config(path.string()); !config.empty()) {
    read.config = read_config(read.sources, read.sources.load(config), read.found);
  }
  const SourceId source = read.sources.load(path.string());
  read.process = read_process(read.sources, source, read.config, read.found);
  return read;
}

/// Lint of the document; audit of it too, where it is sound.
void add_document(Samples& samples, const fs::path& path) {
  const std::string about = path.lexically_relative(root).string();
  Document read = read_document(path);
  const bool sound = read.process && read.found.empty();
  if (read.process) lint(*read.process, about, read.config, {.today = {2026, 6, 1}}, read.found);
  Report report = lint_report(read.found, {.documents = 1}, read.sources);
  add(samples, "lint", about, report);
  keep_statistics(report);
  add(samples, "lint", about + " with statistics", report);
  if (!sound) return;
  Audit result = audit_process(*read.process, nullptr, read.config);
  add(samples, "audit", about, audit_report({{*read.process, std::move(result)}}, read.sources));
}

void add_log(Samples& samples, const std::string& about, const EventLog& log) {
  for (const char* mode : {"auto", "events", "instances", "complete"}) {
    const StatisticsOptions how = {*lifecycle_mode(mode), 3};
    add(samples, "stats", about + " as " + mode, stats_report(log, statistics_of(log, how)));
  }
}

/// What a condition over attributes of a log keeps of it.
EventLog kept_of(const EventLog& log, const std::string& condition) {
  const auto parsed = parse_expression(condition);
  const Matches matches = find_matches(log, std::get<Expr>(parsed));
  EventLog kept = select_events(log, matches.events);
  kept.changes.condition = condition;
  kept.changes.by_case = matches.by_case;
  kept.changes.cases_before = static_cast<std::int64_t>(log.case_count());
  kept.changes.events_before = static_cast<std::int64_t>(log.size());
  return kept;
}

/// The statistics of what a condition keeps, split by a column; both columns are attributes of the
/// log.
void add_split(Samples& samples, const EventLog& log, const std::string& condition,
               std::size_t column) {
  const EventLog kept = kept_of(log, condition);
  const AttributeColumn& by = kept.attributes[column];
  LogBreakdown breakdown{by.name, is_case_level(kept, by), {}};
  for (const EventGroup& group : group_events(kept, by)) {
    breakdown.groups.push_back(
        {group.value ? std::optional(std::string(*group.value)) : std::nullopt,
         statistics_of(select_events(kept, group.events))});
  }
  add(samples, "stats", fmt::format("{} by {}", condition, by.name),
      stats_report(kept, statistics_of(kept), &breakdown));
}

/// A log whose activities have other names.
EventLog renamed_log() {
  const fs::path folder = root / "tests/cli/stats";
  ReadOptions how;
  how.attributes = {"渠道", "处理人"};
  const EventLog written = read_log(folder / "service.csv", how);
  const EventLog log = rename_activities(written, read_activity_names(folder / "names.csv"));
  CHECK(log.changes.unused_names.size() == 1);
  return log;
}

constexpr const char* conditions[] = {"渠道 in [\"电话\", \"在线\"]", "处理人 != \"财务\""};

/// Statistics of parts of the log by its columns.
void add_splits(Samples& samples) {
  const EventLog log = renamed_log();
  for (const char* condition : conditions) {
    add_split(samples, log, condition, 0);
    add_split(samples, log, condition, 1);
  }
}

/// Replay of a log on a document, and audit with it.
void add_replay(Samples& samples, const fs::path& path, const std::string& about,
                const EventLog& log,
                const ReplayParts& parts = {.conformance = ConformanceOptions{}}) {
  const Document read = read_document(path);
  REQUIRE(read.process);
  const Process& process = *read.process;
  Profile profile = replay_log(process, log, LifecycleMode::automatic, parts);
  if (profile.conformance && !profile.conformance->deviations.empty())
    profile.conformance->deviations.back().accepted = "agreed";
  add(samples, "replay", about, replay_report(process, log, profile, true));
  Audit result = audit_process(process, &profile, read.config);
  add(samples, "audit", about, audit_report({{process, std::move(result)}}, read.sources));
}

/// Audits with amounts from a log, one that knows how many cases a month there are and one that
/// does not.
void add_limits(Samples& samples) {
  const Document read = read_document(root / "tests/rules/A104/bad.toml");
  REQUIRE(read.process);
  const Process& process = *read.process;
  Profile profile;
  profile.cases = 40;
  profile.steps.resize(process.steps.size());
  profile.flow_shares.assign(process.flows.size(), -1);
  profile.judged.resize(process.steps.size());
  const std::size_t approval = process.find_step("lead_ok")->index();
  for (int amount = 1; amount <= 40; ++amount)
    profile.judged[approval].push_back({amount * 10.0, {}});
  const AuditedProcess to_be{process, audit_process(process, nullptr, read.config)};
  add(samples, "audit", "against",
      audit_report({{process, audit_process(process, nullptr, read.config)}}, read.sources, {},
                   {.to_be = &to_be}));
  for (const double span : {0.0, 86'400.0}) {
    profile.span_seconds = span;
    Audit result = audit_process(process, &profile, read.config);
    add(samples, "audit", "limits", audit_report({{process, std::move(result)}}, read.sources));
  }
}

/// Logs in few words: each is remarkable in its own way.
constexpr std::pair<const char*, const char*> small_logs[] = {
    {"no times", "case,activity\n1,申请退款\n1,退款\n2,申请退款\n"},
    {"one timestamp",
     "case,activity,time\n1,申请退款,2026-01-05T09:00:00Z\n"
     "1,核对订单,2026-01-05T09:30:00Z\n1,退款,2026-01-05T09:40:00Z\n"},
    {"one event", "case,activity,time\n1,核对单,2026-01-05T09:00:00Z\n"},
    {"lifecycle",
     "case,activity,time,lifecycle:transition,concept:instance,resource\n"
     "1,核对订单,2026-01-05T09:00:00Z,start,a,\n"
     "1,核对订单,2026-01-05T09:10:00Z,complete,a,u\n"
     "1,退款,2026-01-05T09:20:00Z,complete,b,\n"
     "1,退款,2026-01-05T09:30:00Z,start,c,v\n"},
    {"titles, and no order",
     "三月工单\ncase,activity,time\n1,a,2026-03-06\n1,b,2026-03-05\n2,b,2026-03-04\n"},
    {"bad rows", "case,activity,time\n1,a,2026-01-05\n,b,2026-01-05\n2,b,tomorrow\n"},
    {"unnamed cases", R"(<log xes.version="1.0"><trace><event>
<string key="concept:name" value="退款"/></event></trace></log>)"},
};

}  // namespace

Samples small_samples() {
  Samples samples;
  Sources none;
  add(samples, "lint", "nothing", lint_report({}, {}, none));
  add(samples, "audit", "nothing", audit_report({}, none));
  const Process empty;
  const EventLog one_event = read_log_text("case,activity\n1,a\n", "log");
  add(samples, "replay", "no process",
      replay_report(empty, one_event, replay_log(empty, one_event, LifecycleMode::automatic)));
  for (const Descriptor* about : all_descriptors()) {
    for (const auto& entry : fs::directory_iterator(root / "tests/rules" / about->code.text())) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with("bad") && name.ends_with(".toml")) add_document(samples, entry.path());
    }
  }
  add_splits(samples);
  add_limits(samples);
  const fs::path refund = root / "tests/cli/replay/refund.toml";
  add_replay(samples, root / "tests/cli/replay/kpi.toml", "KPIs",
             read_log(root / "tests/cli/replay/refund.csv"));
  add_replay(samples, root / "tests/cli/replay/kpi.toml", "KPIs by week",
             read_log(root / "tests/cli/replay/refund.csv"),
             {.conformance = ConformanceOptions{}, .over = PeriodUnit::week, .week_hours = true});
  for (const auto& [about, text] : small_logs) {
    const EventLog log = read_log_text(text, "log");
    add_log(samples, about, log);
    add_replay(samples, refund, about, log);
    if (log.has_resources())
      add_replay(samples, refund, about, log, {.by = std::string(resource_word)});
  }
  EventLog of_workbook = read_log(root / "tests/cli/stats/tickets.xlsx");
  of_workbook.other_sheets = {"三月"};
  add_log(samples, "workbook", of_workbook);
  ReadOptions with_amounts;
  with_amounts.attributes = {"金额"};
  add_replay(samples, root / "tests/cli/replay/rules.toml", "by amount",
             read_log(root / "tests/cli/replay/rules.csv", with_amounts),
             {.conformance = ConformanceOptions{}, .by = "金额"});
  add_replay(samples, refund, "refund.csv", read_log(root / "tests/cli/replay/refund.csv"));
  const EventLog renamed = renamed_log();
  for (const char* condition : conditions)
    add_replay(samples, refund, condition, kept_of(renamed, condition));
  return samples;
}

Samples large_samples() {
  Samples samples;
  for (const auto& entry : fs::recursive_directory_iterator(root / "sops")) {
    const bool document = entry.path().extension() == ".toml";
    if (document && entry.path().filename() != "gemba.toml") add_document(samples, entry.path());
  }
  const fs::path map = root / "sops/as-is/refund-as-is.toml";
  ReadOptions how;
  const Document document = read_document(map);
  how.log = document.config.log;
  how.attributes = data_columns(*document.process);
  how.optional_from = 0;
  const EventLog log = read_log(root / "sops/logs/refund-2026-03.csv", how);
  add_log(samples, "sample log", log);
  add_replay(samples, map, "sample log", log);
  return samples;
}

}  // namespace gemba::test
