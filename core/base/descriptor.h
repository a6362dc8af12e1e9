#pragma once
#include <span>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/base/improvement.h"

namespace gemba::inline base {

/// A number that a configuration may set for a rule or heuristic.
struct Parameter {
  std::string_view name;
  double fallback = 0;
  std::string_view summary;
};

/// A list of texts that a configuration may give a rule; empty unless it does.
struct ListParameter {
  std::string_view name;
  std::string_view summary;
};

/// What a rule or an audit heuristic is, apart from its check. Help, man pages and `gemba explain`
/// are made from it. `example` and `instead` are whole documents: tests see that the first is found
/// at fault and the second is not.
struct Descriptor {
  OwnCode code;           ///< "F104"
  std::string_view name;  ///< "dead-end": reads as the fault itself
  Level level = Level::warning;
  bool on = true;            ///< false: only when the configuration or `--select` asks for it
  std::string_view summary;  ///< one line, without final stop
  std::string_view what;     ///< what is found, exactly
  std::string_view why;      ///< why it is bad
  std::string_view example;  ///< a document that has the fault
  std::string_view instead;  ///< the same document without it
  std::span<const Parameter> parameters = {};
  std::span<const ListParameter> lists = {};
  Improvement improvements[4] = {};  ///< what a heuristic may propose, the usual one first
};

}  // namespace gemba::inline base
