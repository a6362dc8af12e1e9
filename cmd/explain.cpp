#include <fmt/format.h>

#include <memory>
#include <ostream>

#include "cmd/command.h"
#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/findings/catalogue.h"

namespace gemba::inline cmd {
namespace {

struct Options {
  std::vector<std::string> codes;
  bool manual = false;
};

const Descriptor& find_or_fail(const std::string& code) {
  if (const Descriptor* about = find_descriptor(code)) return *about;
  std::vector<std::string_view> known;
  for (const Descriptor* about : all_descriptors()) {
    known.push_back(about->code);
    known.push_back(about->name);
  }
  throw UsageError(fmt::format("no rule or finding '{}'{} ('gemba explain' lists them all)", code,
                               did_you_mean(code, known)));
}

int run(const Options& options, Env& env) {
  if (options.manual) {
    env.out << rules_manual();
    return exit_clean;
  }
  if (options.codes.empty()) env.out << explain_all();
  std::string text;
  for (const std::string& code : options.codes) {
    text += (text.empty() ? "" : "\n") + explain(find_or_fail(code));
  }
  env.out << text;
  return exit_clean;
}

Action bind(Arguments& arguments) {
  auto options = std::make_shared<Options>();
  arguments.add("CODE", options->codes, "Codes or names; without one, all are listed");
  arguments.add_flag("--man", options->manual, "Print the manual page of all rules and findings");
  return [options](Env& env) { return run(*options, env); };
}

}  // namespace

constinit const Command commands::explain_code{
    .name = "explain",
    .summary = "Say what a rule or finding means, and what to do",
    .examples =
        "gemba explain                list every rule and finding\n"
        "gemba explain F104           what dead-end means, with an example\n"
        "gemba explain dead-end A101  by name, and several at once",
    .bind = bind};

}  // namespace gemba::inline cmd
