#include "core/rules/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <iterator>
#include <ostream>

#include "cmd/documents.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/report/lint_report.h"
#include "core/rules/calls.h"

namespace gemba {
namespace {

struct Options {
  std::vector<std::string> paths = {"."};
  std::string config;
  std::vector<std::string> select, ignore;
  std::string fail_on = "error";
  std::string today;
  OutputOptions output;
};

Date date_of(const std::string& given) {
  if (!given.empty()) {
    if (const auto date = parse_date(given)) return *date;
    throw UsageError(fmt::format("--today '{}' is not a date; write it like 2026-01-31", given));
  }
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return {local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

LintOptions lint_options(const Options& options) {
  for (const auto* list : {&options.select, &options.ignore}) {
    const std::string message = unknown_rule_message(*list);
    if (!message.empty()) throw UsageError(message);
  }
  return {date_of(options.today), options.select, options.ignore};
}

/// A document that was read, with what was wrong with its text.
struct ReadDocument {
  std::string path;
  std::optional<Process> process;
  Diagnostics found;
};

/// Reads every document that can be read; says on `env.err` why the others cannot.
std::vector<ReadDocument> read_documents(const std::vector<std::string>& paths,
                                         Repository& repository, Env& env) {
  std::vector<ReadDocument> documents;
  for (const std::string& path : paths) {
    try {
      std::optional<Process> process = repository.read(path);
      documents.push_back({path, std::move(process), std::move(repository.found)});
    } catch (const Error& error) {
      env.err << "gemba: error: " << error.what() << "\n";
    }
    repository.found.clear();
  }
  return documents;
}

/// Ids of the documents of this run. One that cannot be understood goes by the stem of its file.
std::set<std::string> ids_of(const std::vector<ReadDocument>& documents) {
  std::set<std::string> ids;
  for (const ReadDocument& each : documents) {
    ids.insert(each.process ? each.process->id : std::filesystem::path(each.path).stem().string());
  }
  return ids;
}

/// Whether every document that the process calls is among these.
bool calls_only(const Process& process, const std::set<std::string>& ids) {
  return std::all_of(process.steps.begin(), process.steps.end(), [&](const Step& step) {
    return !step.calls || ids.contains(step.calls->text);
  });
}

/// Reports calls of documents that are neither in this run nor in the repository. A document that
/// stands alone is believed: nobody knows then what else there is.
void check_calls_of(const Process& process, const std::string& path,
                    const std::set<std::string>& run_ids, Repository& repository,
                    Diagnostics& found) {
  if (calls_only(process, run_ids)) return;
  std::set<std::string> ids = repository.document_ids(path);
  if (ids.empty() && run_ids.size() < 2) return;
  ids.insert(run_ids.begin(), run_ids.end());
  check_calls(process, ids, found);
}

/// Everything that is wrong with one document, as one list in the order of the text.
Diagnostics lint_one(ReadDocument& document, const std::set<std::string>& run_ids,
                     const LintOptions& how, Repository& repository) {
  const std::string path = repository.path_in_repository(document.path);
  const Config& config = repository.config_for(document.path);
  Diagnostics found = std::move(document.found);
  if (document.process) {
    check_calls_of(*document.process, document.path, run_ids, repository, found);
  }
  apply_levels(found, 0, path, config, how);
  if (document.process) lint(*document.process, path, config, how, found);
  std::stable_sort(found.begin(), found.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
  return found;
}

int exit_code(const Options& options, const Diagnostics& found, bool all_read, bool faulty_config) {
  if (!all_read) return exit_failure;
  if (faulty_config) return exit_usage;
  const Level limit = parse_level(options.fail_on).value_or(Level::off);
  const bool failed = limit != Level::off &&
                      std::any_of(found.begin(), found.end(),
                                  [&](const Diagnostic& each) { return each.level >= limit; });
  return failed ? exit_findings : exit_clean;
}

int run(const Options& options, Env& env) {
  const LintOptions how = lint_options(options);
  Repository repository(options.config);
  const std::vector<std::string> paths = repository.find_documents(options.paths);
  std::vector<ReadDocument> documents =
      env.timings.measure("read", [&] { return read_documents(paths, repository, env); });
  Diagnostics found;
  env.timings.measure("check", [&] {
    const std::set<std::string> run_ids = ids_of(documents);
    for (ReadDocument& document : documents) {
      Diagnostics own = lint_one(document, run_ids, how, repository);
      std::move(own.begin(), own.end(), std::back_inserter(found));
    }
  });
  found.insert(found.begin(), repository.config_found.begin(), repository.config_found.end());
  env.timings.measure("write", [&] {
    write_report(
        lint_report(found, documents.size(), paths.size() - documents.size(), repository.sources),
        repository.sources, options.output, env);
  });
  return exit_code(options, found, documents.size() == paths.size(), has_faulty_config(repository));
}

Action bind(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("PATH", options->paths,
                 "Documents, or folders to search for them; - is standard input")
      ->capture_default_str();
  bind_config(app, options->config);
  app.add_option("--select", options->select,
                 "Only these rules: codes, names, or beginnings of codes")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  app.add_option("--ignore", options->ignore, "Not these rules")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("RULE");
  add_choice(app, "--fail-on", options->fail_on, {"error", "warning", "info", "never"},
             "Least level that makes the exit code 1");
  app.add_option("--today", options->today, "The date that reviews are measured against")
      ->type_name("DATE")
      ->envname("GEMBA_TODAY");
  bind_output(app, options->output);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::lint{
    .name = "lint",
    .summary = "Check SOPs and process maps",
    .examples =
        "gemba lint                          check every document below this folder\n"
        "gemba lint sops/small-refund.toml   check one\n"
        "gemba lint --format json sops       findings for a program\n"
        "gemba lint --fail-on warning sops   be strict in CI",
    .bind = bind};

}  // namespace gemba
