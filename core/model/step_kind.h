#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace gemba::inline model {

enum class StepKind : std::uint8_t {
  start,
  end,
  task,
  approval,
  decision,
  fork,
  join,
  wait,
  notify,
  call
};

/// `start`, `end`, `task` … as written in documents.
std::string_view to_string(StepKind kind);

/// The words of all kinds, in the order of `StepKind`.
std::span<const std::string_view> step_kind_words();

/// Whether a step of this kind only chooses, splits or joins ways: decision, fork or join (a
/// gateway of BPMN).
bool is_gateway(StepKind kind);

/// Whether a step of this kind begins or ends ways that are gone at the same time: fork or join.
bool is_parallel(StepKind kind);

/// Whether a step of this kind is where cases come from or go to: start or end.
bool is_terminal(StepKind kind);

/// Whether a step of this kind only directs cases: a start, an end or a gateway. The others hold a
/// case for a time, and logs show them.
bool is_routing(StepKind kind);

/// Whether a step of this kind is something that somebody does: a task, an approval or a notice.
/// What routes and what waits happens by itself; what is called has steps of its own.
bool is_work(StepKind kind);

/// Whether a step of this kind is work that somebody may have to approve: a task or a call. The
/// others only pass cases on.
bool is_approvable(StepKind kind);

}  // namespace gemba::inline model
