#include "core/replay/groups/segments.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/eventlog/query/selection.h"
#include "core/replay/cases/each_case.h"

namespace gemba::inline replay {
namespace {

/// The groups in order: most cases first, those of equal ones by name, the last one last.
std::vector<std::uint32_t> order_of(const std::vector<GroupProfile>& groups) {
  std::vector<std::uint32_t> order(groups.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end() - 1, [&](std::uint32_t a, std::uint32_t b) {
    return groups[a].cases != groups[b].cases ? groups[a].cases > groups[b].cases
                                              : groups[a].name < groups[b].name;
  });
  std::erase_if(order, [&](std::uint32_t group) {
    return groups[group].cases == 0 && groups[group].instances == 0;
  });
  return order;
}

}  // namespace

SegmentCollector::SegmentCollector(const EventLog& log, const CaseData& data, std::string column)
    : log_(log), data_(data), column_(std::move(column)) {
  const bool is_resource = column_ == resource_word && log.has_resources();
  for (std::size_t i = 0; i < log.attributes.size() && !is_resource; ++i) {
    const AttributeColumn& each = log.attributes[i];
    if (each.name == column_ && each.values.size() > 0) attribute_ = i;
  }
  if (!attribute_ && !is_resource) {
    throw UsageError(fmt::format("--by {}: the log has no {}", column_,
                                 column_ == resource_word
                                     ? "resources; name their column with --resource"
                                     : "values in that column"));
  }
  if (values() > most_values) {
    throw UsageError(fmt::format(
        "--by {} would split the log into {} groups; choose a column with at most {} values",
        column_, values(), most_values));
  }
  by_case_ = attribute_ && is_case_level(log, log.attributes[*attribute_]);
  groups_.emplace(values() + 1, log.case_count());
}

std::size_t SegmentCollector::values() const {
  return attribute_ ? log_.attributes[*attribute_].values.size() : log_.resources.size();
}

std::size_t SegmentCollector::group_of(CaseId id, const Instance& instance) const {
  const std::uint32_t number =
      attribute_ ? data_.number_at(*attribute_, id, instance.event) : instance.resource.value;
  return number == StringPool::none ? values() : number;
}

void SegmentCollector::add(CaseId id, const std::vector<Instance>& instances,
                           const ActivityMap& map, std::span<const InstanceTiming> timings) {
  if (by_case_) {
    const auto own = extent(instances);
    const std::size_t group = group_of(id, instances.front());
    groups_->add_case(group, id, own ? std::optional(own->second - own->first) : std::nullopt);
  }
  for (std::size_t at = 0; at < instances.size(); ++at) {
    const std::size_t group = group_of(id, instances[at]);
    if (!by_case_) groups_->touch(group, id);
    const auto step = map.step_of[instances[at].activity.index()];
    if (step) groups_->add_instance(group, id, *step, instances[at], timings[at]);
  }
}

Segments SegmentCollector::result(const std::vector<StepProfile>& totals) {
  LogSplit split = groups_->result(totals);
  for (std::size_t i = 0; i + 1 < split.groups.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(i);
    split.groups[i].name =
        attribute_ ? log_.attributes[*attribute_].values[number] : log_.resources[number];
  }
  Segments segments{.column = column_, .by_case = by_case_};
  const std::vector<std::uint32_t> order = order_of(split.groups);
  std::vector<std::uint32_t> place(split.groups.size(), no_group);
  for (std::size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = static_cast<std::uint32_t>(i);
    segments.split.groups.push_back(std::move(split.groups[order[i]]));
  }
  segments.has_unnamed = !order.empty() && order.back() + 1 == split.groups.size();
  segments.split.group_of_case = std::move(split.group_of_case);
  for (std::uint32_t& group : segments.split.group_of_case)
    if (group != no_group) group = place[group];
  return segments;
}

}  // namespace gemba::inline replay
