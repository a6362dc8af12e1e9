#include "cmd/bind/arguments.h"

#include <CLI/CLI.hpp>
#include <utility>

namespace gemba::inline cmd {

Argument Argument::value_name(const std::string& name) const {
  return Argument(*option_->type_name(name));
}

Argument Argument::required() const { return Argument(*option_->required()); }

Argument Argument::shows_default() const { return Argument(*option_->capture_default_str()); }

Argument Argument::shows_default(const std::string& text) const {
  return Argument(*option_->default_str(text));
}

Argument Argument::by_commas() const {
  return Argument(*option_->delimiter(',')->allow_extra_args(false));
}

Argument Argument::environment(const std::string& variable) const {
  return Argument(*option_->envname(variable));
}

Argument Argument::check(ValueCheck check) const {
  return Argument(*option_->check(std::move(check)));
}

Argument Argument::not_empty() const {
  return check([](const std::string& given) -> std::string {
    return given.empty() ? "its value is empty" : "";
  });
}

Argument Argument::within(int least, int most) const {
  return Argument(*option_->check(CLI::Range(least, most)));
}

Argument Argument::positive() const { return Argument(*option_->check(CLI::PositiveNumber)); }

Argument Argument::needs(Argument other) const { return Argument(*option_->needs(other.option_)); }

Argument Arguments::add(const std::string& names, std::string& value, const std::string& help) {
  return Argument(*app_->add_option(names, value, help));
}

Argument Arguments::add(const std::string& names, std::vector<std::string>& values,
                        const std::string& help) {
  return Argument(*app_->add_option(names, values, help));
}

Argument Arguments::add(const std::string& names, int& value, const std::string& help) {
  return Argument(*app_->add_option(names, value, help));
}

Argument Arguments::add(const std::string& names, std::size_t& value, const std::string& help) {
  return Argument(*app_->add_option(names, value, help));
}

Argument Arguments::add(const std::string& names, std::optional<std::size_t>& value,
                        const std::string& help) {
  return Argument(*app_->add_option(names, value, help));
}

Argument Arguments::add_flag(const std::string& names, bool& given, const std::string& help) {
  return Argument(*app_->add_flag(names, given, help));
}

void Arguments::extend_summary(const std::string& text) {
  app_->description(app_->get_description() + text);
}

}  // namespace gemba::inline cmd
