#include "core/audit/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/time/duration.h"

namespace gemba::inline audit {

std::string quoted(const Step& step) { return "'" + step.name + "'"; }

std::string quoted_role(const Process& process, const Step& step) {
  return step.role ? "'" + process.definitions[*step.role].name + "'" : "nobody in particular";
}

std::string decimal(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text == "-0" ? "0" : text;
}

std::string confidence(double share, double count) {
  constexpr double z = 1.959964;
  const double spread = z * z / count;
  const double middle = share + spread / 2;
  const double half = z * std::sqrt(share * (1 - share) / count + spread / (4 * count));
  const auto bound = [&](double value) {
    return decimal(std::clamp(value / (1 + spread), 0.0, 1.0) * 100);
  };
  return fmt::format("{} to {}", bound(middle - half), bound(middle + half));
}

std::string percent(double fraction) { return decimal(fraction * 100) + "%"; }

std::string listed(const std::vector<std::string>& items, std::size_t most) {
  const std::size_t shown = items.size() > most ? most : items.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == items.size();
    if (i > 0) text += last ? " and " : ", ";
    text += items[i];
  }
  if (shown < items.size()) text += fmt::format(" and {} more", items.size() - shown);
  return text;
}

void add_time_evidence(const AuditInput& input, StepId step, Finding& finding) {
  const StepFigures& figures = input.expected.steps[step.index()];
  const auto basis = [](Origin origin) {
    return origin == Origin::measured ? Basis::log : Basis::declared;
  };
  const bool works = figures.work_origin != Origin::assumed &&
                     (figures.work + figures.processing > 0 || figures.waiting <= 0);
  const bool waits = figures.waiting_origin != Origin::assumed && figures.waiting > 0;
  const std::string work = humane_seconds(figures.work + figures.processing) + " of work";
  const std::string wait = humane_seconds(figures.waiting) + " of waiting";
  const std::string name = quoted(input.process[step]);
  if (works && waits && figures.work_origin == figures.waiting_origin) {
    finding.evidence.push_back(
        {fmt::format("{} takes {} after {}", name, work, wait), basis(figures.work_origin)});
    return;
  }
  if (works) {
    finding.evidence.push_back(
        {fmt::format("{} takes {}", name, work), basis(figures.work_origin)});
  }
  if (waits) {
    finding.evidence.push_back(
        {fmt::format("{} begins after {}", name, wait), basis(figures.waiting_origin)});
  }
}

void add_pain_evidence(const AuditInput& input, StepId step, Finding& finding) {
  for (const Pain& pain : input.process.pains) {
    if (pain.step != step) continue;
    std::string who = pain.from ? input.process.definitions[*pain.from].name : "people";
    if (pain.count) who += fmt::format(" ({})", decimal(*pain.count));
    finding.evidence.push_back({fmt::format("{} say: {}", who, pain.text), Basis::declared});
  }
}

void only_ask(Finding& finding) {
  if (finding.level > Level::info) finding.level = Level::info;
}

std::vector<std::string> quoted_names(const Process& process, const std::vector<StepId>& steps) {
  std::vector<std::string> names;
  for (const StepId step : steps) names.push_back(quoted(process[step]));
  return names;
}

}  // namespace gemba::inline audit
