#include "core/replay/replay.h"

#include <fmt/format.h>

#include "cmd/documents.h"
#include "cmd/log_options.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/report/replay_report.h"

namespace gemba {
namespace {

struct Options {
  std::string process, log, config;
  LogOptions how;
  bool all_variants = false;
  std::size_t budget = Aligner::default_budget;
  OutputOptions output;
};

int run(const Options& options, Env& env) {
  Repository repository(options.config);
  const std::vector<std::string> documents = repository.find_documents({options.process});
  require_documents(documents);
  if (documents.size() > 1) {
    throw UsageError(fmt::format("a log is replayed on one process, and there are {} in '{}'",
                                 documents.size(), options.process));
  }
  const auto process = read_sound_process(repository, documents.front(), env);
  if (!process) return exit_failure;
  const Config& config = repository.config_for(documents.front());
  const EventLog log = read_log(options.log, options.how, config.log, env);
  const Profile profile =
      env.timings.measure("replay", [&] { return replay(*process, log, mode_of(options.how)); });
  const std::optional<Conformance> conformance = env.timings.measure("align", [&] {
    return check_conformance(*process, log, mode_of(options.how),
                             {thread_count(options.how.jobs), options.budget});
  });
  write_report(replay_report(*process, log, profile,
                             {conformance ? &*conformance : nullptr, options.all_variants}),
               repository.sources, options.output, env);
  return exit_clean;
}

Action bind(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("PROCESS", options->process, "The document to hold the log against")->required();
  app.add_option("--log", options->log,
                 "Event log: CSV, JSON Lines or XES, also compressed; - is standard input")
      ->type_name("LOG")
      ->required();
  bind_config(app, options->config);
  bind_log(app, options->how);
  app.add_flag("--all-variants", options->all_variants,
               "List every variant with its cost, not only the most frequent that depart");
  app.add_option("--budget", options->budget,
                 "States that the search for an alignment may look at per variant; beyond, the "
                 "fitness is a bound")
      ->type_name("N")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  bind_output(app, options->output);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::replay_log{
    .name = "replay",
    .summary = "Hold an event log against a process: times per step, SLA, what does not fit",
    .examples =
        "gemba replay sops/as-is/refund-as-is.toml --log sops/logs/refund-2026-03.csv\n"
        "gemba replay refund.toml --log log.xes.gz --format json > refund.json",
    .bind = bind};

}  // namespace gemba
