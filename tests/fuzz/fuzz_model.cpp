// Models of other tools: every fault has its place, and every id is good.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/interchange/read_model.h"
#include "core/replay/conform/process_net.h"

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

/// Every id of a model is good: nobody checks again.
void check_ids(const ImportedModel& model) {
  const Process& process = model.process;
  bool good = true;
  for (const Step& step : process.steps) {
    good = good && !step.id.empty() && !step.name.empty() &&
           (!step.role || step.role->index() < process.definitions.roles.size());
  }
  for (const Flow& flow : process.flows) {
    good =
        good && flow.from.index() < process.steps.size() && flow.to.index() < process.steps.size();
  }
  if (model.net) {
    const auto is_good = [&](const std::vector<std::uint32_t>& places) {
      return std::is_sorted(places.begin(), places.end()) &&
             (places.empty() || places.back() < model.net->places);
    };
    good = good && is_good(model.net->initial) && is_good(model.net->final);
    for (const LabelledNet::Transition& each : model.net->transitions) {
      good = good && !each.pre.empty() && is_good(each.pre) && is_good(each.post) &&
             (each.label == LabelledNet::silent || each.label < process.steps.size());
    }
  }
  if (!good) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  Sources sources;
  Diagnostics found;
  const auto model = read_model(sources, sources.add("model.xml", text), found);
  check_places(sources, found);
  if (model.has_value() != found.empty()) __builtin_trap();
  if (model) {
    check_ids(*model);
    workflow_net(model->process, FlowGraph(model->process));
  }
  return 0;
}
