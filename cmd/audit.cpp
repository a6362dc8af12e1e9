#include "core/audit/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

#include "cmd/baselines.h"
#include "cmd/bind/common_options.h"
#include "cmd/command.h"
#include "cmd/documents.h"
#include "cmd/logs.h"
#include "cmd/output.h"
#include "core/audit/audit_tables.h"
#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/replay/cases/case_attributes.h"
#include "core/report/building/audit_report.h"

namespace gemba::inline cmd {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string config, log, against;
  LogOptions how;
  std::vector<std::string> fail_on = {"error"};
  BaselineOptions baseline;
  bool plan = false, tables = false;
  std::string by = "gain";
  OutputOptions output;
};

/// Which findings make the exit code 1: those of a level or above, and those with certain codes.
struct Limit {
  Level level = Level::off;
  std::vector<const Descriptor*> codes;
};

const Descriptor* find_heuristic(std::string_view code_or_name) {
  const std::string wanted = ascii_lower(code_or_name);
  for (const Heuristic* each : all_heuristics()) {
    if (ascii_lower(each->about.code) == wanted || each->about.name == wanted) return &each->about;
  }
  return nullptr;
}

[[noreturn]] void fail_on_unknown(const std::string& entry) {
  std::vector<std::string_view> known = {"error", "warning", "info", "never"};
  for (const Heuristic* each : all_heuristics()) {
    known.push_back(each->about.code);
    known.push_back(each->about.name);
  }
  throw UsageError(fmt::format("--fail-on '{}' is neither a level nor a finding{}", entry,
                               did_you_mean(entry, known)));
}

Limit limit_of(const std::vector<std::string>& entries) {
  Limit limit;
  for (const std::string& entry : entries) {
    if (entry == "never") continue;
    if (const auto level = parse_level(entry); level && *level != Level::off) {
      limit.level = limit.level == Level::off ? *level : std::min(limit.level, *level);
    } else if (const Descriptor* about = find_heuristic(entry)) {
      limit.codes.push_back(about);
    } else {
      fail_on_unknown(entry);
    }
  }
  return limit;
}

bool exceeds(const Limit& limit, const Finding& finding) {
  if (limit.level != Level::off && finding.level >= limit.level) return true;
  return std::find(limit.codes.begin(), limit.codes.end(), finding.about) != limit.codes.end();
}

/// The documents of a run, as far as they could be audited.
struct Audits {
  std::vector<AuditedProcess> audited;
  std::optional<Profile> profile;  ///< of the only document, when there is a log
};

/// Reads and audits one document. False when it could not be read or is not sound enough.
bool audit_one(const std::string& path, const Options& options, Repository& repository,
               Audits& audits, Env& env) {
  std::optional<Process> process = read_sound_process(repository, path, env);
  if (!process) return false;
  const Place& place = repository.place_of(path);
  const Config& config = *place.config;
  std::optional<Profile>& profile = audits.profile;
  profile =
      read_profile(*process, options.log, options.how, config.log, env, {}, data_columns(*process));
  Audit result = env.timings.measure("audit", [&] {
    return audit_process(*process, profile ? &*profile : nullptr, config, place.path);
  });
  audits.audited.push_back({std::move(*process), std::move(result), &config, place.path});
  return true;
}

/// The process that is to take the place of the one that is audited, with its figures.
std::optional<AuditedProcess> read_to_be(const Options& options, Repository& repository, Env& env) {
  std::optional<Process> process = read_sound_process(repository, options.against, env);
  if (!process) return std::nullopt;
  const Place& place = repository.place_of(options.against);
  Audit audit = audit_process(*process, nullptr, *place.config, place.path);
  return AuditedProcess{std::move(*process), std::move(audit), place.config, place.path};
}

/// Takes away what the baseline knows, and chooses anew what to do.
void take_accepted(const Options& options, Audits& audits, Env& env) {
  Baseline left = accepted_findings(options.baseline);
  if (left.empty()) return;
  for (auto& [process, audit, config, path] : audits.audited) {
    const std::size_t before = audit.findings.size();
    std::erase_if(audit.findings,
                  [&](const Finding& each) { return take_one(left, as_diagnostic(each)); });
    if (audit.findings.size() == before) continue;
    audit.accepted = before - audit.findings.size();
    plan_again(process, audits.profile ? &*audits.profile : nullptr, audit);
  }
  note_gone(options.baseline, count_of(left), env);
}

