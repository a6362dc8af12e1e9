#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/log_builder.h"

namespace gemba::inline eventlog {

/// Gives the fields of a row their meaning by the columns that they stand in.
class EventFields {
 public:
  using Fields = std::span<const std::string_view>;

  /// `columns` must outlive this.
  explicit EventFields(const ColumnIndexes& columns)
      : columns_(columns), attributes_(columns.attributes.size()) {}

  /// The event of a row. Valid until the next call, and as long as the fields.
  RawEvent event(Fields fields) {
    const auto field = [&](const std::optional<std::size_t>& index) {
      return index ? fields[*index] : std::string_view();
    };
    for (std::size_t index = 0; index < attributes_.size(); ++index) {
      attributes_[index] = field_at(fields, columns_.attributes[index]);
    }
    return {.case_id = case_id(fields, joined_),
            .activity = fields[columns_.activity],
            .timestamp = field(columns_.timestamp),
            .start = field(columns_.start),
            .resource = field(columns_.resource),
            .lifecycle = field(columns_.lifecycle),
            .instance = field(columns_.instance),
            .attributes = attributes_};
  }

  /// The case of a row, put together in `joined` where several columns make it up. A row that
  /// misses one part of its case id names no case.
  std::string_view case_id(Fields fields, std::string& joined) const {
    if (columns_.case_columns.size() == 1) return fields[columns_.case_columns.front()];
    constexpr std::string_view separator = " · ";
    joined.clear();
    for (const std::size_t index : columns_.case_columns) {
      if (fields[index].empty()) return {};
      if (!joined.empty()) joined += separator;
      joined += fields[index];
    }
    return joined;
  }

 private:
  const ColumnIndexes& columns_;
  std::string joined_;
  std::vector<std::string_view> attributes_;
};

}  // namespace gemba::inline eventlog
