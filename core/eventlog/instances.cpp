#include "core/eventlog/instances.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace gemba {

namespace {

constexpr std::array<std::pair<LifecycleMode, std::string_view>, 4> words = {{
    {LifecycleMode::automatic, "auto"},
    {LifecycleMode::events, "events"},
    {LifecycleMode::instances, "instances"},
    {LifecycleMode::complete, "complete"},
}};

Transition transition_of(const EventLog& log, std::uint32_t event) {
  return log.has_lifecycle() ? log.transition[event] : Transition::none;
}

bool is_completion(Transition transition) {
  return transition == Transition::complete || transition == Transition::none;
}

std::optional<Micros> time_of(const EventLog& log, std::uint32_t event) {
  if (!log.has_times()) return std::nullopt;
  return log.time[event];
}

Instance instance_at(const EventLog& log, std::uint32_t event) {
  Instance instance;
  instance.activity = log.activity[event];
  if (log.has_resources()) instance.resource = log.resource[event];
  instance.event = event;
  return instance;
}

/// Pairs the start and complete events of one case.
class Pairing {
 public:
  Pairing(const EventLog& log, CaseInstances& out) : log_(log), out_(out) {}

  void take(std::uint32_t event) {
    const Transition transition = transition_of(log_, event);
    if (transition == Transition::start) return begin(event);
    if (is_completion(transition)) return complete(event);
    ++out_.other_events;
    Instance* open = find_open(event);
    if (transition == Transition::schedule || transition == Transition::assign) {
      schedule(event);
    } else if (open != nullptr && transition == Transition::suspend) {
      suspended_since_[index_of(open)] = time_of(log_, event);
    } else if (open != nullptr && transition == Transition::resume) {
      resume(*open, event);
    }
  }

 private:
  std::uint32_t name_of(std::uint32_t event) const {
    return log_.instance.empty() ? StringPool::none : log_.instance[event];
  }

  std::size_t index_of(const Instance* instance) const {
    return static_cast<std::size_t>(instance - out_.instances.data());
  }

  // The oldest open instance of the activity, of the same `concept:instance` where the event has
  // one.
  Instance* find_open(std::uint32_t event) {
    for (const std::size_t index : open_) {
      Instance& instance = out_.instances[index];
      if (instance.activity == log_.activity[event] && name_of(instance.event) == name_of(event)) {
        return &instance;
      }
    }
    return nullptr;
  }

  void begin(std::uint32_t event) {
    Instance instance = instance_at(log_, event);
    instance.start = time_of(log_, event);
    instance.scheduled = take_schedule(event);
    instance.open = true;
    open_.push_back(out_.instances.size());
    add(instance);
  }

  void complete(std::uint32_t event) {
    Instance* open = find_open(event);
    if (open == nullptr) return complete_unpaired(event);
    open_.erase(std::find(open_.begin(), open_.end(), index_of(open)));
    resume(*open, event);
    open->end = time_of(log_, event);
    open->open = false;
    open->event = event;
    if (log_.has_resources() && log_.resource[event] != no_resource)
      open->resource = log_.resource[event];
  }

  void complete_unpaired(std::uint32_t event) {
    Instance instance = instance_at(log_, event);
    instance.end = time_of(log_, event);
    instance.scheduled = take_schedule(event);
    if (log_.has_starts() && log_.start[event] != no_time) {
      instance.start = log_.start[event];
    } else {
      ++out_.completes_unpaired;
    }
    add(instance);
  }

  void resume(Instance& instance, std::uint32_t event) {
    std::optional<Micros>& since = suspended_since_[index_of(&instance)];
    const std::optional<Micros> now = time_of(log_, event);
    if (since && now) instance.suspended += *now - *since;
    since.reset();
  }

  void schedule(std::uint32_t event) {
    const std::optional<Micros> moment = time_of(log_, event);
    const auto same = [&](const auto& entry) { return entry.first == log_.activity[event]; };
    if (moment && std::none_of(scheduled_.begin(), scheduled_.end(), same)) {
      scheduled_.emplace_back(log_.activity[event], *moment);
    }
  }

  std::optional<Micros> take_schedule(std::uint32_t event) {
    for (auto entry = scheduled_.begin(); entry != scheduled_.end(); ++entry) {
      if (entry->first != log_.activity[event]) continue;
      const Micros moment = entry->second;
      scheduled_.erase(entry);
      return moment;
    }
    return std::nullopt;
  }

  void add(const Instance& instance) {
    out_.instances.push_back(instance);
    suspended_since_.emplace_back();
  }

  const EventLog& log_;
  CaseInstances& out_;
  std::vector<std::size_t> open_;                       ///< indices of open instances, oldest first
  std::vector<std::optional<Micros>> suspended_since_;  ///< by instance
  std::vector<std::pair<ActivityId, Micros>>
      scheduled_;  ///< waiting for their instance, oldest first
};

void put_in_order(std::vector<Instance>& instances) {
  const auto earlier = [](const Instance& a, const Instance& b) { return a.moment() < b.moment(); };
  if (!std::is_sorted(instances.begin(), instances.end(), earlier)) {
    std::stable_sort(instances.begin(), instances.end(), earlier);
  }
}

}  // namespace

std::string_view to_string(LifecycleMode mode) {
  return std::find_if(words.begin(), words.end(),
                      [&](const auto& entry) { return entry.first == mode; })
      ->second;
}

std::optional<LifecycleMode> lifecycle_mode(std::string_view word) {
  for (const auto& [mode, name] : words) {
    if (name == word) return mode;
  }
  return std::nullopt;
}

LifecycleMode resolve(LifecycleMode mode, const EventLog& log) {
  if (mode != LifecycleMode::automatic) return mode;
  const auto occurs = [&](Transition wanted) {
    return std::find(log.transition.begin(), log.transition.end(), wanted) != log.transition.end();
  };
  const bool paired = occurs(Transition::start) && occurs(Transition::complete);
  return log.has_starts() || paired ? LifecycleMode::instances : LifecycleMode::events;
}

bool is_interval(LifecycleMode mode, const EventLog& log) {
  if (mode != LifecycleMode::instances || !log.has_times()) return false;
  return log.has_starts() || std::find(log.transition.begin(), log.transition.end(),
                                       Transition::start) != log.transition.end();
}

void instances_of(const EventLog& log, std::span<const std::uint32_t> events, LifecycleMode mode,
                  CaseInstances& out) {
  assert(mode != LifecycleMode::automatic);
  out.instances.clear();
  out.completes_unpaired = 0;
  out.other_events = 0;
  if (mode == LifecycleMode::instances) {
    Pairing pairing(log, out);
    for (const std::uint32_t event : events) pairing.take(event);
    return put_in_order(out.instances);
  }
  for (const std::uint32_t event : events) {
    if (mode == LifecycleMode::complete && !is_completion(transition_of(log, event))) {
      ++out.other_events;
      continue;
    }
    Instance instance = instance_at(log, event);
    instance.end = time_of(log, event);
    out.instances.push_back(instance);
  }
}

}  // namespace gemba
