#include "cmd/app.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <ostream>

#include "cmd/bind/arguments.h"
#include "cmd/command.h"
#include "core/base/error.h"
#include "core/base/suggest.h"

namespace gemba::inline cmd {
namespace {

constexpr std::string_view synopsis =
    "Standard operating procedures as text: checked, drawn, audited, and held against event logs";

constexpr std::string_view main_examples =
    "gemba lint sops                                   check every SOP of a folder\n"
    "gemba render sops/small-refund.toml -o refund.svg draw one as a swimlane chart\n"
    "gemba audit sops/as-is/refund-as-is.toml          find the waste in a process\n"
    "gemba stats log.csv                               see what is in an event log";

/// Help that shows examples before it explains.
class HelpFormatter : public CLI::Formatter {
 public:
  explicit HelpFormatter(std::string_view examples) : examples_(examples) {}

  std::string make_usage(const CLI::App* app, std::string name) const override {
    std::string text = "\nExamples:\n";
    std::string_view rest = examples_;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      text += fmt::format("  {}\n", rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return text + "\n" + CLI::Formatter::make_usage(app, std::move(name));
  }

 private:
  std::string_view examples_;
};

/// The whole command line: the parser, and what each of its subcommands runs.
struct CommandLine {
  std::unique_ptr<CLI::App> app;
  std::map<const CLI::App*, Action> actions;
};

CommandLine make_command_line() {
  CommandLine line{std::make_unique<CLI::App>(std::string(synopsis), "gemba"), {}};
  CLI::App& app = *line.app;
  app.formatter(std::make_shared<HelpFormatter>(main_examples));
  app.require_subcommand(1);
  app.fallthrough();
  app.get_formatter()->column_width(34);
  app.set_help_flag("-h,--help", "Print this help and exit");
  app.set_version_flag("--version", std::string("gemba ") + GEMBA_VERSION);
  app.add_flag(
      "--timings", [](std::int64_t) {}, "Print to standard error where the time went");
  app.footer(
      "Exit codes: 0 clean, 1 findings, 2 wrong usage or configuration, 3 unreadable input or "
      "failure.\nManual pages: gemba(1), gemba-format(5), gemba-rules(7).");
  for (const Command* command : all_commands()) {
    CLI::App* sub = app.add_subcommand(std::string(command->name), std::string(command->summary));
    sub->formatter(std::make_shared<HelpFormatter>(command->examples));
    sub->get_formatter()->column_width(34);
    Arguments arguments(*sub);
    line.actions[sub] = command->bind(arguments);
  }
  return line;
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const Command* command : all_commands()) names.push_back(command->name);
  return names;
}

/// All long and short options of the app and of the subcommand that was chosen.
std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  const auto collect = [&](const CLI::App& each) {
    for (const CLI::Option* option : each.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
      for (const std::string& name : option->get_snames()) names.push_back("-" + name);
    }
  };
  collect(app);
  for (const CLI::App* sub : app.get_subcommands()) collect(*sub);
  return names;
}

/// The option that a message of the parser is about: its name stands in front of a colon. The
/// parser's errors name it nowhere else.
const CLI::Option* option_of(const CLI::App& app, const std::string& message) {
  const std::string name = message.substr(0, message.find(':'));
  for (const CLI::App* sub : app.get_subcommands()) {
    if (const CLI::Option* option = sub->get_option_no_throw(name)) return option;
  }
  return app.get_option_no_throw(name);
}

/// What is wrong with the number of values of an option: the parser counts, people read.
std::string explain_values(const CLI::App& app, const std::string& message) {
  const CLI::Option* option = option_of(app, message);
  if (option == nullptr) return message;
  if (option->results().size() > static_cast<std::size_t>(option->get_items_expected_max()))
    return fmt::format("{} is given more than once", option->get_name());
  std::string help = option->get_description();
  if (help.size() > 1 && std::islower(static_cast<unsigned char>(help[1])) != 0)
    help.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(help.front())));
  return fmt::format("{} lacks its value {}: {}", option->get_name(), option->get_type_name(),
                     help);
}

