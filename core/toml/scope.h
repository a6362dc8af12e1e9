#pragma once
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/model/process.h"
#include "core/toml/reading.h"

namespace gemba::inline toml {

/// Where the thing with an id stands in its vector. Only looked into, never walked through.
using Index = std::unordered_map<std::string_view, std::size_t>;

/// The names that references can mean while one text is read.
struct Scope {
  Reading& reading;
  Definitions& definitions;
  Index roles, systems, data, calendars, steps;
  std::vector<std::string_view> step_ids;  ///< in the order of the document
  Index step_names;                        ///< what people call the steps; the first of a name
  std::unordered_set<std::string_view> repeated_names;  ///< of several steps

  /// Makes the names of definitions that are there already, equal to `shared`, known. `shared`, a
  /// repository's, must outlive the scope.
  Scope(Reading& reading_, Definitions& definitions_, const Definitions& shared);
};

/// What a reference means. One that dangles is reported (S006) and resolved to the definition of
/// that name or to the nearest id, else to a new, implied definition; so is a value that is not a
/// text (S003): whoever wrote it has not left it out.
RoleId find_role(Scope& scope, const Node& value);
SystemId find_system(Scope& scope, const Node& value);
DataId find_data(Scope& scope, const Node& value);
CalendarId find_calendar(Scope& scope, const Node& value);

/// The step a reference means; one that dangles (S006) means the nearest. Never made up: none when
/// no id is near, or when the value is not a text (S003).
std::optional<StepId> find_step(Scope& scope, const Node& value);

/// Steps of a value that is one id or a list; `complete` tells whether each was found.
struct StepList {
  std::vector<StepId> steps;
  bool complete = true;
};
StepList find_steps(Scope& scope, const Node& value);

/// Adds `[roles]`, `[systems]`, `[data]`, `[calendars]` and `[[authority]]` of a document or of
/// gemba.toml. `shared` marks them as a repository's.
void read_definitions(Scope& scope, const Node& root, bool shared);

/// Reads one `[calendars.x]`. Its hours are never empty: faulty ones leave it open day and night.
Calendar read_calendar(Reading& reading, const Node& table);

}  // namespace gemba::inline toml
