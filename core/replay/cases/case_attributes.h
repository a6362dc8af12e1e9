#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/conditions/expression.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/query/column_numbers.h"
#include "core/model/process.h"

namespace gemba::inline replay {

/// Adds the name of a column, also as an attribute of XES traces, unless it is there.
void add_column(std::string_view name, std::vector<std::string>& names);

/// The columns of a log in which the data of a process may stand that its cases are judged by: the
/// amounts of approvals and what conditions name. Each once; a datum by its id and its name, and
/// as an attribute of XES traces.
std::vector<std::string> data_columns(const Process& process);

/// The values that a log has for the data of a process. A column belongs to the datum that is
/// called like it, by id or by name.
class CaseData {
 public:
  /// Keeps references to both.
  CaseData(const Process& process, const EventLog& log)
      : process_(process), log_(log), numbers_(log.attributes.size()) {}

  /// Reads the values of a column as numbers, once; before `value_of` and `amount_at` are asked of
  /// it.
  void read_numbers(std::size_t column) {
    if (!numbers_[column]) numbers_[column].emplace(log_.attributes[column]);
  }

  /// Position in `EventLog::attributes` of the column of a name that a condition uses, usually the
  /// id of a datum; none when the log has no value for it.
  std::optional<std::size_t> find_column(std::string_view name) const;

  /// The value that a case has in a column at one of its events, the last one up to it, else the
  /// first one behind it: its number in the column's pool, or `StringPool::none`.
  std::uint32_t number_at(std::size_t column, CaseId id, std::uint32_t event) const;

  /// Whether all events of a case say the same in a column: then the case has one value there.
  bool is_constant(std::size_t column, CaseId id) const;

  /// A value of a column for a condition; nothing for `StringPool::none`.
  ExprValue value_of(std::size_t column, std::uint32_t number) const {
    return numbers_[column]->value_of(number);
  }

  /// The value as a number, as people write them; none where it is none.
  std::optional<double> amount_at(std::size_t column, CaseId id, std::uint32_t event) const {
    return (*numbers_[column])[number_at(column, id, event)];
  }

 private:
  const Process& process_;
  const EventLog& log_;
  std::vector<std::optional<ColumnNumbers>> numbers_;  ///< by column
};

}  // namespace gemba::inline replay
