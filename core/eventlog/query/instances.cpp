#include "core/eventlog/query/instances.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <functional>
#include <map>
#include <utility>

namespace gemba::inline eventlog {

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

Micros time_of(const EventLog& log, std::uint32_t event) {
  return log.has_times() ? log.time[event] : no_time;
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
    Thread& thread = threads_[{log_.activity[event], name_of(event)}];
    if (transition == Transition::start) return begin(thread, event);
    if (is_completion(transition)) return complete(thread, event);
    ++out_.other_events;
    if (transition == Transition::schedule || transition == Transition::assign) {
      if (thread.scheduled == no_time) thread.scheduled = time_of(log_, event);
    } else if (thread.has_open() && transition == Transition::suspend) {
      if (thread.suspended == no_time) thread.suspended = time_of(log_, event);
    } else if (thread.has_open() && transition == Transition::resume) {
      resume(thread, event);
    }
  }

  /// Pairs, at the end of the case, a start that nothing completes with a completion without a
  /// start at the same moment: the two stand in the file the wrong way round.
  void join_turned() {
    std::vector<std::size_t> joined;
    for (const auto& [name, thread] : threads_) {
      if (!thread.unpaired || !thread.has_open() || !log_.has_times()) continue;
      const std::size_t open = thread.started.back();
      Instance& completed = out_.instances[*thread.unpaired];
      if (completed.end != out_.instances[open].start) continue;
      completed.start = completed.end;
      --out_.completes_unpaired;
      joined.push_back(open);
    }
    std::sort(joined.begin(), joined.end(), std::greater<>());
    for (const std::size_t open : joined)
      out_.instances.erase(out_.instances.begin() + static_cast<std::ptrdiff_t>(open));
  }

 private:
  /// The executions of one activity (with one `concept:instance`): a queue, as first-in first-out
  /// pairs them.
  struct Thread {
    std::vector<std::size_t> started;          ///< indices of instances, oldest first
    std::size_t completed = 0;                 ///< so many of `started`, from the front
    Micros scheduled = no_time;                ///< of the next instance
    Micros suspended = no_time;                ///< since when the oldest open instance rests
    std::optional<std::size_t> unpaired = {};  ///< the last instance that ended without a start

    bool has_open() const { return completed < started.size(); }
    std::size_t oldest() const { return started[completed]; }
  };

  std::uint32_t name_of(std::uint32_t event) const {
    return log_.instance.empty() ? StringPool::none : log_.instance[event];
  }

  void begin(Thread& thread, std::uint32_t event) {
    Instance instance = instance_at(log_, event);
    instance.start = time_of(log_, event);
    instance.scheduled = std::exchange(thread.scheduled, no_time);
    instance.open = true;
    thread.started.push_back(out_.instances.size());
    out_.instances.push_back(instance);
  }

  void complete(Thread& thread, std::uint32_t event) {
    if (!thread.has_open() || has_another_start(thread, event))
      return complete_unpaired(thread, event);
    resume(thread, event);
    Instance& open = out_.instances[thread.oldest()];
    open.end = time_of(log_, event);
    open.open = false;
    open.event = event;
    if (log_.has_resources() && log_.resource[event] != no_resource)
      open.resource = log_.resource[event];
    ++thread.completed;
  }

  /// Whether the row says itself when it began, and that is not when the open one did.
  bool has_another_start(const Thread& thread, std::uint32_t event) const {
    return log_.has_starts() && log_.start[event] != no_time &&
           log_.start[event] != out_.instances[thread.oldest()].start;
  }

  void complete_unpaired(Thread& thread, std::uint32_t event) {
    Instance instance = instance_at(log_, event);
    instance.end = time_of(log_, event);
    instance.scheduled = std::exchange(thread.scheduled, no_time);
    if (log_.has_starts() && log_.start[event] != no_time) {
      instance.start = log_.start[event];
    } else {
      ++out_.completes_unpaired;
      thread.unpaired = out_.instances.size();
    }
    out_.instances.push_back(instance);
  }

  void resume(Thread& thread, std::uint32_t event) {
    if (thread.suspended == no_time) return;
    out_.instances[thread.oldest()].suspended += time_of(log_, event) - thread.suspended;
    thread.suspended = no_time;
  }

  const EventLog& log_;
  CaseInstances& out_;
  std::map<std::pair<ActivityId, std::uint32_t>, Thread> threads_;
};

// A log with a start and an end on every row needs no pairing.
void take_rows(const EventLog& log, EventRange events, CaseInstances& out) {
  for (std::uint32_t event = events.begin; event < events.end; ++event) {
    Instance instance = instance_at(log, event);
    instance.end = time_of(log, event);
    if (log.start[event] != no_time) {
      instance.start = log.start[event];
    } else {
      ++out.completes_unpaired;
    }
    out.instances.push_back(instance);
  }
}

void put_in_order(std::vector<Instance>& instances) {
  const auto earlier = [](const Instance& a, const Instance& b) {
    return std::pair(a.moment(), a.event) < std::pair(b.moment(), b.event);
  };
  if (!std::is_sorted(instances.begin(), instances.end(), earlier)) {
    std::sort(instances.begin(), instances.end(), earlier);
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

void instances_of(const EventLog& log, EventRange events, LifecycleMode mode, CaseInstances& out) {
  assert(mode != LifecycleMode::automatic);
  out.instances.clear();
  out.completes_unpaired = 0;
  out.other_events = 0;
  if (mode == LifecycleMode::instances) {
    if (log.has_starts() && !log.has_lifecycle()) {
      take_rows(log, events, out);
    } else {
      Pairing pairing(log, out);
      for (std::uint32_t event = events.begin; event < events.end; ++event) pairing.take(event);
      pairing.join_turned();
    }
    return put_in_order(out.instances);
  }
  for (std::uint32_t event = events.begin; event < events.end; ++event) {
    if (mode == LifecycleMode::complete && !is_completion(transition_of(log, event))) {
      ++out.other_events;
      continue;
    }
    out.instances.push_back(instance_at(log, event));
    out.instances.back().end = time_of(log, event);
  }
}

std::vector<std::size_t> most_instances(const EventLog& log, LifecycleMode mode) {
  std::vector<std::size_t> most(log.activities.size(), 0);
  for (std::uint32_t event = 0; event < log.size(); ++event) {
    const Transition transition =
        mode == LifecycleMode::events ? Transition::none : transition_of(log, event);
    const bool begins = mode == LifecycleMode::instances && transition == Transition::start;
    if (begins || is_completion(transition)) ++most[log.activity[event].index()];
  }
  return most;
}

}  // namespace gemba::inline eventlog
