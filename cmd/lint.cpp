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

/// A document that was read, with what was wrong with its text.
struct ReadDocument {
  std::string path;
  std::optional<Process> process;
  Diagnostics found;
};

/// Reads every document that can be read; says on `env.err` why the others cannot.
std::vector<ReadDocument> read_documents(const std::vector<std::string>& paths,
                                         Repository& repository, std::vector<Unread>& unread,
                                         Env& env) {
  std::vector<ReadDocument> documents;
  for (const std::string& path : paths) {
    try {
      std::optional<Process> process = repository.read(path);
      documents.push_back({path, std::move(process), std::move(repository.found)});
    } catch (const Error& error) {
      env.err << "gemba: error: " << error.what() << "\n";
      unread.push_back({path, error.what()});
    }
    repository.found.clear();
  }
  return documents;
}

/// The documents that share a configuration: those of this run, then the others.
class Together {
 public:
  Together(const std::vector<ReadDocument>& documents, const std::vector<std::string>& paths,
           Repository& repository) {
    for (const ReadDocument& each : documents) {
      Group& group = groups_[repository.config_for(each.path).path];
      if (group.config == nullptr) add_neighbours(each.path, paths, repository, group);
      run_ids_.insert(each.process ? each.process->id
                                   : std::filesystem::path(each.path).stem().string());
      if (each.process)
        group.documents.push_back({&*each.process, name(repository.path_in_repository(each.path))});
    }
  }

  /// Reports calls of documents that are neither in this run nor in the repository. A document that
  /// stands alone is believed: nobody knows then what else there is.
  void check_calls_of(const ReadDocument& document, Repository& repository,
                      Diagnostics& found) const {
    const Group& group = groups_.at(repository.config_for(document.path).path);
    if (group.config->path.empty() && run_ids_.size() < 2) return;
    std::set<std::string> ids = run_ids_;
    ids.insert(group.ids.begin(), group.ids.end());
    check_calls(*document.process, ids, found);
  }

  /// Runs the rules that compare documents.
  void lint(const LintOptions& how, Diagnostics& found) const {
    for (const auto& [path, group] : groups_) {
      std::vector<LintDocument> all = group.documents;
      all.insert(all.end(), group.others.begin(), group.others.end());
      lint_together(all, *group.config, how, found);
    }
  }

 private:
  struct Group {
    const Config* config = nullptr;
    std::vector<LintDocument> documents, others;
    std::set<std::string> ids;
  };

  void add_neighbours(const std::string& path, const std::vector<std::string>& paths,
                      Repository& repository, Group& group) {
    group.config = &repository.config_for(path);
    for (const Neighbour& each : repository.neighbours(path, paths)) {
      group.ids.insert(each.id);
      if (each.process)
        group.others.push_back(
            {&*each.process, name(repository.path_in_repository(each.path)), false});
    }
  }

  std::string_view name(std::string path) { return names_.emplace_back(std::move(path)); }

  std::map<std::string, Group> groups_;  ///< by path of the configuration
  std::set<std::string> run_ids_;
  std::deque<std::string> names_;
};

/// Everything that is wrong with one document by itself.
void lint_one(ReadDocument& document, const Together& together, const LintOptions& how,
              Repository& repository, Diagnostics& found) {
  const std::string path = repository.path_in_repository(document.path);
  const Config& config = repository.config_for(document.path);
  Diagnostics own = std::move(document.found);
  if (document.process) together.check_calls_of(document, repository, own);
  apply_levels(own, 0, path, config, how);
  if (document.process) lint(*document.process, path, config, how, own);
  std::move(own.begin(), own.end(), std::back_inserter(found));
}

/// Puts findings in the order of the text. What is wrong with the configuration is found again with
/// every document.
void put_in_order(Diagnostics& found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span == b.span && a.code == b.code && a.message == b.message;
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
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
  std::vector<Unread> unread;
  std::vector<ReadDocument> documents =
      env.timings.measure("read", [&] { return read_documents(paths, repository, unread, env); });
  Diagnostics found;
  env.timings.measure("check", [&] {
    const Together together(documents, paths, repository);
    for (ReadDocument& document : documents) lint_one(document, together, how, repository, found);
    together.lint(how, found);
    put_in_order(found);
  });
  found.insert(found.begin(), repository.config_found.begin(), repository.config_found.end());
  env.timings.measure("write", [&] {
    Report report = lint_report(found, documents.size(), unread.size(), repository.sources);
    for (const ReadDocument& each : documents) report.documents.push_back(each.path);
    report.unread = unread;
    write_report(report, repository.sources, options.output, env);
  });
  return exit_code(options, found, unread.empty(), has_faulty_config(repository));
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
  bind_output(app, options->output, Formats::all);
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
