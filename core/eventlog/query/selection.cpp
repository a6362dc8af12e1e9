#include "core/eventlog/query/selection.h"

#include <algorithm>

namespace gemba::inline eventlog {

namespace {

constexpr std::uint32_t none = StringPool::none;

// The only number that a case's events have, or none; no value where they have several.
std::optional<std::uint32_t> number_of_case(const AttributeColumn& attribute, EventRange events) {
  std::uint32_t found = none;
  for (std::uint32_t event = events.begin; event < events.end; ++event) {
    const std::uint32_t number = attribute.number_of_event[event];
    if (number == none || number == found) continue;
    if (found != none) return std::nullopt;
    found = number;
  }
  return found;
}

template <class Value>
void take(LargeVector<Value>& to, const LargeVector<Value>& from,
          std::span<const std::uint32_t> events) {
  if (from.empty()) return;
  to.reserve(events.size());
  for (const std::uint32_t event : events) to.push_back(from[event]);
}

/// The attributes that a condition names, with their values.
class Comparison {
 public:
  Comparison(const EventLog& log, const Expr& condition) : log_(log), condition_(condition) {
    for (const std::string_view name : names_in(condition)) {
      for (const AttributeColumn& attribute : log.attributes) {
        if (attribute.name == name) used_.push_back({&attribute, ColumnNumbers(attribute), none});
      }
    }
  }

  bool speaks_of_cases() const {
    return std::all_of(used_.begin(), used_.end(),
                       [&](const Used& used) { return is_case_level(log_, *used.attribute); });
  }

  bool holds_for_case(EventRange events) {
    return holds(
        [&](const AttributeColumn& attribute) { return *number_of_case(attribute, events); });
  }

  bool holds_for_event(std::uint32_t event) {
    return holds(
        [&](const AttributeColumn& attribute) { return attribute.number_of_event[event]; });
  }

  /// What is compared with a number, and is none.
  std::vector<UnreadNumbers> unread() const {
    std::vector<UnreadNumbers> found;
    for (const Used& used : used_) {
      if (!compares_with_number(condition_, used.attribute->name)) continue;
      if (auto unread = unread_numbers(log_, *used.attribute)) found.push_back(*std::move(unread));
    }
    return found;
  }

 private:
  struct Used {
    const AttributeColumn* attribute;
    ColumnNumbers numbers;
    std::uint32_t number;  ///< of the value looked at
  };

  // Neighbouring events mostly have the same values: only others are looked at.
  template <class NumberOf>
  bool holds(const NumberOf& number_of) {
    bool same = known_;
    for (Used& used : used_) {
      const std::uint32_t number = number_of(*used.attribute);
      same = same && number == used.number;
      used.number = number;
    }
    if (same) return last_;
    last_ = evaluate(condition_, [&](std::string_view name) { return value(name); }) == true;
    known_ = true;
    return last_;
  }

  ExprValue value(std::string_view name) const {
    const auto used = std::find_if(used_.begin(), used_.end(),
                                   [&](const Used& each) { return each.attribute->name == name; });
    return used == used_.end() ? ExprValue() : used->numbers.value_of(used->number);
  }

  const EventLog& log_;
  const Expr& condition_;
  std::vector<Used> used_;
  bool known_ = false;
  bool last_ = false;
};

}  // namespace

bool is_case_level(const EventLog& log, const AttributeColumn& attribute) {
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    if (!number_of_case(attribute, log.events_of(CaseId(id)))) return false;
  }
  return true;
}

std::optional<double> first_number(const AttributeColumn& attribute, const ColumnNumbers& numbers,
                                   EventRange events) {
  for (std::uint32_t event = events.begin; event < events.end; ++event) {
    if (const auto found = numbers[attribute.number_of_event[event]]) return found;
  }
  return std::nullopt;
}

EventLog select_events(const EventLog& log, std::span<const std::uint32_t> events) {
  EventLog selected;
  selected.path = log.path;
  selected.format = log.format;
  selected.encoding = log.encoding;
  selected.columns = log.columns;
  selected.available = log.available;
  selected.timezone = log.timezone;
  selected.date_order = log.date_order;
  selected.activities = log.activities;
  selected.resources = log.resources;
  selected.instance_names = log.instance_names;
  selected.quality = log.quality;
  selected.changes = log.changes;
  take(selected.activity, log.activity, events);
  take(selected.time, log.time, events);
  take(selected.start, log.start, events);
  take(selected.resource, log.resource, events);
  take(selected.transition, log.transition, events);
  take(selected.instance, log.instance, events);
  for (const AttributeColumn& attribute : log.attributes) {
    selected.attributes.push_back({attribute.name, attribute.values, {}, attribute.first_lines});
    take(selected.attributes.back().number_of_event, attribute.number_of_event, events);
  }
  std::uint32_t at = 0;
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    const std::uint32_t begin = at;
    while (at < events.size() && events[at] < log.first[id + 1]) ++at;
    if (at == begin) continue;
    selected.cases.add(log.name(CaseId(id)));
    selected.first.push_back(at);
  }
  return selected;
}

Matches find_matches(const EventLog& log, const Expr& condition) {
  Comparison comparison(log, condition);
  Matches matches;
  matches.by_case = comparison.speaks_of_cases();
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    const EventRange events = log.events_of(CaseId(id));
    const bool whole = matches.by_case && !events.empty() && comparison.holds_for_case(events);
    for (std::uint32_t event = events.begin; event < events.end; ++event) {
      if (matches.by_case ? whole : comparison.holds_for_event(event))
        matches.events.push_back(event);
    }
  }
  matches.unread = comparison.unread();
  return matches;
}

std::vector<EventGroup> group_events(const EventLog& log, const AttributeColumn& attribute) {
  const std::size_t values = attribute.values.size();
  std::vector<EventGroup> groups(values + 1);
  for (std::uint32_t number = 0; number < values; ++number)
    groups[number].value = attribute.values[number];
  const bool by_case = is_case_level(log, attribute);
  for (std::size_t id = 0; id < log.case_count(); ++id) {
    const EventRange events = log.events_of(CaseId(id));
    const std::uint32_t of_case = by_case ? *number_of_case(attribute, events) : none;
    for (std::uint32_t event = events.begin; event < events.end; ++event) {
      const std::uint32_t number = by_case ? of_case : attribute.number_of_event[event];
      groups[number == none ? values : number].events.push_back(event);
    }
  }
  std::erase_if(groups, [](const EventGroup& group) { return group.events.empty(); });
  std::sort(groups.begin(), groups.end(), [](const EventGroup& a, const EventGroup& b) {
    if (a.value.has_value() != b.value.has_value()) return a.value.has_value();
    if (a.events.size() != b.events.size()) return a.events.size() > b.events.size();
    return a.value < b.value;
  });
  return groups;
}

}  // namespace gemba::inline eventlog
