#pragma once
#include <optional>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/model/labelled_net.h"
#include "core/model/process.h"

namespace gemba::inline interchange {

/// A process, and the net that a log is held against when that is not the net of the process.
struct ImportedModel {
  Process process;
  /// The net as it was written; labels are numbers of steps: the first step of the name. None when
  /// the process says all.
  std::optional<LabelledNet> net;
};

/// Whether a text is XML, as models of other tools are and documents never are.
bool is_model_xml(std::string_view text);

/// Reads a model of another tool: a Petri net in PNML (ISO/IEC 15909-2, place/transition nets), or
/// a process in BPMN 2.0 (ISO/IEC 19510). None when anything is wrong with it or cannot be
/// expressed; `found` says what (codes S001 to S006) with the place. Never throws for what a tool
/// can write.
///
/// Of a net, every transition with a name is a step that logs show; a transition without a name, or
/// one marked with a tool-specific `activity="$invisible$"`, is silent. Silent transitions and
/// places with a choice become gateways. The process is exact for free-choice nets without weights
/// and approximate for others; `net` is always exact.
///
/// Of a BPMN process, activities and named intermediate events are steps that logs show; everything
/// else is silent. Lanes become roles, embedded sub-processes are inlined. What the process of a
/// document cannot mean exactly (inclusive gateways, boundary events, loops and multi-instance
/// activities …) is an error.
std::optional<ImportedModel> read_model(const Sources& sources, SourceId source,
                                        Diagnostics& found);

}  // namespace gemba::inline interchange
