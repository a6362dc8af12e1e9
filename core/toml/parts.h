#pragma once
#include <optional>
#include <string_view>

#include "core/toml/scope.h"

namespace gemba::inline toml {

/// Reads `[sop]` or `[map]` into the process; the references in it come later (`read_owner`).
void read_header(Reading& reading, const Node& header, Process& process);
void read_owner(Scope& scope, const Node& header, Process& process);

/// Reads every `[[step]]` with its flows.
void read_steps(Scope& scope, const Node& root, Process& process);

/// Reads `[[pain]]`, `[[kpi]]` and `[[path]]`; the steps are known.
void read_pains(Scope& scope, const Node& root, Process& process);
void read_kpis(Scope& scope, const Node& root, Process& process);
void read_paths(Scope& scope, const Node& root, Process& process);

/// `1200 / week`: a number above 0 and hour, day, week, month or year.
std::optional<Volume> parse_volume(std::string_view text);

/// `<= 30s`, `>= 80%`, `>= 4.5`.
std::optional<Target> parse_target(std::string_view text);

}  // namespace gemba::inline toml
