#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// Looks for the header of a table. Exports have titles and empty lines in front of it: it is the
/// first of some rows that names a case and an activity.
class HeaderSearch {
 public:
  /// `options` must outlive this.
  explicit HeaderSearch(const ReadOptions& options) : options_(options) {}

  /// Takes the next row; true when it is the header.
  bool take(std::span<const std::string_view> fields);

  /// Whether the header may still come.
  bool goes_on() const { return rows_ < most_rows; }

  /// The names of the header once it is found, else those of the first row, which tells what is
  /// missing.
  const std::vector<std::string>& names() const { return names_; }

  static constexpr std::size_t most_rows = 50;

 private:
  const ReadOptions& options_;
  std::vector<std::string> names_;
  std::size_t rows_ = 0;
};

/// Throws `Error` for a first row that is no header and holds a number or a time, as events do.
/// `place` says where it stands: `on its first line`.
void refuse_data_as_header(const std::vector<std::string>& row, std::string_view place,
                           const std::string& path);

}  // namespace gemba::inline eventlog
