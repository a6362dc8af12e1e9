#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <ostream>

#include "cmd/baselines.h"
#include "cmd/bind/common_options.h"
#include "cmd/bind/fix_options.h"
#include "cmd/bind/rule_options.h"
#include "cmd/command.h"
#include "cmd/documents.h"
#include "cmd/lint_fix.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/report/building/effective_config.h"
#include "core/report/building/lint_report.h"
#include "core/report/cells.h"

namespace gemba::inline cmd {
namespace {

struct Options {
  std::vector<std::string> paths = {"."};
  std::string config;
  std::string stdin_filename;
  RuleFlags rules;
  std::string fail_on = "error";
  std::optional<std::size_t> max_warnings;
  FixOptions fix;
  BaselineOptions baseline;
  std::string diff_base;
  bool exit_zero = false;
  bool statistics = false;
  bool show_config = false;
  std::size_t jobs = 0;
  OutputOptions output;
};

int exit_code(const Options& options, const LintRun& run, bool faulty_config) {
  if (!run.unread.empty()) return exit_failure;
  if (faulty_config) return exit_usage;
  if (options.exit_zero) return exit_clean;
  const auto count = [&](Level least, Level most) {
    return static_cast<std::size_t>(std::count_if(
        run.found.begin(), run.found.end(),
        [&](const Diagnostic& each) { return each.level >= least && each.level <= most; }));
  };
  const Level limit = parse_level(options.fail_on).value_or(Level::off);
  const bool failed = limit != Level::off && count(limit, Level::error) > 0;
  const bool too_many =
      options.max_warnings && count(Level::warning, Level::warning) > *options.max_warnings;
  return failed || too_many ? exit_findings : exit_clean;
}

/// What came of a check, without what is known already.
struct Checked {
  LintRun run;
  std::size_t known = 0;  ///< findings that a baseline or an earlier revision has, too
  std::size_t gone = 0;   ///< findings of the baseline that there are no more
};

Checked check_all(const Options& options, const LintOptions& how, Repository& repository,
                  Timings* timings) {
  Checked checked;
  checked.run = options.diff_base.empty() ? run_lint(options.paths, how, repository, timings)
                                          : run_lint_since(options.diff_base, options.paths, how,
                                                           repository, checked.known, timings);
  const BaselineMatch match = take_known(accepted_findings(options.baseline), checked.run.found);
  checked.known += match.known;
  checked.gone = match.gone;
  return checked;
}

/// Says what could not be read, and that a baseline is out of date.
void tell(const Options& options, const Checked& checked, Env& env) {
  for (const Unread& each : checked.run.unread) complain(env, "error", each.reason);
  if (!options.output.quiet) note_gone(options.baseline, checked.gone, env);
}

int show_config(const Options& options, const LintOptions& how, Repository& repository, Env& env) {
  const std::string& path = options.paths.front();
  std::string inside = path;
  // A folder stands for what is in it.
  if (std::filesystem::is_directory(path)) inside = (std::filesystem::path(path) / "*").string();
  const Config& config = repository.config_for(inside);
  require_sound_config(repository, inside, env);
  write_output(options.output.path, effective_config(config, repository.place_of(inside).path, how),
               env);
  return exit_clean;
}

/// Mends the texts until nothing changes; `checked` is then what is found in them.
void mend_documents(const Options& options, Mender& mender, Repository& repository,
                    Checked& checked, Env& env) {
  LintRun run = mend_all(mender, repository, std::move(checked.run), [&](Repository& mended) {
    checked = check_all(options, mender.how(), mended, nullptr);
    return std::move(checked.run);
  });
  checked.run = std::move(run);
  for (const std::string& each : mender.warnings()) complain(env, "warning", each);
}

int show_diff(const Options& options, const Mender& mender, const Repository& repository,
              const LintRun& run, Env& env) {
  const std::string diff = mended_diff(mender);
  write_output(options.output.path, diff, env);
  if (!run.unread.empty()) return exit_failure;
  if (has_faulty_config(repository)) return exit_usage;
  return diff.empty() ? exit_clean : exit_findings;
}

/// What standard input is called among the documents; empty when it is none of them.
std::string piped_name(const Options& options, const LintRun& run) {
  if (std::find(run.paths.begin(), run.paths.end(), "-") == run.paths.end()) return {};
  return options.stdin_filename.empty() ? "-" : options.stdin_filename;
}

int run(const Options& options, Env& env) {
  const LintOptions how = lint_options(options.rules);
  Repository repository(options.config, options.stdin_filename);
  repository.threads = thread_count(options.jobs);
  if (options.show_config) return show_config(options, how, repository, env);
  Checked checked = check_all(options, how, repository, &env.timings);
  tell(options, checked, env);
  Mender mender(how);
  if (options.fix.wanted()) {
    env.timings.measure("mend", [&] { mend_documents(options, mender, repository, checked, env); });
  }
  LintRun& run = checked.run;
  if (options.fix.diff) return show_diff(options, mender, repository, run, env);
  const std::string piped = piped_name(options, run);
  const bool all_written = !options.fix.fix || write_mended(mender, piped, env);
  if (!options.baseline.write.empty()) {
    save_baseline(options.baseline, run.found, env);
    checked.known += run.found.size();
    run.found.clear();
  }
  const LintCounts counts{run.read.size(), run.unread.size(), run.suppressed, checked.known};
  const int code = exit_code(options, run, has_faulty_config(repository));
  env.timings.measure("write", [&] {
    Report report = lint_report(std::move(run.found), counts, repository.sources);
    for (const ReadDocument& each : run.read) report.documents.push_back(each.path);
    report.unread = run.unread;
    if (options.statistics) keep_statistics(report);
    report_mended(mender, all_written, report);
    if (writer_of(options.output).for_terminal && !options.statistics) report_fixable(report);
    Env aside{env.err, env.err, false, 0, 0, {}};  // standard output has the mended text
    const bool is_aside = options.fix.fix && !piped.empty();
    write_report(report, repository.sources, options.output, is_aside ? aside : env);
  });
  return all_written ? code : exit_failure;
}

void bind_filters(Arguments& arguments, Options& options) {
  bind_baseline(arguments, options.baseline).environment("GEMBA_BASELINE");
  arguments
      .add("--diff-base", options.diff_base,
           "Only findings that there were not at this git revision")
      .value_name("REV");
}

Action bind(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments
      .add("PATH", options->paths, "Documents, or folders to search for them; - is standard input")
      .shows_default();
  bind_config(arguments, options->config);
  arguments
      .add("--stdin-filename", options->stdin_filename,
           "The file that standard input stands for: its settings hold, messages name it")
      .value_name("FILE");
  bind_rules(arguments, options->rules);
  bind_fix(arguments, options->fix);
  add_choice(arguments, "--fail-on", options->fail_on, {"error", "warning", "info", "never"},
             "Least level that makes the exit code 1");
  arguments
      .add("--max-warnings", options->max_warnings, "More warnings than this make the exit code 1")
      .value_name("N");
  arguments.add_flag("--exit-zero", options->exit_zero, "Exit with 0 whatever is found");
  bind_filters(arguments, *options);
  arguments.add_flag("--statistics", options->statistics,
                     "How often each rule was broken, no findings");
  arguments.add_flag("--show-config", options->show_config,
                     "Print the rules that hold for PATH, with levels and parameters, and stop");
  add_jobs(arguments, options->jobs);
  bind_output(arguments, options->output, Formats::all);
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
        "gemba lint --fail-on warning sops   be strict in CI\n"
        "gemba lint --diff-base origin/main  only what a branch brings in\n"
        "gemba lint --diff sops              show what --fix would mend",
    .bind = bind};

}  // namespace gemba::inline cmd
