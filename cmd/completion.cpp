#include <fmt/format.h>

#include <memory>
#include <ostream>

#include "cmd/app.h"
#include "cmd/bind/common_options.h"
#include "cmd/command.h"

namespace gemba::inline cmd {
namespace {

std::string words(const std::vector<std::pair<std::string, std::string>>& options) {
  std::string text;
  for (const auto& [name, help] : options) text += (text.empty() ? "" : " ") + name;
  return text;
}

std::string bash() {
  std::string commands;
  std::string cases;
  for (const Offer& offer : command_offers()) {
    commands += (commands.empty() ? "" : " ") + offer.command;
    cases += fmt::format("    {}) options=\"{}\" ;;\n", offer.command, words(offer.options));
  }
  return fmt::format(
      "# bash completion for gemba\n"
      "_gemba() {{\n"
      "  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" options=\"\"\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{} --help --version\" -- \"$current\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n"
      "{}"
      "  esac\n"
      "  case \"$current\" in\n"
      "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;\n"
      "  esac\n"
      "}}\n"
      "complete -o default -F _gemba gemba\n",
      commands, cases);
}

/// Text inside single quotes of zsh's `_arguments` and `_describe`.
std::string zsh_text(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\'')
      safe += "'\\''";
    else if (c == ':' || c == '[' || c == ']')
      safe += std::string("\\") + c;
    else
      safe += c;
  }
  return safe;
}

std::string zsh() {
  std::string commands;
  std::string cases;
  for (const Offer& offer : command_offers()) {
    commands += fmt::format("    '{}:{}'\n", offer.command, zsh_text(offer.summary));
    cases += fmt::format("    {})\n      _arguments", offer.command);
    for (const auto& [name, help] : offer.options) {
      cases += fmt::format(" \\\n        '{}[{}]'", name, zsh_text(help));
    }
    cases += " \\\n        '*:file:_files' ;;\n";
  }
  return fmt::format(
      "#compdef gemba\n"
      "_gemba() {{\n"
      "  local -a commands=(\n{}  )\n"
      "  if (( CURRENT == 2 )); then\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  local command=$words[2]\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n{}  esac\n"
      "}}\n"
      "_gemba \"$@\"\n",
      commands, cases);
}

std::string fish_text(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '\'' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string fish() {
  std::string text = "# fish completion for gemba\n";
  for (const Offer& offer : command_offers()) {
    text += fmt::format("complete -c gemba -n __fish_use_subcommand -a {} -d '{}'\n", offer.command,
                        fish_text(offer.summary));
    for (const auto& [name, help] : offer.options) {
      text += fmt::format("complete -c gemba -n '__fish_seen_subcommand_from {}' -l {} -d '{}'\n",
                          offer.command, name.substr(2), fish_text(help));
    }
  }
  return text;
}

Action bind(Arguments& arguments) {
  auto shell = std::make_shared<std::string>();
  add_choice(arguments, "SHELL", *shell, {"bash", "zsh", "fish"}, "Shell to complete in")
      .required();
  return [shell](Env& env) {
    env.out << (*shell == "bash" ? bash() : *shell == "zsh" ? zsh() : fish());
    return exit_clean;
  };
}

}  // namespace

constinit const Command commands::completion{
    .name = "completion",
    .summary = "Print the completion script for a shell",
    .examples =
        "source <(gemba completion bash)                                  try it in this shell\n"
        "gemba completion fish > ~/.config/fish/completions/gemba.fish    keep it",
    .bind = bind};

}  // namespace gemba::inline cmd
