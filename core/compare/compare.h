#pragma once
#include <string>
#include <vector>

#include "core/model/process.h"

namespace gemba::inline compare {

/// What became of a part of a document since another version of it.
enum class ChangeKind : std::uint8_t { none, added, removed, changed };

/// What became of a step or flow, and in which respects: `时间`, and `时间:2m → 3m` at length.
struct ChangeNote {
  ChangeKind change = ChangeKind::none;
  std::vector<std::string> aspects = {};
  std::vector<std::string> details = {};
};

/// Two versions of a document as one process: the steps and flows of the later version, then those
/// that only the earlier one has. Ids are those of `process`.
struct Comparison {
  Process process;
  std::vector<ChangeNote> steps;  ///< by StepId
  std::vector<ChangeNote> flows;  ///< by FlowId
  std::vector<RoleId> roles;      ///< that steps of the earlier version name
  std::vector<SystemId> systems;  ///< likewise
  std::string before;             ///< the earlier version's number, may be empty
};

/// Compares two versions. Steps are matched by id, flows by the steps they join and then by what
/// stands at them; who or what is defined under the same id is the same. Words are Chinese or
/// English.
Comparison compare_versions(const Process& before, const Process& now, bool chinese);

/// What became of a step that both versions have: all that people can tell, save where it stands in
/// the document.
ChangeNote compare_steps(const Step& before, const Process& in_before, const Step& now,
                         const Process& in_now, bool chinese);

/// The same of a flow: its condition, label and share.
ChangeNote compare_flows(const Flow& before, const Flow& now, bool chinese);

}  // namespace gemba::inline compare