/// Makes a new baseline of all findings, which then do not count.
void accept_all(const Options& options, Audits& audits, Env& env) {
  if (options.baseline.write.empty()) return;
  save_baseline(options.baseline, audit_diagnostics(audits.audited), env);
  for (auto& [process, audit, config, path] : audits.audited) {
    audit.accepted = audit.findings.size();
    audit.findings.clear();
    plan_again(process, audits.profile ? &*audits.profile : nullptr, audit);
  }
}

int run(const Options& options, Env& env) {
  const Limit limit = limit_of(options.fail_on);
  Repository repository(options.config);
  const std::vector<std::string> documents = repository.find_documents(options.paths);
  require_documents(documents);
  if (!options.log.empty() && documents.size() != 1) {
    throw UsageError(
        fmt::format("--log is about one process, and there are {} documents", documents.size()));
  }
  if (!options.against.empty() && documents.size() != 1) {
    throw UsageError(fmt::format("--against is about one process, and there are {} documents",
                                 documents.size()));
  }
  std::optional<AuditedProcess> to_be;
  if (!options.against.empty()) {
    to_be = read_to_be(options, repository, env);
    if (!to_be) return exit_failure;
  }
  Audits audits;
  std::vector<AuditedProcess>& audited = audits.audited;
  std::vector<Unread> unread;
  for (const std::string& path : documents) {
    try {
      if (audit_one(path, options, repository, audits, env)) continue;
      unread.push_back({path, "the document has errors; 'gemba lint' shows them"});
    } catch (const Error& error) {
      complain(env, "error", error.what());
      unread.push_back({path, error.what()});
    }
  }
  env.timings.measure("compare", [&] { audit_together(audited); });
  take_accepted(options, audits, env);
  accept_all(options, audits, env);
  env.timings.measure("write", [&] {
    std::optional<AuditTables> tables;
    if (options.tables) tables = audit_tables(audited);
    const bool compared = to_be && audited.size() == 1;
    const AuditView view{options.plan, *parse_rank(options.by), compared ? &*to_be : nullptr,
                         tables ? &*tables : nullptr};
    write_report(audit_report(audited, repository.sources, unread, view), repository.sources,
                 options.output, env);
  });
  if (!unread.empty()) return exit_failure;
  for (const AuditedProcess& each : audited) {
    const auto& findings = each.audit.findings;
    if (std::any_of(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return exceeds(limit, finding); })) {
      return exit_findings;
    }
  }
  return exit_clean;
}

Action bind(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments
      .add("PATH", options->paths, "Documents, or folders to search for them; - is standard input")
      .required();
  arguments
      .add("--log", options->log,
           "Event log whose times and shares replace the declared ones; for one document")
      .value_name("LOG");
  bind_config(arguments, options->config);
  bind_log(arguments, options->how);
  arguments
      .add("--fail-on", options->fail_on,
           "Findings that make the exit code 1: codes, names, or the least level (error, "
           "warning, info, never)")
      .by_commas()
      .value_name("LIST")
      .shows_default();
  bind_baseline(arguments, options->baseline);
  arguments
      .add("--against", options->against,
           "The process that is to take its place: also print the difference in every figure")
      .value_name("TO-BE");
  const auto words = rank_words();
  add_choice(arguments, "--by", options->by, {words.begin(), words.end()},
             "What findings are ranked by: the mean gain in work, time and cost, or one of them");
  arguments.add_flag("--plan", options->plan,
                     "Also say which changes to make together, and what they change");
  arguments.add_flag("--tables", options->tables,
                     "Also tell who does what, where work changes hands, and who approves");
  bind_output(arguments, options->output, Formats::all);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::audit{
    .name = "audit",
    .summary = "Find the waste in a process, in hours",
    .examples =
        "gemba audit sops/as-is/refund-as-is.toml     what costs the time, and what to do\n"
        "gemba audit refund.toml --log refund.csv     with what the log says\n"
        "gemba audit --plan refund.toml               what to do together, before and after\n"
        "gemba audit --format markdown sops -o waste.md\n"
        "gemba audit --fail-on A101,A103 sops         no needless approvals, in CI",
    .bind = bind};

}  // namespace gemba::inline cmd
