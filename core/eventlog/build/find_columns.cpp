#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/read_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <utility>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/eventlog/build/cleaning.h"
#include "core/eventlog/build/column_names.h"
#include "core/eventlog/missing_column.h"

namespace gemba::inline eventlog {

namespace {

// A remark or unit in brackets behind a name: `创建时间(北京时间)`, `Time [UTC]`, `工单号*`.
std::string_view without_remark(std::string_view name) {
  using namespace std::string_view_literals;
  constexpr std::pair<std::string_view, std::string_view> brackets[] = {
      {"("sv, ")"sv}, {"["sv, "]"sv}, {"（"sv, "）"sv}, {"【"sv, "】"sv}, {"［"sv, "］"sv}};
  for (bool cut = true; cut;) {
    cut = false;
    name = cut_blanks(name);
    for (const auto& [open, close] : brackets) {
      const std::size_t begin = name.rfind(open);
      if (!name.ends_with(close) || begin == std::string_view::npos || begin == 0) continue;
      name = name.substr(0, begin);
      cut = true;
    }
  }
  return name;
}

// Lower case, without blanks (those of Chinese text too), line breaks, `_`, `-`, `*` and remarks in
// brackets.
std::string normalised(std::string_view name) {
  constexpr std::string_view wide_space = "\xE3\x80\x80";
  constexpr std::string_view dropped = " _-*\t\r\n";
  name = without_remark(name);
  std::string result;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name.substr(at).starts_with(wide_space)) {
      at += wide_space.size() - 1;
    } else if (dropped.find(name[at]) == std::string_view::npos) {
      result += name[at];
    }
  }
  return ascii_lower(result);
}

/// `#5`: the fifth column, counted from 1.
std::optional<std::size_t> position_in(std::string_view name, std::size_t width) {
  if (!name.starts_with('#')) return std::nullopt;
  const std::optional<double> number = number_in(name.substr(1));
  if (!number || *number < 1 || *number > static_cast<double>(width) ||
      *number != std::floor(*number))
    return std::nullopt;
  return static_cast<std::size_t>(*number) - 1;
}

std::string without_dots(std::string name) {
  std::erase(name, '.');
  return name;
}

std::string quoted_list(const std::vector<std::string>& header,
                        const std::vector<std::size_t>& which) {
  constexpr std::size_t most = 20;
  constexpr std::size_t widest = 40;
  std::vector<std::string> names;
  for (const std::size_t index : which) {
    const std::string name = truncate_to_width(printable(header[index]), widest);
    // Columns of one name are told apart by their places.
    const bool again = std::count(header.begin(), header.end(), header[index]) > 1;
    if (names.size() < most)
      names.push_back(again ? fmt::format("'{}' (#{})", name, index + 1)
                            : fmt::format("'{}'", name));
  }
  return fmt::format("{}{}", fmt::join(names, ", "), which.size() > most ? " …" : "");
}

std::string all_columns(const std::vector<std::string>& header) {
  std::vector<std::size_t> all;
  for (std::size_t index = 0; index < header.size(); ++index) {
    if (!header[index].empty()) all.push_back(index);
  }
  return quoted_list(header, all);
}

class Finder {
 public:
  Finder(const std::vector<std::string>& header, std::string path)
      : header_(header), path_(std::move(path)) {
    for (const std::string& name : header) {
      normalised_.push_back(normalised(name));
      dotless_.push_back(without_dots(normalised_.back()));
    }
  }

  // The column a user named: exactly so, else with the same letters.
  std::size_t named(std::string_view name, std::string_view what) const {
    std::vector<std::size_t> same;
    for (std::size_t index = 0; index < header_.size(); ++index) {
      if (header_[index] == name) same.push_back(index);
    }
    if (same.size() == 1) return same.front();
    if (same.size() > 1) {
      throw UsageError(fmt::format("'{}' has {} columns '{}'; name one by its place: {}", path_,
                                   same.size(), name, quoted_list(header_, same)));
    }
    if (const auto position = position_in(name, header_.size())) return *position;
    std::vector<std::size_t> alike = matching(normalised(name), normalised_);
    if (alike.empty()) alike = matching(without_dots(normalised(name)), dotless_);
    if (alike.size() == 1) return alike.front();
    const std::vector<std::string_view> candidates(header_.begin(), header_.end());
    throw MissingColumn(fmt::format("'{}' has no column '{}'{}{}; its columns are {}{}", path_,
                                    name, what.empty() ? "" : " for the ", what,
                                    all_columns(header_), did_you_mean(name, candidates)),
                        std::string(name));
  }

