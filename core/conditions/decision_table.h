#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/conditions/expression.h"

namespace gemba::inline conditions {

/// A value that a name may have. `other` stands for any text that no condition mentions.
struct NamedValue {
  std::string_view name;  ///< lives as long as the conditions
  ExprValue value;
  bool other = false;
  bool duration = false;  ///< a number that is compared with durations
};

/// Values of some names that make conditions come out in a certain way.
using ValueWitness = std::vector<NamedValue>;

/// `refund_amount = 50 and channel = 'jd'`; `any case` without names.
std::string to_string(const ValueWitness& witness);

/// A number from below the least of some numbers on (from 0, where none is negative), every one of
/// them, and `count` numbers from every interval between them and from above, rising. Empty for
/// none.
std::vector<double> representative_numbers(const std::set<double>& mentioned,
                                           std::size_t count = 1);

/// Whether a condition is nothing but a name, as an outcome such as `approved` is.
bool is_bare_name(const Expr& condition);

/// One row of a decision table: a condition and the text that it was read from.
struct DecisionRow {
  std::string_view text;
  const Expr* condition;
};

/// Tells what conditions leave open and where they overlap, as in the analysis of decision tables
/// (Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa 2016, "Semantics and Analysis of DMN
/// Decision Tables"), by trying a value from every interval between the numbers that the conditions
/// mention, every text that they mention and one other. Numbers below zero are only tried where a
/// condition mentions one: amounts, counts and durations have none.
///
/// Names that stand for outcomes (`approved`, `rejected`) exclude each other: a case has one of
/// them.
class DecisionTable {
 public:
  /// `outcomes`: which names are outcomes; `given`: conditions that every case has met before. All
  /// must outlive this.
  DecisionTable(std::span<const DecisionRow> rows, std::span<const std::string_view> outcomes,
                std::span<const DecisionRow> given = {});

  /// Whether every case was tried. False where there are too many, or where texts are compared by
  /// order; then what was found is right, and there may be more.
  bool complete() const { return complete_; }

  /// A case for which no condition is true.
  std::optional<ValueWitness> find_gap() const;

  /// A case for which both of two conditions are true.
  std::optional<ValueWitness> find_overlap(std::size_t a, std::size_t b) const;

 private:
  struct Variable {
    std::vector<std::string_view> names;  ///< one; of the outcomes all
    std::vector<NamedValue> values;
  };

  template <class Found>
  std::optional<ValueWitness> search(std::vector<std::size_t> rows, Found found) const;
  bool uses(std::size_t row, const Variable& variable) const;
  bool is_outcome(std::size_t variable) const { return has_outcomes_ && variable == 0; }
  ExprValue value_in(std::span<const std::size_t> chosen, std::string_view name) const;

  std::vector<DecisionRow> rows_;  ///< then those that are given
  std::size_t own_rows_;
  std::vector<std::vector<std::string_view>> names_;  ///< by row
  std::vector<Variable> variables_;
  bool has_outcomes_ = false;  ///< then they are the first variable
  bool complete_ = true;
};

}  // namespace gemba::inline conditions
