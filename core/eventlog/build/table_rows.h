#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/eventlog/build/event_fields.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_builder.h"

namespace gemba::inline eventlog {

/// Gives the fields of the rows of a table their meaning and hands them on, some at a time.
class TableRows {
 public:
  /// Both must outlive this.
  TableRows(const ColumnIndexes& columns, LogBuilder& builder)
      : columns_(columns), fields_(columns), builder_(builder) {
    batch_.attributes.resize(columns.attributes.size());
  }

  /// Takes a row that has a field for every column. Its texts have to stay until there are no
  /// `waiting` rows.
  void take(std::span<const std::string_view> fields, std::uint64_t line) {
    const std::size_t at = batch_.size++;
    batch_.line[at] = line;
    batch_.case_id[at] = fields_.case_id(fields, joined_[at]);
    batch_.activity[at] = fields[columns_.activity];
    const auto put = [&](EventBatch::Texts& texts, const std::optional<std::size_t>& index) {
      if (index) texts[at] = fields[*index];
    };
    put(batch_.timestamp, columns_.timestamp);
    put(batch_.start, columns_.start);
    put(batch_.resource, columns_.resource);
    put(batch_.lifecycle, columns_.lifecycle);
    put(batch_.instance, columns_.instance);
    for (std::size_t index = 0; index < columns_.attributes.size(); ++index)
      batch_.attributes[index][at] = field_at(fields, columns_.attributes[index]);
    if (batch_.size == EventBatch::capacity) flush();
  }

  /// Counts a row that could not be read, behind those that wait.
  void bad_row(std::uint64_t line, std::string reason) {
    flush();
    builder_.bad_row(line, std::move(reason));
  }

  /// Rows that are not handed on yet.
  std::size_t waiting() const { return batch_.size; }

  /// Hands on all rows that wait.
  void flush() {
    builder_.add(batch_);
    batch_.size = 0;
  }

 private:
  const ColumnIndexes& columns_;
  EventFields fields_;
  LogBuilder& builder_;
  EventBatch batch_;
  std::array<std::string, EventBatch::capacity> joined_;  ///< cases of several columns
};

}  // namespace gemba::inline eventlog