  std::optional<std::size_t> find(const ColumnPart& part, const std::string& wanted) const {
    if (!wanted.empty()) return named(wanted, part.what);
    // Members of JSON objects have dots in their names: `case.id`.
    std::vector<std::size_t> candidates = known_as(part, normalised_);
    if (candidates.empty()) candidates = known_as(part, dotless_);
    if (candidates.size() > 1) {
      throw UsageError(
          fmt::format("'{}' has more than one column that may be the {}: {}; choose one{}{}", path_,
                      part.what, quoted_list(header_, candidates),
                      part.flag.empty() ? " and rename the others" : " with ", part.flag));
    }
    if (candidates.empty()) return std::nullopt;
    return candidates.front();
  }

  std::size_t require(const ColumnPart& part, const std::string& wanted) const {
    const std::optional<std::size_t> index = find(part, wanted);
    if (index) return *index;
    throw Error(
        fmt::format("no column of '{}' looks like the {}; name it with {}; its columns are {}",
                    path_, part.what, part.flag, all_columns(header_)));
  }

  // Whether there is a column for a part, or more than one.
  bool has(const ColumnPart& part, std::string_view wanted) const {
    if (!wanted.empty()) return has_column(wanted.substr(0, wanted.find(',')));
    return !known_as(part, normalised_).empty() || !known_as(part, dotless_).empty();
  }

  // Whether there is a column that a user may mean by a name.
  bool has_column(std::string_view wanted) const {
    if (position_in(wanted, header_.size())) return true;
    const std::string name = normalised(wanted);
    return !matching(name, normalised_).empty() || !matching(without_dots(name), dotless_).empty();
  }

  // One column, or the several of a list `a,b` that no column is called by.
  std::vector<std::size_t> case_columns(const std::string& wanted) const {
    const bool is_list = wanted.find(',') != std::string::npos &&
                         std::find(header_.begin(), header_.end(), wanted) == header_.end();
    if (!is_list) return {require(case_part, wanted)};
    std::vector<std::size_t> found;
    for (std::size_t begin = 0; begin <= wanted.size();) {
      const std::size_t end = std::min(wanted.find(',', begin), wanted.size());
      found.push_back(named(std::string_view(wanted).substr(begin, end - begin), case_part.what));
      begin = end + 1;
    }
    return found;
  }

 private:
  static std::vector<std::size_t> matching(std::string_view name,
                                           const std::vector<std::string>& names) {
    std::vector<std::size_t> found;
    for (std::size_t index = 0; index < names.size(); ++index) {
      if (names[index] == name) found.push_back(index);
    }
    return found;
  }

  // The columns that have the name of the standard for a part, else a common one, else one that it
  // may have.
  static std::vector<std::size_t> known_as(const ColumnPart& part,
                                           const std::vector<std::string>& names) {
    std::vector<std::size_t> found = matching(part.standard, names);
    if (found.empty()) found = matching_any(part.common, names);
    if (found.empty()) found = matching_any(part.hints, names);
    return found;
  }

  static std::vector<std::size_t> matching_any(std::span<const std::string_view> wanted,
                                               const std::vector<std::string>& names) {
    std::vector<std::size_t> found;
    for (const std::string_view name : wanted) {
      const std::vector<std::size_t> more = matching(name, names);
      found.insert(found.end(), more.begin(), more.end());
    }
    std::sort(found.begin(), found.end());
    return found;
  }

  const std::vector<std::string>& header_;
  std::string path_;
  std::vector<std::string> normalised_, dotless_;
};

}  // namespace

