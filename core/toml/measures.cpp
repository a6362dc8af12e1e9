#include <fmt/format.h>

#include <array>

#include "core/toml/parts.h"

namespace gemba::inline toml {
namespace {

constexpr std::array<std::string_view, 8> statistics = {"mean", "median", "p75", "p90",
                                                        "p95",  "p99",    "min", "max"};

bool starts_clear(Reading& reading, const Node& table, Index& known, Process& process, Kpi& kpi) {
  const Node* id = member(table, "id");
  if (id == nullptr) {
    reading.report("S004", table.span, "a KPI needs an 'id'");
    return false;
  }
  if (id->kind != Node::Kind::text) {
    report_type(reading, *id, Node::Kind::text);
    return false;
  }
  reading.element = id->text;
  check_id(reading, id->text, id->span);
  const auto [first, is_new] = known.emplace(id->text, process.kpis.size());
  if (!is_new) {
    reading.report("S005", id->span, fmt::format("there are two KPIs {}", quoted(id->text)),
                   {{process.kpis[first->second].span, "the first one"}});
    return false;
  }
  kpi.id = id->text;
  kpi.span = id->span;
  kpi.name = read_text(reading, table, "name");
  if (kpi.name.empty()) kpi.name = kpi.id;
  return true;
}

/// The target must speak of what the KPI measures.
bool fits(Reading& reading, const Kpi& kpi, Target& target) {
  const bool is_time = kpi.from || kpi.to;
  // 0.8 of all cases and 80 % are the same share.
  if (kpi.is_share && target.unit == Target::Unit::number && target.value >= 0 &&
      target.value <= 1) {
    target.unit = Target::Unit::fraction;
  }
  const Target::Unit wanted = is_time        ? Target::Unit::seconds
                              : kpi.is_share ? Target::Unit::fraction
                                             : Target::Unit::number;
  if (target.unit == wanted) return true;
  const std::string_view example = is_time        ? "a time, so its target is one: \"<= 30s\""
                                   : kpi.is_share ? "a share, so its target is one: \">= 80%\""
                                                  : "a mean, so its target is a number: \">= 4.5\"";
  reading.report("S003", target.span, fmt::format("this KPI measures {}", example));
  return false;
}

void read_target(Reading& reading, const Node& table, Kpi& kpi) {
  const Node* value = member(table, "target");
  if (value == nullptr) return;
  if (value->kind != Node::Kind::text) {
    report_type(reading, *value, "a text like \"<= 30s\"");
    return;
  }
  auto target = parse_target(value->text);
  if (!target) {
    reading.report("S003", value->span,
                   fmt::format("{} is not a target; write it like \"<= 30s\", \">= 80%\" or "
                               "\">= 4.5\"",
                               quoted(value->text)));
    return;
  }
  target->span = value->span;
  if (fits(reading, kpi, *target)) kpi.target = std::move(target);
}

/// What the KPI measures; false when it cannot be told.
bool read_measure(Scope& scope, const Node& table, Kpi& kpi) {
  Reading& reading = scope.reading;
  const Node* from = member(table, "from");
  const Node* to = member(table, "to");
  const Node* share = member(table, "share");
  const Node* mean = member(table, "mean");
  const int measures = (from || to ? 1 : 0) + (share ? 1 : 0) + (mean ? 1 : 0);
  if (measures != 1) {
    reading.report(measures == 0 ? Code("S004") : Code("S003"), kpi.span,
                   "a KPI measures one thing: a time ('from', 'to'), a 'share' or a 'mean'");
    return false;
  }
  bool good = true;
  if (from) good = (kpi.from = find_step(scope, *from)).has_value() && good;
  if (to) good = (kpi.to = find_step(scope, *to)).has_value() && good;
  kpi.mean_column = read_text(reading, table, "mean");
  if (mean != nullptr && kpi.mean_column.empty()) return false;
  if (share == nullptr) return good;
  if (share->kind != Node::Kind::table) {
    report_type(reading, *share, "a table like { without = [\"escalate\"] }");
    return false;
  }
  check_keys(reading, *share, keys::share);
  kpi.is_share = true;
  const auto read_list = [&](std::string_view key, std::vector<StepId>& into) {
    const Node* value = member(*share, key);
    if (value == nullptr) return;
    StepList list = find_steps(scope, *value);
    into = std::move(list.steps);
    good = good && list.complete;
  };
  read_list("with", kpi.with);
  read_list("without", kpi.without);
  if (good && kpi.with.empty() && kpi.without.empty()) {
    reading.report("S004", share->span, "'share' needs 'with' or 'without', a list of steps");
    return false;
  }
  return good;
}

std::optional<ExprValue> as_expr_value(Reading& reading, const Node& value) {
  switch (value.kind) {
    case Node::Kind::text:
      return ExprValue(std::string(value.text));
    case Node::Kind::number:
      return ExprValue(value.number);
    case Node::Kind::truth:
      return ExprValue(value.truth);
    default:
      report_type(reading, value, "a number, a text, true or false");
      return std::nullopt;
  }
}

}  // namespace

void read_pains(Scope& scope, const Node& root, Process& process) {
  Reading& reading = scope.reading;
  for (const Node* table : read_tables(reading, root, "pain")) {
    check_keys(reading, *table, keys::pain);
    Pain pain;
    pain.span = table->span;
    pain.text = read_text(reading, *table, "text");
    pain.count = read_number(reading, *table, "count", Range::not_negative);
    if (const Node* from = member(*table, "from")) pain.from = find_role(scope, *from);
    const Node* step = member(*table, "step");
    if (step == nullptr) reading.report("S004", table->span, "[[pain]] needs 'step'");
    const auto found = step != nullptr ? find_step(scope, *step) : std::nullopt;
    if (!found) continue;
    pain.step = *found;
    process.pains.push_back(std::move(pain));
  }
}

void read_kpis(Scope& scope, const Node& root, Process& process) {
  Reading& reading = scope.reading;
  Index known;
  for (const Node* table : read_tables(reading, root, "kpi")) {
    Kpi kpi;
    const bool clear = starts_clear(reading, *table, known, process, kpi);
    check_keys(reading, *table, keys::kpi);
    if (const Node* stat = member(*table, "stat")) {
      const Choice choice = as_choice(reading, *stat, statistics, "a statistic");
      if (choice.guessed) kpi.stat = statistics[*choice.guessed];
    }
    if (clear && read_measure(scope, *table, kpi)) {
      read_target(reading, *table, kpi);
      process.kpis.push_back(std::move(kpi));
    } else {
      known.erase(kpi.id);
    }
    reading.element.clear();
  }
}

void read_paths(Scope& scope, const Node& root, Process& process) {
  Reading& reading = scope.reading;
  std::size_t number = 0;
  for (const Node* table : read_tables(reading, root, "path")) {
    ++number;
    check_keys(reading, *table, keys::path);
    PathTest path;
    path.span = table->span;
    path.name = read_text(reading, *table, "name");
    if (path.name.empty()) path.name = fmt::format("path {}", number);
    path.allowed = read_truth(reading, *table, "allowed", true);
    if (const Node* given = read_table(reading, *table, "given")) {
      for (const Node& item : given->items) {
        if (auto value = as_expr_value(reading, item)) {
          path.given.emplace_back(item.key, std::move(*value));
        }
      }
    }
    const Node* steps = member(*table, "steps");
    if (steps == nullptr) {
      reading.report("S004", table->span, "[[path]] needs 'steps', the ids in their order");
      continue;
    }
    StepList list = find_steps(scope, *steps);
    path.steps = std::move(list.steps);
    // A path with a hole would be judged for what nobody wrote.
    if (list.complete) process.paths.push_back(std::move(path));
  }
}

}  // namespace gemba::inline toml
