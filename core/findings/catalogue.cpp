#include "core/findings/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/audit/heuristic.h"
#include "core/base/text.h"
#include "core/rules/rule.h"

namespace gemba::inline findings {
namespace {

constexpr std::size_t text_width = 88;

std::string level_word(const Descriptor& about) {
  return about.on ? std::string(to_string(about.level))
                  : fmt::format("{}, off by default", to_string(about.level));
}

std::string paragraph(std::string_view heading, std::string_view text) {
  std::string block = fmt::format("{}\n", heading);
  for (const std::string& line : wrap_to_width(text, text_width)) block += "  " + line + "\n";
  return block + "\n";
}

std::string listing(std::string_view heading, std::string_view document) {
  std::string block = fmt::format("{}\n", heading);
  while (!document.empty()) {
    const std::size_t end = document.find('\n');
    block += fmt::format("    {}\n", document.substr(0, end));
    document.remove_prefix(end == std::string_view::npos ? document.size() : end + 1);
  }
  return block + "\n";
}

/// Text that is text in mdoc: backslashes doubled, no control line by accident.
std::string roff(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    const bool at_line_start = safe.empty() || safe.back() == '\n';
    if (at_line_start && (c == '.' || c == '\'')) safe += "\\&";
    if (c == '\\')
      safe += "\\e";
    else if (c == '-')
      safe += "\\-";
    else
      safe += c;
  }
  return safe;
}

/// Sentences of mdoc: each begins a line of its own, as the language asks for.
std::string roff_sentences(std::string_view text) {
  std::string lines(text);
  for (std::size_t at = 1; at + 1 < lines.size(); ++at) {
    const char before = lines[at - 1];
    if (lines[at] == ' ' && (before == '.' || before == '?' || before == '!')) lines[at] = '\n';
  }
  return roff(lines);
}

/// `merge (task composition), automate (task automation)`.
std::string improvements_text(const Descriptor& about) {
  std::string text;
  for (const Improvement each : about.improvements) {
    if (each == Improvement::none) break;
    const ImprovementInfo& info = improvement_infos()[static_cast<std::size_t>(each)];
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", info.word, info.heuristics);
  }
  return text;
}

std::string manual_entry(const Descriptor& about) {
  std::string text = fmt::format(".Ss {} {}\n", roff(about.code), roff(about.name));
  text += fmt::format("{} ({}).\n.Pp\n{}\n.Pp\n.Em Why :\n{}\n", roff(about.summary),
                      level_word(about), roff_sentences(about.what), roff_sentences(about.why));
  if (const std::string improvements = improvements_text(about); !improvements.empty()) {
    text += fmt::format(".Pp\n.Em Improvement :\n{}\n", roff(improvements));
  }
  for (const Parameter& parameter : about.parameters) {
    text += fmt::format(".Pp\nParameter\n.Va {}\n({}): {}\n", roff(parameter.name),
                        parameter.fallback, roff_sentences(parameter.summary));
  }
  for (const ListParameter& list : about.lists) {
    text += fmt::format(".Pp\nList\n.Va {}\n: {}\n", roff(list.name), roff_sentences(list.summary));
  }
  text += fmt::format(".Pp\nAt fault:\n.Bd -literal -offset indent\n{}.Ed\n", roff(about.example));
  text += fmt::format(".Pp\nInstead:\n.Bd -literal -offset indent\n{}.Ed\n", roff(about.instead));
  return text;
}

}  // namespace

std::vector<const Descriptor*> all_descriptors() {
  std::vector<const Descriptor*> all;
  for (const Rule* rule : all_rules()) all.push_back(&rule->about);
  for (const Heuristic* heuristic : all_heuristics()) all.push_back(&heuristic->about);
  return all;
}

const Descriptor* find_descriptor(std::string_view code_or_name) {
  const std::string wanted = ascii_lower(code_or_name);
  for (const Descriptor* about : all_descriptors()) {
    if (ascii_lower(about->code) == wanted || about->name == wanted) return about;
  }
  return nullptr;
}

std::string explain(const Descriptor& about) {
  std::string text =
      fmt::format("{} {} ({})\n{}\n\n", about.code, about.name, level_word(about), about.summary);
  text += paragraph("What it finds", about.what);
  text += paragraph("Why it matters", about.why);
  if (const std::string improvements = improvements_text(about); !improvements.empty()) {
    text += paragraph("Improvement (heuristics of Reijers and Liman Mansar 2005)", improvements);
  }
  for (const Parameter& parameter : about.parameters) {
    text += paragraph(fmt::format("Parameter {} = {}", parameter.name, parameter.fallback),
                      parameter.summary);
  }
  for (const ListParameter& list : about.lists)
    text += paragraph(fmt::format("List {}", list.name), list.summary);
  text += listing("At fault", about.example);
  text += listing("Instead", about.instead);
  text.pop_back();
  return text;
}

std::string explain_all() {
  std::size_t width = 0;
  for (const Descriptor* about : all_descriptors()) width = std::max(width, about->name.size());
  std::string text;
  for (const Descriptor* about : all_descriptors()) {
    text += fmt::format("{}  {:<{}}  {:<7}  {}{}\n", about->code, about->name, width,
                        to_string(about->level), about->summary, about->on ? "" : " (off)");
  }
  return text;
}

std::string rules_manual() {
  std::string text =
      ".\\\" Made from the descriptors of rules and findings: gemba explain \\-\\-man\n"
      ".Dd January 1, 2026\n.Dt GEMBA\\-RULES 7\n.Os\n.Sh NAME\n.Nm gemba\\-rules\n"
      ".Nd lint rules and audit findings of gemba\n.Sh DESCRIPTION\n"
      "Every rule of\n.Xr gemba\\-lint 1\nand every finding of\n.Xr gemba\\-audit 1\n"
      "has a code and a name.\nBoth can be used in\n.Pa gemba.toml\nand on the command line.\n"
      ".Sh RULES AND FINDINGS\n";
  for (const Descriptor* about : all_descriptors()) text += manual_entry(*about);
  text +=
      ".Sh SEE ALSO\n.Xr gemba 1 ,\n.Xr gemba\\-audit 1 ,\n.Xr gemba\\-lint 1 ,\n"
      ".Xr gemba\\-format 5\n";
  return text;
}

}  // namespace gemba::inline findings
