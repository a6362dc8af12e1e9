#include "cmd/bind/common_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/suggest.h"

namespace gemba::inline cmd {

ValueCheck one_of(const std::vector<std::string>& choices) {
  return [allowed = choices](const std::string& given) -> std::string {
    if (std::find(allowed.begin(), allowed.end(), given) != allowed.end()) return {};
    return fmt::format("'{}' is not one of {}{}", given, fmt::join(allowed, ", "),
                       did_you_mean(given, {allowed.begin(), allowed.end()}));
  };
}

Argument add_choice(Arguments& arguments, const std::string& names, std::string& value,
                    const std::vector<std::string>& choices, const std::string& help) {
  return arguments.add(names, value, help)
      .check(one_of(choices))
      .value_name(fmt::format("{}", fmt::join(choices, "|")))
      .shows_default();
}

void add_jobs(Arguments& arguments, std::size_t& jobs) {
  const auto check = [](const std::string& given) {
    const bool good = !given.empty() && given.size() <= 3 &&
                      given.find_first_not_of("0123456789") == std::string::npos;
    return good ? std::string()
                : fmt::format("'{}' is not a number of threads from 0 to 999", given);
  };
  arguments.add("-j,--jobs", jobs, "Use at most so many threads; 0 is one per processor")
      .shows_default()
      .check(check)
      .value_name("N");
}

void bind_config(Arguments& arguments, std::string& config_path) {
  arguments.add("--config", config_path, "Configuration to use instead of the nearest gemba.toml")
      .value_name("FILE")
      .environment("GEMBA_CONFIG");
}

}  // namespace gemba::inline cmd
