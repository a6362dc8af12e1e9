#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/process.h"

namespace gemba::samples {

/// Builds a process in a few lines. Steps are named by their ids; flows may name steps that come
/// later.
struct Builder {
  Process process;

  explicit Builder(std::string id, std::string title = {});
  void role(std::string id, std::string name = {});
  Step& step(std::string id, std::string name, StepKind kind = StepKind::task,
             const std::string& role = {}, double minutes = 0);
  void flow(std::string from, std::string to, std::string label = {}, double share = -1);
  /// Resolves flows, groups them by step, and returns the process.
  Process done();

 private:
  struct Named {
    std::string from, to, label;
    double share;
  };
  std::vector<Named> flows_;
};

/// Three steps in one lane.
Process tiny();
/// The small refund of the format's description: decision, approval, rework, waiting.
Process small_refund();
/// 36 steps of purchasing in six lanes, with loops.
Process purchasing();
/// Everything that is rare: fork and join, call, notification, loops to itself, double flows, steps
/// without role, a part that no start reaches.
Process rarities();
/// A decision with six branches.
Process classification();
/// One step of every kind, exits of a task and a wait in business time.
Process every_kind();
/// Names, labels and addresses that try to break out of DOT, HTML-like labels, xdot, SVG, Mermaid,
/// Markdown, YAML and XML.
Process hostile();
/// `steps` steps in a few lanes with decisions, loops back and jumps; the same for the same seed.
Process random_process(std::uint32_t seed, std::size_t steps);

}  // namespace gemba::samples
