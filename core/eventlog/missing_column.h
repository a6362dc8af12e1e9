#pragma once
#include <string>
#include <utility>

#include "core/base/error.h"

namespace gemba::inline eventlog {

/// A column that was asked for by name, and that a log does not have.
class MissingColumn : public UsageError {
 public:
  MissingColumn(const std::string& message, std::string column)
      : UsageError(message), column_(std::move(column)) {}

  /// The name that was asked for.
  const std::string& column() const { return column_; }

 private:
  std::string column_;
};

}  // namespace gemba::inline eventlog
