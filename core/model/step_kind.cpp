#include "core/model/step_kind.h"

#include <array>

namespace gemba::inline model {
namespace {
constexpr std::array<std::string_view, 10> kind_names = {
    "start", "end", "task", "approval", "decision", "fork", "join", "wait", "notify", "call"};
}  // namespace

std::string_view to_string(StepKind kind) { return kind_names[static_cast<std::size_t>(kind)]; }

std::span<const std::string_view> step_kind_words() { return kind_names; }

bool is_gateway(StepKind kind) { return kind == StepKind::decision || is_parallel(kind); }

bool is_parallel(StepKind kind) { return kind == StepKind::fork || kind == StepKind::join; }

bool is_terminal(StepKind kind) { return kind == StepKind::start || kind == StepKind::end; }

bool is_routing(StepKind kind) { return is_terminal(kind) || is_gateway(kind); }

bool is_work(StepKind kind) {
  return kind == StepKind::task || kind == StepKind::approval || kind == StepKind::notify;
}

bool is_approvable(StepKind kind) { return kind == StepKind::task || kind == StepKind::call; }

}  // namespace gemba::inline model
