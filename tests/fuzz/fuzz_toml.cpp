// Configurations and documents: every fault has its place, and every id is good.
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/toml/read.h"

namespace {

using namespace gemba;

/// Everything that is found wrong must stand in the text, where people can be shown it.
void check_places(const Sources& sources, const Diagnostics& found) {
  for (const Diagnostic& fault : found) {
    const SourceSpan& span = fault.span;
    const std::size_t lines = sources[span.source].line_starts.size();
    const bool good = span.begin.line >= 1 && span.begin.column >= 1 && span.begin <= span.end &&
                      span.begin.line <= lines && span.end.line <= lines;
    if (!good || fault.code.text().empty() || fault.message.empty()) __builtin_trap();
  }
}

/// Every id of a process is good: nobody checks again.
void check_ids(const Process& process) {
  const Definitions& all = process.definitions;
  const auto is_role = [&](const std::optional<RoleId>& id) {
    return !id || id->index() < all.roles.size();
  };
  const auto is_step = [&](StepId id) { return id.index() < process.steps.size(); };
  bool good = is_role(process.owner);
  for (const Role& role : all.roles) {
    good = good && is_role(role.reports_to) &&
           (!role.calendar || role.calendar->index() < all.calendars.size());
  }
  for (const Step& step : process.steps) {
    good = good && is_role(step.role) && !step.id.empty() &&
           (!step.system || step.system->index() < all.systems.size()) &&
           (!step.amount || step.amount->data.index() < all.data.size());
    for (const DataUse& use : step.needs) good = good && use.data.index() < all.data.size();
    for (const DataUse& use : step.makes) good = good && use.data.index() < all.data.size();
  }
  for (const Authority& row : all.authority) good = good && is_role(row.role);
  for (const Flow& flow : process.flows) good = good && is_step(flow.from) && is_step(flow.to);
  for (const Pain& pain : process.pains) good = good && is_step(pain.step) && is_role(pain.from);
  for (const PathTest& path : process.paths) {
    for (const StepId step : path.steps) good = good && is_step(step);
  }
  if (!good) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Sources sources;
  Diagnostics found;
  const Config config = read_config(sources, sources.add("gemba.toml", text), found);
  const auto process = read_process(sources, sources.add("refund.toml", text), config, found);
  check_places(sources, found);
  if (process) check_ids(*process);
  return 0;
}
