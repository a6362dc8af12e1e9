#include "core/eventlog/build/table_header.h"

#include <fmt/format.h>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/build/cleaning.h"
#include "core/eventlog/build/find_columns.h"
#include "core/time/timestamp.h"

namespace gemba::inline eventlog {

bool HeaderSearch::take(std::span<const std::string_view> fields) {
  std::vector<std::string> names;
  for (const std::string_view field : fields) names.emplace_back(cut_blanks(field));
  const bool is_header = names_columns(names, options_);
  if (is_header || rows_ == 0) names_ = std::move(names);
  ++rows_;
  return is_header;
}

void refuse_data_as_header(const std::vector<std::string>& row, std::string_view place,
                           const std::string& path) {
  TimestampReader times;
  for (const std::string& field : row) {
    if (!number_in(field) && !times.read(field)) continue;
    throw Error(
        fmt::format("'{}' has no header that names a case and an activity, and '{}' {} looks like "
                    "data; name the columns of a file without a header with --columns, for example "
                    "--columns case,activity,timestamp",
                    path, printable(field), place));
  }
}

}  // namespace gemba::inline eventlog
