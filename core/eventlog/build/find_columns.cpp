#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/read_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/eventlog/missing_column.h"

namespace gemba::inline eventlog {

namespace {

/// One part of an event, the option that names its column, and the normalised names it is known by.
struct Part {
  std::string_view what;
  std::string_view flag;
  std::string_view standard;
  std::span<const std::string_view> common;
};

constexpr std::string_view case_names[] = {"caseid",
                                           "case",
                                           "casenumber",
                                           "caseno",
                                           "ticketid",
                                           "ticket",
                                           "ticketnumber",
                                           "ticketno",
                                           "traceid",
                                           "processinstanceid",
                                           "processinstance",
                                           "workorderid",
                                           "工单号",
                                           "工单编号",
                                           "工单id",
                                           "工单",
                                           "案件号",
                                           "案件编号",
                                           "案例编号",
                                           "案例号",
                                           "案例id",
                                           "案例",
                                           "流程实例",
                                           "流程实例id",
                                           "流程编号",
                                           "实例编号",
                                           "单号"};
constexpr std::string_view activity_names[] = {
    "activity", "activityname", "activityid", "event", "eventname", "task", "taskname", "step",
    "stepname", "action",       "operation",  "环节",  "环节名称",  "节点", "节点名称", "活动",
    "活动名称", "步骤",         "步骤名称",   "任务",  "任务名称",  "操作", "操作名称", "事件"};
constexpr std::string_view timestamp_names[] = {
    "timestamp",    "completetimestamp", "completetime", "completiontime", "completed",
    "endtimestamp", "endtime",           "end",          "eventtime",      "time",
    "datetime",     "finishtime",        "时间",         "时间戳",         "结束时间",
    "完成时间",     "操作时间",          "发生时间",     "处理时间"};
constexpr std::string_view start_names[] = {"starttimestamp", "starttime",  "start",
                                            "begintime",      "begin",      "started",
                                            "开始时间",       "开始时间戳", "起始时间"};
constexpr std::string_view resource_names[] = {
    "resource", "user",    "username", "agent",  "performer", "employee", "operator",
    "assignee", "handler", "处理人",   "操作人", "经办人",    "执行人",   "办理人",
    "处理人员", "操作员",  "资源",     "员工",   "坐席",      "客服"};
constexpr std::string_view lifecycle_names[] = {"lifecycle", "lifecycletransition", "transition",
                                                "生命周期"};
constexpr std::string_view instance_names[] = {"activityinstance", "activityinstanceid",
                                               "conceptinstance"};

constexpr Part case_part{"case", "--case", "case:concept:name", case_names};
constexpr Part activity_part{"activity", "--activity", "concept:name", activity_names};
constexpr Part timestamp_part{"timestamp", "--timestamp", "time:timestamp", timestamp_names};
constexpr Part start_part{"start time", "--start", "starttimestamp", start_names};
constexpr Part resource_part{"resource", "--resource", "org:resource", resource_names};
constexpr Part lifecycle_part{"lifecycle transition", "--lifecycle-column", "lifecycle:transition",
                              lifecycle_names};
constexpr Part instance_part{"activity instance", "", "concept:instance", instance_names};

// Lower case, without spaces (those of Chinese text too), `_` and `-`.
std::string normalised(std::string_view name) {
  constexpr std::string_view wide_space = "\xE3\x80\x80";
  std::string result;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (name.substr(at).starts_with(wide_space)) {
      at += wide_space.size() - 1;
    } else if (name[at] != ' ' && name[at] != '_' && name[at] != '-') {
      result += name[at];
    }
  }
  return ascii_lower(result);
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
    if (names.size() < most)
      names.push_back(fmt::format("'{}'", truncate_to_width(printable(header[index]), widest)));
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
    for (std::size_t index = 0; index < header_.size(); ++index) {
      if (header_[index] == name) return index;
    }
    std::vector<std::size_t> alike = matching(normalised(name), normalised_);
    if (alike.empty()) alike = matching(without_dots(normalised(name)), dotless_);
    if (alike.size() == 1) return alike.front();
    const std::vector<std::string_view> candidates(header_.begin(), header_.end());
    throw MissingColumn(fmt::format("'{}' has no column '{}'{}{}; its columns are {}{}", path_,
                                    name, what.empty() ? "" : " for the ", what,
                                    all_columns(header_), did_you_mean(name, candidates)),
                        std::string(name));
  }

  std::optional<std::size_t> find(const Part& part, const std::string& wanted) const {
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

  std::size_t require(const Part& part, const std::string& wanted) const {
    const std::optional<std::size_t> index = find(part, wanted);
    if (index) return *index;
    throw Error(
        fmt::format("no column of '{}' looks like the {}; name it with {}; its columns are {}",
                    path_, part.what, part.flag, all_columns(header_)));
  }

  // Whether there is a column for a part, or more than one.
  bool has(const Part& part, std::string_view wanted) const {
    if (!wanted.empty()) return has_column(wanted.substr(0, wanted.find(',')));
    return !known_as(part, normalised_).empty() || !known_as(part, dotless_).empty();
  }

  // Whether there is a column that a user may mean by a name.
  bool has_column(std::string_view wanted) const {
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

  // The columns that have the name of the standard for a part, else a common one.
  static std::vector<std::size_t> known_as(const Part& part,
                                           const std::vector<std::string>& names) {
    std::vector<std::size_t> found = matching(part.standard, names);
    if (!found.empty()) return found;
    for (const std::string_view name : part.common) {
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
