#include "core/toml/scope.h"

#include <fmt/format.h>

namespace gemba::toml_text {
namespace {

/// What a kind of definition is called.
struct Words {
  std::string_view what;
  std::string_view table;  ///< of its definitions; empty when it has none of its own
};

template <class Thing>
void index_all(const std::vector<Thing>& things, Index& index) {
  for (std::size_t i = 0; i < things.size(); ++i) index.emplace(things[i].id, i);
}

template <class Thing>
Thing make_implied(const Node& value) {
  Thing thing;
  thing.id = value.text;
  thing.name = value.text;
  thing.span = value.span;
  thing.implied = true;
  if constexpr (std::is_same_v<Thing, Calendar>) {
    for (auto& day : thing.hours) day = {{0, 1440}};
  }
  return thing;
}

template <class Thing>
std::vector<std::string_view> defined_ids(const std::vector<Thing>& things) {
  std::vector<std::string_view> ids;
  ids.reserve(things.size());
  for (const Thing& thing : things) {
    if (!thing.implied) ids.push_back(thing.id);
  }
  return ids;
}

template <class Thing>
std::optional<std::size_t> find(Scope& scope, Index& index, std::vector<Thing>& things,
                                const Words& words, const Node& value) {
  Reading& reading = scope.reading;
  if (value.kind != Node::Kind::text) {
    report_type(reading, value, "a text");
    return std::nullopt;
  }
  const auto known = index.find(value.text);
  if (known != index.end() && !things[known->second].implied) return known->second;

  std::optional<std::string> guess;
  if (reading.letters_to_compare > 0) guess = reading.guess(value.text, defined_ids(things));
  const std::string advice =
      guess ? ask(guess) : fmt::format("; define it as [{}.{}]", words.table, value.text);
  const bool can_define = value.text.size() < 60;
  reading.report("S006", value.span,
                 fmt::format("{} {} does not exist{}", words.what, quoted(value.text),
                             guess || can_define ? advice : std::string()));
  if (guess) return index.at(*guess);
  if (known != index.end()) return known->second;
  things.push_back(make_implied<Thing>(value));
  index.emplace(value.text, things.size() - 1);
  return things.size() - 1;
}

template <class ThingId>
std::optional<ThingId> as_id(std::optional<std::size_t> index) {
  if (!index) return std::nullopt;
  return ThingId(*index);
}

}  // namespace

Scope::Scope(Reading& reading_, Definitions& definitions_)
    : reading(reading_), definitions(definitions_) {
  index_all(definitions.roles, roles);
  index_all(definitions.systems, systems);
  index_all(definitions.data, data);
  index_all(definitions.calendars, calendars);
}

std::optional<RoleId> find_role(Scope& scope, const Node& value) {
  return as_id<RoleId>(find(scope, scope.roles, scope.definitions.roles, {"role", "roles"}, value));
}

std::optional<SystemId> find_system(Scope& scope, const Node& value) {
  return as_id<SystemId>(
      find(scope, scope.systems, scope.definitions.systems, {"system", "systems"}, value));
}

std::optional<DataId> find_data(Scope& scope, const Node& value) {
  return as_id<DataId>(find(scope, scope.data, scope.definitions.data, {"datum", "data"}, value));
}

std::optional<CalendarId> find_calendar(Scope& scope, const Node& value) {
  return as_id<CalendarId>(
      find(scope, scope.calendars, scope.definitions.calendars, {"calendar", "calendars"}, value));
}

std::optional<StepId> find_step(Scope& scope, const Node& value) {
  Reading& reading = scope.reading;
  if (value.kind != Node::Kind::text) {
    report_type(reading, value, "the id of a step");
    return std::nullopt;
  }
  const auto known = scope.steps.find(value.text);
  if (known != scope.steps.end()) return StepId(known->second);
  const auto guess = reading.guess(value.text, scope.step_ids);
  reading.report("S006", value.span,
                 fmt::format("step {} does not exist{}", quoted(value.text), ask(guess)));
  if (!guess) return std::nullopt;
  return StepId(scope.steps.at(*guess));
}

StepList find_steps(Scope& scope, const Node& value) {
  StepList list;
  if (value.kind == Node::Kind::list) {
    for (const Node& item : value.items) {
      const auto step = find_step(scope, item);
      if (step) list.steps.push_back(*step);
      list.complete = list.complete && step;
    }
  } else {
    const auto step = find_step(scope, value);
    if (step) list.steps.push_back(*step);
    list.complete = step.has_value();
  }
  return list;
}

}  // namespace gemba::toml_text
