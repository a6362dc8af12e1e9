#include "core/rules/lint.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <deque>
#include <filesystem>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

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
    const Together together(documents, paths, repository);
    for (ReadDocument& document : documents) lint_one(document, together, how, repository, found);
    together.lint(how, found);
    put_in_order(found);
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