/// Says what was not understood and names the nearest thing that would have been.
std::string explain_parse_error(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<std::string> left = app.remaining(true);
  const auto is = [&](CLI::ExitCodes code) {
    return error.get_exit_code() == static_cast<int>(code);
  };
  if (is(CLI::ExitCodes::ArgumentMismatch)) return explain_values(app, error.what());
  if (left.empty()) return error.what();
  const std::string& word = left.front();
  // A required option that is misspelt is missing, and left over as well.
  const bool misspelt = is(CLI::ExitCodes::RequiredError) && word.starts_with("--");
  if (!is(CLI::ExitCodes::ExtrasError) && !misspelt) return error.what();
  if (!word.starts_with('-') || word == "-") return fmt::format("unexpected argument '{}'", word);
  const std::string name = word.substr(0, word.find('='));
  const std::vector<std::string> names = option_names(app);
  return fmt::format("unknown option '{}'{}", name,
                     did_you_mean(name, {names.begin(), names.end()}));
}

int fail(Env& env, std::string_view message, int code) {
  complain(env, "error", message);
  return code;
}

void print_timings(const Env& env) {
  for (const Timings::Stage& stage : env.timings.stages()) {
    env.err << fmt::format("{:>9.1f} ms  {}\n", stage.seconds * 1000, stage.name);
  }
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  env.err << fmt::format("peak memory {} MiB\n", used.ru_maxrss / 1024);
}

int run_action(const CommandLine& line, Env& env) {
  const CLI::App* chosen = line.app->get_subcommands().front();
  const CLI::Option* quiet = chosen->get_option_no_throw("--quiet");
  if (quiet != nullptr && quiet->count() > 0) env.progress_width = 0;
  const int code = line.actions.at(chosen)(env);
  env.out.flush();
  if (!env.out) {
    return fail(env, fmt::format("cannot write to standard output: {}", std::strerror(errno)),
                exit_failure);
  }
  if (line.app->get_option("--timings")->count() > 0) print_timings(env);
  return code;
}

int guarded_run(const CommandLine& line, Env& env) {
  try {
    return run_action(line, env);
  } catch (const UsageError& error) {
    return fail(env, error.what(), exit_usage);
  } catch (const std::bad_alloc&) {
    return fail(env, "out of memory: the input is larger than this machine can hold", exit_failure);
  } catch (const std::exception& error) {
    return fail(env, error.what(), exit_failure);
  }
}

}  // namespace

std::span<const Command* const> all_commands() {
  static constexpr const Command* all[] = {
#define COMMAND(name) &commands::name,
#include "cmd/commands.def"
#undef COMMAND
  };
  return all;
}

std::vector<Offer> command_offers() {
  const CommandLine line = make_command_line();
  std::vector<Offer> all;
  for (const CLI::App* sub : line.app->get_subcommands({})) {
    Offer offer{sub->get_name(), sub->get_description(), {}};
    for (const CLI::Option* option : sub->get_options()) {
      for (const std::string& name : option->get_lnames()) {
        offer.options.emplace_back("--" + name, option->get_description());
      }
    }
    offer.options.emplace_back("--timings", "Print where the time went");
    all.push_back(std::move(offer));
  }
  return all;
}

int run(int argc, const char* const* argv, Env& env) {
  const CommandLine line = make_command_line();
  if (argc < 2) {
    env.err << line.app->help();
    return exit_usage;
  }
  const std::string_view first = argv[1];
  const std::vector<std::string_view> names = command_names();
  if (!first.starts_with('-') && std::find(names.begin(), names.end(), first) == names.end()) {
    return fail(env,
                fmt::format("unknown command '{}'{} ('gemba --help' lists them)", first,
                            did_you_mean(first, names)),
                exit_usage);
  }
  try {
    line.app->parse(argc, argv);
  } catch (const CLI::Success& success) {
    // Help and version are results, not errors.
    line.app->exit(success, env.out, env.err);
    env.out.flush();
    return env.out ? exit_clean : exit_failure;
  } catch (const CLI::ParseError& error) {
    return fail(env, explain_parse_error(*line.app, error), exit_usage);
  }
  return guarded_run(line, env);
}

}  // namespace gemba::inline cmd
