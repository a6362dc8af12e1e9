#include "core/conditions/decision_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "core/time/duration.h"

namespace gemba::inline conditions {
namespace {

using Op = Expr::Op;

constexpr std::size_t most_cases = 10'000;
constexpr std::size_t most_linked = 3;  // names that are compared with each other

/// What the conditions compare one name, or names that they compare with each other, with.
struct Mentions {
  std::vector<std::string_view> names;
  std::set<double> numbers;
  std::set<std::string> texts;
  bool duration = false;
  bool truth = false;
  bool ordered_texts = false;
};

bool is_comparison(Op op) { return op >= Op::eq && op <= Op::ge; }

class Collector {
 public:
  void add(const DecisionRow& row) {
    for (const Expr::Node& node : row.condition->nodes) {
      if (node.op == Op::in || is_comparison(node.op)) {
        compare(row, node);
      } else {
        for (const std::uint32_t child : node.children) truth(row.condition->nodes[child]);
      }
    }
    truth(row.condition->root());
  }

  // Without those of the outcomes.
  std::vector<Mentions> take(std::span<const std::string_view> outcomes) {
    std::vector<Mentions> all;
    std::map<std::size_t, std::size_t> place;
    for (std::size_t number = 0; number < mentions_.size(); ++number) {
      const std::string_view name = mentions_[number].names.front();
      if (std::find(outcomes.begin(), outcomes.end(), name) != outcomes.end()) continue;
      const auto [at, is_new] = place.emplace(leader(number), all.size());
      if (is_new) {
        all.push_back(std::move(mentions_[number]));
      } else {
        join(all[at->second], std::move(mentions_[number]));
      }
    }
    return all;
  }

 private:
  static void join(Mentions& into, Mentions&& other) {
    into.names.push_back(other.names.front());
    into.numbers.merge(other.numbers);
    into.texts.merge(other.texts);
    into.duration |= other.duration;
    into.truth |= other.truth;
    into.ordered_texts |= other.ordered_texts;
  }

  std::size_t number_of(std::string_view name) {
    const auto [at, is_new] = numbers_.emplace(name, mentions_.size());
    if (is_new) {
      mentions_.push_back({.names = {name}, .numbers = {}, .texts = {}});
      leaders_.push_back(at->second);
    }
    return at->second;
  }

  std::size_t leader(std::size_t number) const {
    while (leaders_[number] != number) number = leaders_[number];
    return number;
  }

  void truth(const Expr::Node& node) {
    if (node.op == Op::name) mentions_[number_of(node.name)].truth = true;
  }

  void compare(const DecisionRow& row, const Expr::Node& node) {
    const std::vector<Expr::Node>& nodes = row.condition->nodes;
    const bool ordered = node.op != Op::in && node.op != Op::eq && node.op != Op::ne;
    std::optional<std::size_t> first;
    for (const std::uint32_t child : node.children) {
      if (nodes[child].op != Op::name) continue;
      const std::size_t number = number_of(nodes[child].name);
      if (first) leaders_[leader(number)] = leader(*first);
      first = number;
    }
    if (!first) return;
    Mentions& mentions = mentions_[*first];
    for (const std::uint32_t child : node.children) {
      const Expr::Node& literal = nodes[child];
      if (literal.op == Op::literal) add_literal(row.text, literal, ordered, mentions);
    }
  }

  static void add_literal(std::string_view text, const Expr::Node& literal, bool ordered,
                          Mentions& mentions) {
    if (const auto* number = std::get_if<double>(&literal.value)) {
      mentions.numbers.insert(*number);
      const char last = literal.end > 0 && literal.end <= text.size() ? text[literal.end - 1] : ' ';
      if (last >= 'a' && last <= 'z') mentions.duration = true;
    } else if (const auto* words = std::get_if<std::string>(&literal.value)) {
      mentions.texts.insert(*words);
      mentions.ordered_texts |= ordered;
    } else {
      mentions.truth = true;
    }
  }

