#include "core/rules/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <ostream>

#include "cmd/documents.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/report/lint_report.h"

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

/// Reads and checks one document. False when it could not be read at all.
bool lint_one(const std::string& path, const LintOptions& how, Repository& repository, Env& env) {
  try {
    const std::string relative = repository.path_in_repository(path);
    const std::size_t first = repository.found.size();
    const std::optional<Process> process = repository.read(path);
    const Config& config = repository.config_for(path);
    apply_levels(repository.found, first, relative, config, how);
    if (process) lint(*process, relative, config, how, repository.found);
    // What the reader found and what the rules found is read as one list.
    std::stable_sort(repository.found.begin() + static_cast<std::ptrdiff_t>(first),
                     repository.found.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
    return true;
  } catch (const Error& error) {
    env.err << "gemba: error: " << error.what() << "\n";
    return false;
  }
}

int run(const Options& options, Env& env) {
  const LintOptions how = lint_options(options);
  Repository repository(options.config);
  const std::vector<std::string> documents = repository.find_documents(options.paths);
  std::size_t read = 0;
  env.timings.measure("check", [&] {
    for (const std::string& path : documents) read += lint_one(path, how, repository, env) ? 1 : 0;
  });
  const Level limit = parse_level(options.fail_on).value_or(Level::off);
  const bool failed = limit != Level::off &&
                      std::any_of(repository.found.begin(), repository.found.end(),
                                  [&](const Diagnostic& each) { return each.level >= limit; });
  env.timings.measure("write", [&] {
    write_report(lint_report(repository.found, read, documents.size() - read, repository.sources),
                 repository.sources, options.output, env);
  });
  if (read < documents.size()) return exit_failure;
  if (repository.is_misconfigured()) return exit_usage;
  return failed ? exit_findings : exit_clean;
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
