#include <algorithm>

#include "core/toml/reading.h"

namespace gemba::inline toml {
namespace {

bool is_known(std::string_view key, const TableKeys& known) {
  return std::find(known.keys.begin(), known.keys.end(), key) != known.keys.end();
}

/// The key of a member as the reader takes it.
std::string_view key_of(const Node& item) { return item.meant.empty() ? item.key : item.meant; }

void mark(Reading& reading, Node& table, const TableKeys& known) {
  if (table.kind != Node::Kind::table) return;
  for (Node& item : table.items) {
    if (is_known(item.key, known)) continue;
    const auto guess = reading.guess(item.key, {known.keys.begin(), known.keys.end()});
    // What stands there under its right key, or was misspelt before, is not meant once more.
    if (guess && member(table, *guess) == nullptr)
      item.meant = *std::find(known.keys.begin(), known.keys.end(), *guess);
  }
}

void mark_all(Reading& reading, Node& list, const TableKeys& known) {
  for (Node& item : list.items) mark(reading, item, known);
}

void mark_step(Reading& reading, Node& step) {
  mark(reading, step, keys::step);
  for (Node& item : step.items) {
    if (key_of(item) == "time") mark(reading, item, keys::time);
    if (key_of(item) != "next") continue;
    mark(reading, item, keys::branch);
    if (item.kind == Node::Kind::list) mark_all(reading, item, keys::branch);
  }
}

void mark_kpi(Reading& reading, Node& kpi) {
  mark(reading, kpi, keys::kpi);
  for (Node& item : kpi.items) {
    if (key_of(item) == "share") mark(reading, item, keys::share);
  }
}

void mark_part(Reading& reading, Node& part) {
  const std::string_view key = key_of(part);
  if (key == "sop" || key == "map") mark(reading, part, keys::sop);
  if (key == "roles") mark_all(reading, part, keys::role);
  if (key == "systems") mark_all(reading, part, keys::system);
  if (key == "data") mark_all(reading, part, keys::data);
  if (key == "calendars") mark_all(reading, part, keys::calendar);
  if (key == "authority") mark_all(reading, part, keys::authority);
  if (key == "pain") mark_all(reading, part, keys::pain);
  if (key == "path") mark_all(reading, part, keys::path);
  if (part.kind != Node::Kind::list) return;
  for (Node& item : part.items) {
    if (key == "step") mark_step(reading, item);
    if (key == "kpi") mark_kpi(reading, item);
  }
}

/// Moves the tables of `[role.lead]` to those of `[roles.agent]`, of `[[setp]]` to `[[step]]`.
void join(Node& from, Node& to) {
  if (to.kind == Node::Kind::list && from.kind == Node::Kind::table) {
    Node element = from;
    from.items.clear();
    to.items.push_back(std::move(element));
  } else if (to.kind == from.kind) {
    std::move(from.items.begin(), from.items.end(), std::back_inserter(to.items));
    from.items.clear();
  }
}

/// Joins misspelt tables with those that stand there under the right key.
void join_tables(Reading& reading, Node& root, const TableKeys& known) {
  for (Node& item : root.items) {
    if (is_known(item.key, known) || !item.meant.empty()) continue;
    const auto guess = reading.guess(item.key, {known.keys.begin(), known.keys.end()});
    if (!guess || *guess == "sop" || *guess == "map") continue;
    for (Node& place : root.items) {
      if (place.key == *guess) join(item, place);
    }
  }
}

}  // namespace

void find_misspelt(Reading& reading, Node& root, const TableKeys& known) {
  mark(reading, root, known);
  join_tables(reading, root, known);
  for (Node& part : root.items) mark_part(reading, part);
}

}  // namespace gemba::inline toml
