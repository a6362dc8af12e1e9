#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/unique_names.h"
#include "core/model/process.h"

namespace gemba::inline interchange {

/// A process while a model is translated: every part of the model has gateways of its own, and
/// those that route nothing vanish in the end.
class ProcessDraft {
 public:
  explicit ProcessDraft(SourceId source) { process_.source = source; }

  /// Adds a step that logs show under its name. Its id is `id`, or that with a number when a step
  /// has it already.
  StepId add_step(StepKind kind, const std::string& id, std::string_view name,
                  const SourceSpan& span);

  /// Adds a step that logs do not show: a gateway, a start or an end. Without a name it is called
  /// by its sign, and a gateway with one exit is left out.
  StepId add_silent(StepKind kind, const std::string& id, std::string_view name,
                    const SourceSpan& span);

  /// Adds a flow; what leaves a step leaves it in the order in which it was added.
  Flow& link(StepId from, StepId to, const SourceSpan& span);

  Step& operator[](StepId step) { return process_.steps[step.index()]; }

  /// The process with the gateways gone that route nothing, and the new numbers of its steps (by
  /// the old ones; none for those that are gone). The draft is empty then.
  std::pair<Process, std::vector<std::optional<StepId>>> finish();

 private:
  StepId add(StepKind kind, const std::string& id, std::string_view name, const SourceSpan& span);
  std::vector<StepId> destinations() const;

  Process process_;
  std::vector<bool> may_vanish_;  ///< by StepId
  UniqueNames ids_;
};

}  // namespace gemba::inline interchange
