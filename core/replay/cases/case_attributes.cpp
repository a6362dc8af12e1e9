#include "core/replay/cases/case_attributes.h"

#include <algorithm>

namespace gemba::inline replay {
namespace {

/// The name that people read of the datum that a condition means; the name itself when there is no
/// such datum.
std::string_view label_of(const Process& process, std::string_view name) {
  for (const Data& datum : process.definitions.data) {
    if (datum.id == name) return datum.name;
  }
  return name;
}

}  // namespace

void add_column(std::string_view name, std::vector<std::string>& names) {
  if (std::find(names.begin(), names.end(), name) != names.end()) return;
  names.emplace_back(name);
  names.push_back(std::string(trace_prefix) + names.back());
}

std::vector<std::string> data_columns(const Process& process) {
  std::vector<std::string> names;
  const auto add = [&](std::string_view name) {
    add_column(name, names);
    add_column(label_of(process, name), names);
  };
  for (const Step& step : process.steps) {
    if (step.amount) add(process.definitions[step.amount->data].id);
  }
  for (const Flow& flow : process.flows) {
    if (!flow.when || !flow.when->expr) continue;
    for (const std::string_view name : names_in(*flow.when->expr)) add(name);
  }
  return names;
}

std::optional<std::size_t> CaseData::find_column(std::string_view name) const {
  const std::string_view label = label_of(process_, name);
  for (std::size_t column = 0; column < log_.attributes.size(); ++column) {
    std::string_view called = log_.attributes[column].name;
    if (called.starts_with(trace_prefix)) called.remove_prefix(trace_prefix.size());
    const bool is_it = called == name || called == label;
    if (is_it && log_.attributes[column].values.size() > 0) return column;
  }
  return std::nullopt;
}

std::uint32_t CaseData::number_at(std::size_t column, CaseId id, std::uint32_t event) const {
  const auto& numbers = log_.attributes[column].number_of_event;
  const EventRange events = log_.events_of(id);
  for (std::uint32_t at = event + 1; at-- > events.begin;) {
    if (numbers[at] != StringPool::none) return numbers[at];
  }
  for (std::uint32_t at = event + 1; at < events.end; ++at) {
    if (numbers[at] != StringPool::none) return numbers[at];
  }
  return StringPool::none;
}

bool CaseData::is_constant(std::size_t column, CaseId id) const {
  const std::uint32_t* const numbers = log_.attributes[column].number_of_event.data();
  const EventRange events = log_.events_of(id);
  for (std::uint32_t at = events.begin; at < events.end; ++at) {
    if (numbers[at] != numbers[events.begin]) return false;
  }
  return true;
}

}  // namespace gemba::inline replay
