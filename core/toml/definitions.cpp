#include <fmt/format.h>

#include "core/toml/scope.h"

namespace gemba::inline toml {
namespace {

bool same(const Role& a, const Role& b) {
  return a.name == b.name && a.external == b.external && a.headcount == b.headcount &&
         a.cost_per_hour == b.cost_per_hour && a.concurrency == b.concurrency &&
         a.calendar == b.calendar && a.reports_to == b.reports_to;
}

bool same(const System& a, const System& b) { return a.name == b.name; }

bool same(const Data& a, const Data& b) {
  return a.name == b.name && a.from == b.from && a.personal == b.personal && a.paper == b.paper &&
         a.copy_of == b.copy_of;
}

bool same(const Calendar& a, const Calendar& b) {
  return a.name == b.name && a.timezone == b.timezone &&
         std::equal(std::begin(a.hours), std::end(a.hours), std::begin(b.hours)) &&
         a.off == b.off && a.work == b.work;
}

Role read_role(Scope& scope, const Node& table) {
  Reading& reading = scope.reading;
  check_keys(reading, table, keys::role);
  Role role;
  role.name = read_text(reading, table, "name");
  role.external = read_truth(reading, table, "external", false);
  role.headcount = read_number(reading, table, "headcount", Range::positive);
  role.cost_per_hour = read_number(reading, table, "cost_per_hour", Range::not_negative);
  role.concurrency = read_number(reading, table, "concurrency", Range::positive);
  if (const Node* calendar = member(table, "calendar")) {
    role.calendar = find_calendar(scope, *calendar);
  }
  // Every role of the text is known by now, in whatever order they are written.
  if (const Node* superior = member(table, "reports_to")) {
    role.reports_to = find_role(scope, *superior);
  }
  return role;
}

System read_system(Scope& scope, const Node& table) {
  check_keys(scope.reading, table, keys::system);
  System system;
  system.name = read_text(scope.reading, table, "name");
  return system;
}

Data read_data(Scope& scope, const Node& table) {
  Reading& reading = scope.reading;
  check_keys(reading, table, keys::data);
  Data data;
  data.name = read_text(reading, table, "name");
  data.from = read_text(reading, table, "from");
  data.personal = read_truth(reading, table, "personal", false);
  data.paper = read_truth(reading, table, "paper", false);
  if (const Node* original = member(table, "copy_of")) {
    if (original->kind == Node::Kind::text && original->text == reading.element)
      reading.report("S003", original->span, "a datum is no copy of itself");
    else
      data.copy_of = find_data(scope, *original);
  }
  return data;
}

/// Gives every new id of `[table]` its place, before anything refers to it.
template <class Thing>
void register_ids(Scope& scope, const Node& table, Index& index, std::vector<Thing>& things) {
  for (const Node& item : table.items) {
    const auto [known, is_new] = index.emplace(item.key, things.size());
    if (is_new) {
      things.emplace_back();
      things.back().id = item.key;
    }
    if (!is_new && !things[known->second].implied) continue;
    check_id(scope.reading, item.key, item.key_span);
    Thing& thing = things[known->second];
    // Until it is read: a fault in the definition must not make references to it dangle.
    thing.name = item.key;
    thing.span = item.span;
    thing.implied = false;
    thing.shared = false;
  }
}

/// Reads the definitions of `[table]` into the places that `register_ids` gave them.
template <class Thing, class Read>
void fill(Scope& scope, const Node& table, Index& index, std::vector<Thing> Definitions::*member_of,
          bool shared, std::string_view what, const Read& read) {
  Reading& reading = scope.reading;
  for (const Node& item : table.items) {
    if (item.kind != Node::Kind::table) {
      report_type(reading, item, fmt::format("a table [{}.{}]", table.key, item.key));
      continue;
    }
    reading.element = item.key;
    Thing thing = read(item);
    reading.element.clear();
    // Reading may have added implied definitions: take the place afterwards.
    Thing& place = (scope.definitions.*member_of)[index.at(item.key)];
    thing.id = item.key;
    if (thing.name.empty()) thing.name = item.key;
    thing.span = item.span;
    thing.shared = shared;
    if (!place.shared) {
      place = std::move(thing);
    } else if (!same(place, thing)) {
      reading.element = item.key;
      reading.report("S005", item.span,
                     fmt::format("{} {} is defined in gemba.toml too, and differently; a document "
                                 "may add definitions, not change shared ones",
                                 what, quoted(item.key)),
                     {{place.span, "the shared definition"}});
      reading.element.clear();
    }
  }
}

void read_authority(Scope& scope, const Node& root, bool shared) {
  Reading& reading = scope.reading;
  for (const Node* table : read_tables(reading, root, "authority")) {
    check_keys(reading, *table, keys::authority);
    Authority row;
    row.span = table->span;
    row.shared = shared;
    row.action = read_text(reading, *table, "action");
    const bool unlimited = member(*table, "up_to") == nullptr;
    row.up_to = read_number(reading, *table, "up_to", Range::not_negative);
    const Node* role = member(*table, "role");
    for (const std::string_view key : {"role", "action"}) {
      const Node* value = member(*table, key);
      if (value != nullptr && !is_empty_text(*value)) continue;
      reading.report("S004", table->span, fmt::format("[[authority]] needs '{}'", key));
    }
    const bool has_role = role != nullptr && !is_empty_text(*role);
    const auto found = has_role ? std::optional(find_role(scope, *role)) : std::nullopt;
    // A faulty limit must not become "without limit".
    if (!found || row.action.empty() || (!unlimited && !row.up_to)) continue;
    row.role = *found;
    scope.definitions.authority.push_back(std::move(row));
  }
}

}  // namespace

void read_definitions(Scope& scope, const Node& root, bool shared) {
  Reading& reading = scope.reading;
  Definitions& all = scope.definitions;
  const Node* calendars = read_table(reading, root, "calendars");
  const Node* roles = read_table(reading, root, "roles");
  const Node* systems = read_table(reading, root, "systems");
  const Node* data = read_table(reading, root, "data");
  if (calendars != nullptr) {
    register_ids(scope, *calendars, scope.calendars, all.calendars);
    fill(scope, *calendars, scope.calendars, &Definitions::calendars, shared, "calendar",
         [&](const Node& table) { return read_calendar(reading, table); });
  }
  if (roles != nullptr) {
    register_ids(scope, *roles, scope.roles, all.roles);
    fill(scope, *roles, scope.roles, &Definitions::roles, shared, "role",
         [&](const Node& table) { return read_role(scope, table); });
  }
  if (systems != nullptr) {
    register_ids(scope, *systems, scope.systems, all.systems);
    fill(scope, *systems, scope.systems, &Definitions::systems, shared, "system",
         [&](const Node& table) { return read_system(scope, table); });
  }
  if (data != nullptr) {
    register_ids(scope, *data, scope.data, all.data);
    fill(scope, *data, scope.data, &Definitions::data, shared, "datum",
         [&](const Node& table) { return read_data(scope, table); });
  }
  read_authority(scope, root, shared);
}

}  // namespace gemba::inline toml
