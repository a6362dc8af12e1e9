#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

#include "cmd/bind/common_options.h"
#include "cmd/command.h"
#include "cmd/documents.h"
#include "cmd/logs.h"
#include "cmd/output.h"
#include "core/base/error.h"
#include "core/eventlog/query/log_statistics.h"
#include "core/eventlog/query/selection.h"
#include "core/report/building/stats_report.h"

namespace gemba::inline cmd {
namespace {

struct Options {
  std::string log, config, by;
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

StatisticsOptions statistics_options(const Options& options, Env& env) {
  return {.lifecycle = mode_of(options.how),
          .top_variants = options.top_variants,
          .threads = options.how.jobs,
          .timings = &env.timings};
}

/// The statistics of each value of a column.
LogBreakdown break_down(const EventLog& log, const std::string& column,
                        const StatisticsOptions& how) {
  constexpr std::size_t most_values = 1000;
  const AttributeColumn& attribute = log.attributes.front();
  LogBreakdown breakdown{column, is_case_level(log, attribute), {}};
  const std::vector<EventGroup> groups = group_events(log, attribute);
  if (groups.size() > most_values) {
    throw UsageError(fmt::format(
        "--by {} would split the log into {} groups; choose a column with at most {} values",
        column, groups.size(), most_values));
  }
  for (const EventGroup& group : groups) {
    breakdown.groups.push_back(
        {group.value ? std::optional(std::string(*group.value)) : std::nullopt,
         statistics_of(select_events(log, group.events), how)});
  }
  // Equal ones stay in the order of their events.
  std::stable_sort(breakdown.groups.begin(), breakdown.groups.end(),
                   [](const LogGroup& a, const LogGroup& b) {
                     if (a.value.has_value() != b.value.has_value()) return a.value.has_value();
                     return a.statistics.cases > b.statistics.cases;
                   });
  return breakdown;
}

int run(const Options& options, Env& env) {
  Repository repository(options.config);
  require_sound_config(repository, options.log, env);
  const Config& config = repository.config_for(options.log);
  std::vector<std::string> attributes;
  if (!options.by.empty()) attributes.push_back(options.by);
  const EventLog log = read_log(options.log, options.how, config.log, env, attributes);
  const StatisticsOptions how = statistics_options(options, env);
  const LogStatistics statistics = statistics_of(log, how);
  std::optional<LogBreakdown> breakdown;
  if (!options.by.empty()) {
    breakdown = env.timings.measure("by column", [&] { return break_down(log, options.by, how); });
  }
  env.timings.measure("write", [&] {
    write_report(stats_report(log, statistics, breakdown ? &*breakdown : nullptr,
                              writer_of(options.output).uses),
                 repository.sources, options.output, env);
  });
  return exit_clean;
}

Action bind(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments
      .add("LOG", options->log,
           "Event log: CSV, JSON Lines, XES or .xlsx, also compressed; - is standard input")
      .required();
  bind_config(arguments, options->config);
  bind_log(arguments, options->how);
  arguments.add("--by", options->by, "Split every table by the values of a column")
      .not_empty()
      .value_name("COLUMN");
  arguments.add("--top-variants", options->top_variants, "So many of the most frequent variants")
      .shows_default()
      .check(check_count)
      .value_name("N");
  bind_output(arguments, options->output);
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
        "gemba stats tickets.csv --by 渠道                  every table for each channel\n"
        "gemba stats tickets.csv --where '金额 > 200 and 渠道 = \"电话\"'\n"
        "zstd -dc log.csv.zst | gemba stats -",
    .bind = bind};

}  // namespace gemba::inline cmd
