#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/toml/parts.h"

namespace gemba::inline toml {
namespace {

constexpr std::array<std::string_view, 3> values = {"customer", "business", "none"};
constexpr std::array<std::string_view, 4> wait_causes = {"batch", "hours", "person", "other"};
constexpr std::array<std::string_view, 3> automations = {"manual", "assisted", "automatic"};

/// Gives a `[[step]]` its place among the steps. False when it has no usable id.
bool register_step(Scope& scope, const Node& table, Process& process) {
  Reading& reading = scope.reading;
  const Node* id = member(table, "id");
  if (id == nullptr) {
    check_keys(reading, table, keys::step);  // nobody else will: the step is not read
    reading.report("S004", table.span, "a step needs an 'id'");
    return false;
  }
  if (id->kind != Node::Kind::text || id->text.empty()) {
    if (id->kind != Node::Kind::text)
      report_type(reading, *id, Node::Kind::text);
    else
      check_id(reading, id->text, id->span);
    return false;
  }
  const auto [known, is_new] = scope.steps.emplace(id->text, process.steps.size());
  reading.element = id->text;
  if (is_new) {
    check_id(reading, id->text, id->span);
    Step& step = process.steps.emplace_back();
    step.id = id->text;
    step.span = id->span;
    scope.step_ids.push_back(id->text);
    const Node* name = member(table, "name");
    if (name != nullptr && !name->text.empty() &&
        !scope.step_names.emplace(name->text, known->second).second) {
      scope.repeated_names.insert(name->text);
    }
  } else {
    reading.report("S005", id->span, fmt::format("there are two steps {}", quoted(id->text)),
                   {{process.steps[known->second].span, "the first one"}});
  }
  reading.element.clear();
  return is_new;
}

/// A datum that a step makes needs no definition of its own.
void register_made_data(Scope& scope, const Node& table) {
  const Node* makes = member(table, "makes");
  if (makes == nullptr) return;
  const Node* id = member(table, "id");
  const std::string_view step_id = id != nullptr ? id->text : std::string_view();
  const auto add = [&](const Node& item) {
    if (item.kind != Node::Kind::text || item.text.empty()) return;
    const auto [known, is_new] = scope.data.emplace(item.text, scope.definitions.data.size());
    if (!is_new) return;
    scope.reading.element = step_id;
    check_id(scope.reading, item.text, item.span);
    scope.reading.element.clear();
    Data data;
    data.id = item.text;
    data.name = item.text;
    data.span = item.span;
    scope.definitions.data.push_back(std::move(data));
  };
  if (makes->kind == Node::Kind::list) {
    for (const Node& item : makes->items) add(item);
  } else {
    add(*makes);
  }
}

std::vector<DataUse> read_data_uses(Scope& scope, const Node& table, std::string_view key) {
  std::vector<DataUse> uses;
  const Node* value = member(table, key);
  if (value == nullptr) return uses;
  for (const Node* item : text_items(scope.reading, *value)) {
    uses.push_back({find_data(scope, *item), item->span});
  }
  return uses;
}

std::optional<SpannedDuration> read_duration(Reading& reading, const Node& table,
                                             std::string_view key) {
  const Node* value = member(table, key);
  if (value == nullptr) return std::nullopt;
  const auto duration = as_duration(reading, *value);
  if (!duration) return std::nullopt;
  return SpannedDuration{*duration, value->span};
}

/// Whether the parts of a distribution fit together; reports what does not.
bool check_work_time(Reading& reading, const Node& table, const WorkTime& time) {
  const bool triangle = time.min || time.mode || time.max;
  const bool normal = time.mean || time.sd;
  const auto ordered = [](const std::optional<Duration>& a, const std::optional<Duration>& b) {
    return !a || !b || working_seconds(*a) <= working_seconds(*b);
  };
  if (triangle == normal) {
    reading.report(triangle ? Code("S003") : Code("S004"), table.span,
                   "'time' is either { min, mode, max } or { mean, sd }");
    return false;
  }
  if (triangle && (!time.min || !time.max)) {
    reading.report("S004", table.span, "'time' needs both 'min' and 'max'");
    return false;
  }
  if (normal && !time.mean) {
    reading.report("S004", table.span, "'time' needs 'mean' when it has 'sd'");
    return false;
  }
  if (!ordered(time.min, time.mode) || !ordered(time.mode, time.max) ||
      !ordered(time.min, time.max)) {
    reading.report("S003", table.span, "'min', 'mode' and 'max' are not in ascending order");
    return false;
  }
  return true;
}

std::optional<WorkTime> read_work_time(Reading& reading, const Node& value) {
  WorkTime time;
  time.span = value.span;
  if (value.kind != Node::Kind::table) {
    time.fixed = as_duration(reading, value);
    if (!time.fixed) return std::nullopt;
    return time;
  }
  // Which parts are missing cannot be told as long as it is not known what all of them are.
  const std::size_t faults = reading.reported;
  check_keys(reading, value, keys::time);
  bool good = reading.reported == faults;
  const auto part = [&](std::string_view key, std::optional<Duration>& into) {
    if (const Node* given = member(value, key)) {
      into = as_duration(reading, *given);
      good = good && into;
    }
  };
  part("min", time.min);
  part("mode", time.mode);
  part("max", time.max);
  part("mean", time.mean);
  part("sd", time.sd);
  if (!good || !check_work_time(reading, value, time)) return std::nullopt;
  return time;
}

std::optional<Spanned> read_spanned(Reading& reading, const Node& table, std::string_view key) {
  std::string text = read_text(reading, table, key);
  if (text.empty()) return std::nullopt;
  return Spanned{std::move(text), member(table, key)->span};
}

/// One branch of `next`: the id of a step, or `{ to, when, share, label }`. False when it has a
/// share that cannot be used.
bool read_branch(Scope& scope, const Node& branch, StepId from, Process& process) {
  Reading& reading = scope.reading;
  const Node* to = &branch;
  Flow flow;
  flow.from = from;
  if (branch.kind == Node::Kind::table) {
    check_keys(reading, branch, keys::branch);
    to = member(branch, "to");
    if (const auto when = read_spanned(reading, branch, "when")) {
      flow.when = Condition{when->text, std::nullopt, when->span};
      auto parsed = parse_expression(when->text);
      if (auto* expr = std::get_if<Expr>(&parsed)) flow.when->expr = std::move(*expr);
    }
    flow.share = read_number(reading, branch, "share", Range::fraction);
    flow.label = read_text(reading, branch, "label");
  } else if (branch.kind != Node::Kind::text) {
    report_type(reading, branch, "the id of a step or { to = \"id\" }");
    to = nullptr;
  }
  if (to == nullptr && branch.kind == Node::Kind::table) {
    reading.report("S004", branch.span, "a branch of 'next' needs 'to'");
  }
  const bool good_share = flow.share || member(branch, "share") == nullptr;
  const auto target = to != nullptr ? find_step(scope, *to) : std::nullopt;
  if (!target) {
    process.flow_complete = false;
    return good_share;
  }
  flow.to = *target;
  flow.span = to->span;
  process.flows.push_back(std::move(flow));
  return good_share;
}

void read_next(Scope& scope, const Node& next, StepId from, Process& process) {
  const std::size_t first = process.flows.size();
  bool good_shares = true;
  if (next.kind == Node::Kind::list) {
    for (const Node& branch : next.items) {
      good_shares = read_branch(scope, branch, from, process) && good_shares;
    }
  } else {
    good_shares = read_branch(scope, next, from, process);
  }
  if (good_shares) return;
  // The others cannot add up to 1 without it, which is no second fault.
  for (std::size_t i = first; i < process.flows.size(); ++i) process.flows[i].share.reset();
}

void read_kind(Reading& reading, const Node& table, Step& step, Process& process) {
  const Node* kind = member(table, "kind");
  if (kind == nullptr) return;
  const Choice choice = as_choice(reading, *kind, step_kind_words(), "a kind of step");
  if (choice.guessed) step.kind = static_cast<StepKind>(*choice.guessed);
  if (!choice.index) process.flow_complete = false;
}

void read_texts_of(Reading& reading, const Node& table, Step& step) {
  step.name = read_text(reading, table, "name");
  step.name_span = step.name.empty() ? step.span : member(table, "name")->span;
  if (step.name.empty()) step.name = step.id;
  step.script = read_text(reading, table, "script");
  if (const Node* script = member(table, "script")) step.script_span = script->span;
  step.link = read_text(reading, table, "link");
  step.note = read_text(reading, table, "note");
  step.log = read_texts(reading, table, "log");
}

void read_classes(Reading& reading, const Node& table, Step& step) {
  if (step.kind == StepKind::approval) step.value = Value::business;
  if (const Node* value = member(table, "value")) {
    const Choice choice = as_choice(reading, *value, values, "a value");
    if (choice.guessed) step.value = static_cast<Value>(*choice.guessed + 1);
  }
  if (const Node* automation = member(table, "automation")) {
    const Choice choice = as_choice(reading, *automation, automations, "a degree of automation");
    if (choice.guessed) step.automation = static_cast<Automation>(*choice.guessed);
  }
}

/// One system or a list; a single one stays the plain case.
void read_systems(Scope& scope, const Node& value, Step& step) {
  if (value.kind != Node::Kind::list) {
    step.system = find_system(scope, value);
    return;
  }
  for (const Node* item : text_items(scope.reading, value)) {
    const SystemId system = find_system(scope, *item);
    const std::vector<SystemId> named = systems_of(step);
    if (std::find(named.begin(), named.end(), system) != named.end()) continue;
    if (!step.system)
      step.system = system;
    else
      step.other_systems.push_back(system);
  }
}

void read_needs(Scope& scope, const Node& table, Step& step) {
  step.needs = read_data_uses(scope, table, "needs");
  for (DataUse use : read_data_uses(scope, table, "may_need")) {
    use.optional = true;
    step.needs.push_back(use);
  }
}

/// What a step takes: time, waiting, money, ways.
void read_expense(Reading& reading, const Node& table, Step& step) {
  if (const Node* time = member(table, "time")) step.time = read_work_time(reading, *time);
  step.wait = read_duration(reading, table, "wait");
  step.every = read_duration(reading, table, "every");
  if (const Node* cause = member(table, "wait_for")) {
    const Choice choice = as_choice(reading, *cause, wait_causes, "what a case waits for");
    if (choice.guessed) step.wait_for = static_cast<WaitCause>(*choice.guessed + 1);
  }
  step.fee = read_number(reading, table, "fee", Range::not_negative).value_or(0);
  step.trips = read_number(reading, table, "trips", Range::not_negative).value_or(0);
  step.abandon = read_number(reading, table, "abandon", Range::fraction).value_or(0);
}

void read_step(Scope& scope, const Node& table, StepId id, Process& process) {
  Reading& reading = scope.reading;
  Step& step = process.steps[id.index()];
  reading.element = step.id;
  check_keys(reading, table, keys::step);
  read_kind(reading, table, step, process);
  read_texts_of(reading, table, step);
  read_classes(reading, table, step);
  if (const Node* role = member(table, "role")) step.role = find_role(scope, *role);
  if (const Node* system = member(table, "system")) read_systems(scope, *system, step);
  read_needs(scope, table, step);
  step.makes = read_data_uses(scope, table, "makes");
  read_expense(reading, table, step);
  step.sla = read_duration(reading, table, "sla");
  step.approves = read_spanned(reading, table, "approves");
  if (const Node* amount = member(table, "amount")) {
    step.amount = DataUse{find_data(scope, *amount), amount->span};
  }
  step.calls = read_spanned(reading, table, "calls");
  const Node* calls = member(table, "calls");
  if (step.kind == StepKind::call && (calls == nullptr || is_empty_text(*calls))) {
    reading.report("S004", step.span, "a step of kind 'call' needs 'calls', the id of another SOP");
  }
  if (const Node* next = member(table, "next")) read_next(scope, *next, id, process);
  reading.element.clear();
}

}  // namespace

void read_steps(Scope& scope, const Node& root, Process& process) {
  const std::vector<const Node*> tables = read_tables(scope.reading, root, "step");
  const Node* written = member(root, "step");
  if (written != nullptr && tables.size() != written->items.size()) process.flow_complete = false;
  // Flows lead forwards, so every step is known before the first is read.
  std::vector<const Node*> good;
  process.steps.reserve(tables.size());
  process.flows.reserve(tables.size() + tables.size() / 2);
  for (const Node* table : tables) {
    if (register_step(scope, *table, process)) {
      good.push_back(table);
    } else {
      process.flow_complete = false;
    }
    register_made_data(scope, *table);
  }
  for (std::size_t i = 0; i < good.size(); ++i) read_step(scope, *good[i], StepId(i), process);
}

}  // namespace gemba::inline toml
