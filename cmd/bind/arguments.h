#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// The parser behind them is a large header: whoever reads it compiles for seconds.
namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace gemba::inline cmd {

/// Says what is wrong with a value that was given; nothing when it is good.
using ValueCheck = std::function<std::string(const std::string&)>;

/// An option or a positional argument of a command. Each member says more of it and returns it, so
/// that they can be chained.
class Argument {
 public:
  explicit Argument(CLI::Option& option) : option_(&option) {}

  /// What help calls the value: `FILE`.
  Argument value_name(const std::string& name) const;

  /// Refuses a command line without it.
  Argument required() const;

  /// Help shows the value that the variable has now, or `text` for it.
  Argument shows_default() const;
  Argument shows_default(const std::string& text) const;

  /// The values of a list stand in one word, with commas between them.
  Argument by_commas() const;

  /// A variable of the environment that sets it where the command line does not.
  Argument environment(const std::string& variable) const;

  /// Refuses a value, of a list each, that `check` finds fault with.
  Argument check(ValueCheck check) const;

  /// Refuses an option without a value: `--where ''` would silently do nothing.
  Argument not_empty() const;

  /// Refuses numbers that are not from `least` to `most`.
  Argument within(int least, int most) const;

  /// Refuses numbers that are not above zero.
  Argument positive() const;

  /// Refuses it without another option.
  Argument needs(Argument other) const;

 private:
  CLI::Option* option_;
};

/// What a command takes. Variables are set when the command line is parsed: they must be there
/// until then. `names` is `-o,--output` for an option, `PATH` for a positional argument; what is
/// no number of the variable's type is refused.
class Arguments {
 public:
  explicit Arguments(CLI::App& app) : app_(&app) {}

  Argument add(const std::string& names, std::string& value, const std::string& help);
  Argument add(const std::string& names, std::vector<std::string>& values, const std::string& help);
  Argument add(const std::string& names, int& value, const std::string& help);
  Argument add(const std::string& names, std::size_t& value, const std::string& help);
  Argument add(const std::string& names, std::optional<std::size_t>& value,
               const std::string& help);

  /// An option without a value.
  Argument add_flag(const std::string& names, bool& given, const std::string& help);

  /// Appends to the summary of the command, where only the program knows all of it.
  void extend_summary(const std::string& text);

 private:
  CLI::App* app_;
};

}  // namespace gemba::inline cmd
