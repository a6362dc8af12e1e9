#include <fmt/format.h>

#include <ostream>

#include "cmd/documents.h"
#include "cmd/log_options.h"
#include "cmd/output.h"
#include "core/eventlog/log_statistics.h"
#include "core/report/stats_report.h"

namespace gemba {
namespace {

struct Options {
  std::string log, config;
  LogOptions how;
  std::size_t top_variants = 20;
  OutputOptions output;
};

/// What is wrong with a number of things; nothing when it is good.
std::string check_count(const std::string& given) {
  const bool good = !given.empty() && given.size() <= 9 &&
                    given.find_first_not_of("0123456789") == std::string::npos;
  return good ? std::string() : fmt::format("'{}' is not a whole number from 0 on", given);
}

int run(const Options& options, Env& env) {
  Repository repository(options.config);
  require_sound_config(repository, options.log, env);
  const Config& config = repository.config_for(options.log);
  const EventLog log = read_log(options.log, options.how, config.log, env);
  const LogStatistics statistics = env.timings.measure("statistics", [&] {
    return statistics_of(log, {mode_of(options.how), options.top_variants});
  });
  env.timings.measure("write", [&] {
    write_report(stats_report(log, statistics), repository.sources, options.output, env);
  });
  return exit_clean;
}

Action bind(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("LOG", options->log,
                 "Event log: CSV, JSON Lines or XES, also compressed; - is standard input")
      ->required();
  bind_config(app, options->config);
  bind_log(app, options->how);
  app.add_option("--top-variants", options->top_variants, "So many of the most frequent variants")
      ->capture_default_str()
      ->check(CLI::Validator(check_count, "", "count"))
      ->type_name("N");
  bind_output(app, options->output);
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::log_stats{
    .name = "stats",
    .summary = "What is in an event log: cases, activities, variants, times, data quality",
    .examples =
        "gemba stats log.csv                              the figures of a log\n"
        "gemba stats log.xes.gz --format json             every figure, exact, for a program\n"
        "gemba stats tickets.csv --case 工单号 --tz Asia/Shanghai\n"
        "zstd -dc log.csv.zst | gemba stats -",
    .bind = bind};

}  // namespace gemba
