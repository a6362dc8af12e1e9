#include "core/toml/scope.h"

#include <fmt/format.h>

namespace gemba::inline toml {
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
Thing make_implied(std::string_view id, SourceSpan span) {
  Thing thing;
  thing.id = id;
  thing.name = id;
  thing.span = span;
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

/// What was probably meant by a reference that dangles.
struct Meant {
  std::optional<std::string> id;
  bool certain = false;  ///< nothing else can be meant
};

/// The id of the thing that people read under `name`: what is written where an id belongs may be
/// its name. Empty names are no names.
template <class Thing>
Meant id_of_name(const std::vector<Thing>& things, std::string_view name) {
  Meant meant;
  for (const Thing& thing : things) {
    if (name.empty() || thing.name != name || thing.id == name) continue;
    meant.certain = !meant.id;
    if (!meant.id) meant.id = thing.id;
  }
  return meant;
}

Meant nearest_id(Reading& reading, std::string_view word,
                 const std::vector<std::string_view>& ids) {
  Meant meant{reading.guess(word, ids)};
  meant.certain = meant.id && reading.is_certain(word, *meant.id, ids);
  return meant;
}

std::vector<TextEdit> fix_of(const Reading& reading, const Node& value, const Meant& meant) {
  return meant.certain ? reading.respell(value, *meant.id) : std::vector<TextEdit>();
}

template <class Thing>
std::size_t imply(Index& index, std::vector<Thing>& things, std::string_view id, SourceSpan span) {
  const auto [known, is_new] = index.emplace(id, things.size());
  if (is_new) things.push_back(make_implied<Thing>(id, span));
  return known->second;
}

template <class Thing>
std::size_t find(Scope& scope, Index& index, std::vector<Thing>& things, const Words& words,
                 const Node& value);

/// What a value that is no text refers to: of a list its first text, so that what the others name
/// counts as used too.
template <class Thing>
std::size_t find_mistyped(Scope& scope, Index& index, std::vector<Thing>& things,
                          const Words& words, const Node& value) {
  report_type(scope.reading, value, Node::Kind::text);
  std::optional<std::size_t> first;
  for (const Node& item : value.items) {
    if (value.kind != Node::Kind::list || item.kind != Node::Kind::text) continue;
    const std::size_t each = find(scope, index, things, words, item);
    first = first.value_or(each);
  }
  return first ? *first : imply(index, things, scope.reading.written(value.span), value.span);
}

template <class Thing>
std::size_t find(Scope& scope, Index& index, std::vector<Thing>& things, const Words& words,
                 const Node& value) {
  if (value.kind != Node::Kind::text) return find_mistyped(scope, index, things, words, value);
  Reading& reading = scope.reading;
  const auto known = index.find(value.text);
  if (known != index.end() && !things[known->second].implied) return known->second;

  Meant meant = id_of_name(things, value.text);
  if (!meant.id && reading.letters_to_compare > 0) {
    meant = nearest_id(reading, value.text, defined_ids(things));
  }
  const auto& guess = meant.id;
  const std::string advice = guess ? ask(guess)
                             : is_id(value.text)
                                 ? fmt::format("; define it as [{}.{}]", words.table, value.text)
                                 : std::string();
  reading.report("S006", value.span,
                 fmt::format("{} {} does not exist{}", words.what, quoted(value.text), advice), {},
                 fix_of(reading, value, meant));
  return guess ? index.at(*guess) : imply(index, things, value.text, value.span);
}

}  // namespace

// Names are those of the shared definitions: the others may move.
Scope::Scope(Reading& reading_, Definitions& definitions_, const Definitions& shared)
    : reading(reading_), definitions(definitions_) {
  index_all(shared.roles, roles);
  index_all(shared.systems, systems);
  index_all(shared.data, data);
  index_all(shared.calendars, calendars);
}

RoleId find_role(Scope& scope, const Node& value) {
  return RoleId(find(scope, scope.roles, scope.definitions.roles, {"role", "roles"}, value));
}

SystemId find_system(Scope& scope, const Node& value) {
  return SystemId(
      find(scope, scope.systems, scope.definitions.systems, {"system", "systems"}, value));
}

DataId find_data(Scope& scope, const Node& value) {
  return DataId(find(scope, scope.data, scope.definitions.data, {"datum", "data"}, value));
}

CalendarId find_calendar(Scope& scope, const Node& value) {
  return CalendarId(
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
  const auto named = scope.step_names.find(value.text);
  const Meant meant = named != scope.step_names.end()
                          ? Meant{std::string(scope.step_ids[named->second]),
                                  !scope.repeated_names.contains(value.text)}
                          : nearest_id(reading, value.text, scope.step_ids);
  const auto& guess = meant.id;
  reading.report("S006", value.span,
                 fmt::format("step {} does not exist{}", quoted(value.text), ask(guess)), {},
                 fix_of(reading, value, meant));
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

}  // namespace gemba::inline toml