ColumnIndexes find_columns(const std::vector<std::string>& header, const ReadOptions& options,
                           const std::string& path) {
  const Finder finder(header, path);
  const LogConfig& wanted = options.log;
  ColumnIndexes found;
  found.case_columns = finder.case_columns(wanted.case_column);
  found.activity = finder.require(activity_part, wanted.activity_column);
  found.timestamp = finder.find(timestamp_part, wanted.timestamp_column);
  found.start = finder.find(start_part, wanted.start_column);
  if (found.start && found.timestamp == found.start) {
    // The user gave the column one of the two meanings; its name suggested the other.
    (wanted.start_column.empty() ? found.start : found.timestamp).reset();
  }
  if (!found.timestamp && wanted.start_column.empty()) std::swap(found.timestamp, found.start);
  found.resource = finder.find(resource_part, wanted.resource_column);
  found.lifecycle = finder.find(lifecycle_part, wanted.lifecycle_column);
  found.instance = finder.find(instance_part, "");
  for (std::size_t at = 0; at < options.attributes.size(); ++at) {
    const std::string& name = options.attributes[at];
    const bool lacks = at >= options.optional_from &&
                       std::find(header.begin(), header.end(), name) == header.end();
    found.attributes.push_back(lacks ? no_column : finder.named(name, ""));
  }
  return found;
}

bool names_columns(const std::vector<std::string>& line, const ReadOptions& options) {
  const Finder finder(line, {});
  return finder.has(case_part, options.log.case_column) &&
         finder.has(activity_part, options.log.activity_column);
}

bool may_be_found(const std::string& name, const ReadOptions& options) {
  const std::vector<std::string> names = {name};
  const Finder finder(names, {});
  const LogConfig& log = options.log;
  const auto is_case_column = [&] {
    const std::string& wanted = log.case_column;
    for (std::size_t begin = 0; begin <= wanted.size();) {
      const std::size_t end = std::min(wanted.find(',', begin), wanted.size());
      if (finder.has(case_part, wanted.substr(begin, end - begin))) return true;
      begin = end + 1;
    }
    return finder.has_column(wanted);
  };
  return is_case_column() || finder.has(activity_part, log.activity_column) ||
         finder.has(timestamp_part, log.timestamp_column) ||
         finder.has(start_part, log.start_column) ||
         finder.has(resource_part, log.resource_column) ||
         finder.has(lifecycle_part, log.lifecycle_column) || finder.has(instance_part, "") ||
         std::any_of(options.attributes.begin(), options.attributes.end(),
                     [&](const std::string& wanted) { return finder.has_column(wanted); });
}

bool names_time(const std::vector<std::string>& line, const ReadOptions& options) {
  const Finder finder(line, {});
  return finder.has(timestamp_part, options.log.timestamp_column) ||
         finder.has(start_part, options.log.start_column);
}

void use_times_by_value(const TimeColumns& seen, const std::vector<std::string>& header,
                        const std::string& path, ColumnIndexes& found) {
  if (found.timestamp) return;
  std::vector<std::size_t> candidates;
  for (const std::size_t column : seen.found()) {
    const bool is_case = std::find(found.case_columns.begin(), found.case_columns.end(), column) !=
                         found.case_columns.end();
    if (!is_case && column != found.activity && column != found.start) candidates.push_back(column);
  }
  if (candidates.size() == 1) found.timestamp = candidates.front();
  if (candidates.size() < 2) return;
  throw UsageError(fmt::format(
      "no column of '{}' is called like the time of an event, and several hold times: {}; name the "
      "one with --timestamp",
      path, quoted_list(header, candidates)));
}

ColumnMapping mapping_of(const ColumnIndexes& found, const std::vector<std::string>& header) {
  const auto name = [&](const std::optional<std::size_t>& index) {
    return index ? header[*index] : "";
  };
  std::vector<std::string> case_columns;
  for (const std::size_t index : found.case_columns) case_columns.push_back(header[index]);
  return {.case_columns = std::move(case_columns),
          .activity = header[found.activity],
          .timestamp = name(found.timestamp),
          .start = name(found.start),
          .resource = name(found.resource),
          .lifecycle = name(found.lifecycle),
          .instance = name(found.instance)};
}

}  // namespace gemba::inline eventlog