  std::map<std::string_view, std::size_t> numbers_;
  std::vector<Mentions> mentions_;
  std::vector<std::size_t> leaders_;  ///< union-find: names that are compared with each other
};

std::vector<NamedValue> values_of(const Mentions& mentions, std::string_view name) {
  std::vector<NamedValue> values;
  const auto add = [&](ExprValue value) {
    values.push_back(
        {.name = name, .value = std::move(value), .other = false, .duration = mentions.duration});
  };
  const std::size_t linked = std::min(mentions.names.size(), most_linked);
  std::set<double> numbers = mentions.numbers;
  const bool only_names = numbers.empty() && mentions.texts.empty() && !mentions.truth;
  if (only_names) numbers.insert(0);
  for (const double number : representative_numbers(numbers, linked)) add(number);
  for (const std::string& text : mentions.texts) add(text);
  if (!mentions.texts.empty() && !mentions.ordered_texts) {
    values.push_back({.name = name, .value = std::string("\x01"), .other = true});
  }
  if (mentions.truth) {
    add(true);
    add(false);
  }
  return values;
}

std::string shown(const NamedValue& value) {
  if (value.other) return fmt::format("{} is something else", value.name);
  if (const auto* truth = std::get_if<bool>(&value.value))
    return fmt::format("{}{}", *truth ? "" : "not ", value.name);
  if (const auto* text = std::get_if<std::string>(&value.value))
    return fmt::format("{} = '{}'", value.name, *text);
  const double number = std::get<double>(value.value);
  if (value.duration) return fmt::format("{} = {}", value.name, humane_seconds(number));
  return fmt::format("{} = {}", value.name, number);
}

}  // namespace

std::vector<double> representative_numbers(const std::set<double>& mentioned, std::size_t count) {
  std::vector<double> values;
  const auto add_between = [&](double low, double high) {
    for (std::size_t part = 1; part <= count; ++part) {
      const double value =
          low + (high - low) * static_cast<double>(part) / static_cast<double>(count + 1);
      if (value > low && value < high) values.push_back(value);
    }
  };
  if (mentioned.empty()) return {};
  const double least = *mentioned.begin();
  if (least > 0) {
    values.push_back(0);
    add_between(0, least);
  } else if (least < 0) {
    add_between(least * 2 - 1, least);
  }
  for (auto at = mentioned.begin(); at != mentioned.end(); ++at) {
    values.push_back(*at);
    if (std::next(at) != mentioned.end()) add_between(*at, *std::next(at));
  }
  const double most = *mentioned.rbegin();
  for (std::size_t part = 1; part <= count; ++part) {
    const double value = most + static_cast<double>(part);
    values.push_back(value > most ? value : most * 2 * static_cast<double>(part));
  }
  return values;
}

bool is_bare_name(const Expr& condition) { return condition.root().op == Op::name; }

std::string to_string(const ValueWitness& witness) {
  if (witness.empty()) return "any case";
  std::string text;
  for (const NamedValue& value : witness)
    text += fmt::format("{}{}", text.empty() ? "" : " and ", shown(value));
  return text;
}

DecisionTable::DecisionTable(std::span<const DecisionRow> rows,
                             std::span<const std::string_view> outcomes,
                             std::span<const DecisionRow> given)
    : rows_(rows.begin(), rows.end()), own_rows_(rows.size()) {
  rows_.insert(rows_.end(), given.begin(), given.end());
  Collector collector;
  for (const DecisionRow& row : rows_) {
    collector.add(row);
    names_.push_back(names_in(*row.condition));
  }
  Variable exclusive;
  for (const std::string_view name : outcomes) {
    const bool used = std::any_of(names_.begin(), names_.end(), [&](const auto& names) {
      return std::find(names.begin(), names.end(), name) != names.end();
    });
    if (!used) continue;
    exclusive.names.push_back(name);
    exclusive.values.push_back({.name = name, .value = true});
  }
  has_outcomes_ = !exclusive.names.empty();
  if (has_outcomes_) {
    exclusive.values.push_back({.name = {}, .value = {}, .other = true});
    variables_.push_back(std::move(exclusive));
  }
  for (const Mentions& mentions : collector.take(outcomes)) {
    complete_ = complete_ && !mentions.ordered_texts && mentions.names.size() <= most_linked;
    for (const std::string_view name : mentions.names)
      variables_.push_back({{name}, values_of(mentions, name)});
  }
  std::size_t cases = 1;
  for (const Variable& variable : variables_)
    cases = std::min(most_cases + 1, cases * variable.values.size());
  complete_ = complete_ && cases <= most_cases;
}

bool DecisionTable::uses(std::size_t row, const Variable& variable) const {
  return std::any_of(names_[row].begin(), names_[row].end(), [&](std::string_view name) {
    return std::find(variable.names.begin(), variable.names.end(), name) != variable.names.end();
  });
}

// The value of a name in a case, in which each variable has the value of its number in `chosen`.
ExprValue DecisionTable::value_in(std::span<const std::size_t> chosen,
                                  std::string_view name) const {
  for (std::size_t number = 0; number < variables_.size(); ++number) {
    const Variable& variable = variables_[number];
    if (std::find(variable.names.begin(), variable.names.end(), name) == variable.names.end())
      continue;
    const NamedValue& value = variable.values[chosen[number]];
    if (is_outcome(number)) return value.name == name;
    return value.value;
  }
  return {};
}

// The first case that meets what is given and in which `found` says yes to the truths of some rows.
template <class Found>
std::optional<ValueWitness> DecisionTable::search(std::vector<std::size_t> rows,
                                                  Found found) const {
  const std::size_t own = rows.size();
  for (std::size_t row = own_rows_; row < rows_.size(); ++row) rows.push_back(row);
  std::vector<std::size_t> used;
  for (std::size_t number = 0; number < variables_.size(); ++number) {
    if (std::any_of(rows.begin(), rows.end(),
                    [&](std::size_t row) { return uses(row, variables_[number]); }))
      used.push_back(number);
  }
  std::vector<std::size_t> chosen(variables_.size(), 0);
  const auto lookup = [&](std::string_view name) { return value_in(chosen, name); };
  for (std::size_t tried = 0; tried < most_cases; ++tried) {
    std::vector<std::optional<bool>> truths;
    for (const std::size_t row : rows) truths.push_back(evaluate(*rows_[row].condition, lookup));
    const bool named = used.empty() || !is_outcome(used.front()) ||
                       !variables_.front().values[chosen.front()].other;
    const bool met = std::all_of(truths.begin() + static_cast<std::ptrdiff_t>(own), truths.end(),
                                 [](std::optional<bool> truth) { return truth.value_or(false); });
    truths.resize(own);
    if (met && found(truths, named)) {
      ValueWitness witness;
      for (const std::size_t number : used) {
        const NamedValue& value = variables_[number].values[chosen[number]];
        if (!value.name.empty()) witness.push_back(value);
      }
      return witness;
    }
    std::size_t turn = used.size();
    for (; turn > 0; --turn) {
      const std::size_t number = used[turn - 1];
      if (++chosen[number] < variables_[number].values.size()) break;
      chosen[number] = 0;
    }
    if (turn == 0) return std::nullopt;
  }
  return std::nullopt;
}

std::optional<ValueWitness> DecisionTable::find_gap() const {
  std::vector<std::size_t> all(own_rows_);
  std::iota(all.begin(), all.end(), std::size_t{0});
  // An outcome that nobody names is none that happens.
  return search(std::move(all), [](const std::vector<std::optional<bool>>& truths, bool named) {
    return named && std::all_of(truths.begin(), truths.end(), [](std::optional<bool> truth) {
             return truth.has_value() && !*truth;
           });
  });
}

std::optional<ValueWitness> DecisionTable::find_overlap(std::size_t a, std::size_t b) const {
  return search({a, b}, [](const std::vector<std::optional<bool>>& truths, bool) {
    return truths[0].value_or(false) && truths[1].value_or(false);
  });
}

}  // namespace gemba::inline conditions
