#include <algorithm>
#include <deque>
#include <tuple>

#include "core/graph/net/workflow_net.h"

namespace gemba::inline graph {
namespace {

template <class T>
bool contains(const std::vector<T>& sorted, T value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

template <class T>
void insert(std::vector<T>& sorted, T value) {
  const auto place = std::lower_bound(sorted.begin(), sorted.end(), value);
  if (place == sorted.end() || *place != value) sorted.insert(place, value);
}

template <class T>
void remove(std::vector<T>& sorted, T value) {
  const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), value);
  sorted.erase(first, last);
}

/// Applies the rules around one place after the other, until none applies anywhere. Each rule names
/// the places whose neighbourhood it changed in a way that another rule may care about.
class Reduction {
 public:
  using Transition = ReducedNet::Transition;

  explicit Reduction(const WorkflowNet& net)
      : producers_(net.steps.size()), queued_(net.steps.size(), false) {
    net_.consumers.resize(net.steps.size());
    for (const WorkflowNet::Transition& each : net.transitions) {
      const auto leaf = static_cast<std::uint32_t>(net_.trails.size());
      net_.trails.push_back({true, leaf, 0});
      add({each.pre, each.post, leaf, each.cyclic, true});
    }
  }

  ReducedNet run() {
    for (std::size_t i = 0; i < producers_.size(); ++i) touch(PlaceId(i));
    while (!queue_.empty()) {
      const PlaceId place = queue_.front();
      queue_.pop_front();
      queued_[place.index()] = false;
      drop_idle(place);
      // Place 0 holds the case: it is none of the places that these rules remove.
      if (place == PlaceId(0) || producers(place).empty() || consumers(place).empty()) continue;
      drop_twin_places(place);
      if (!end_early(place) && !fuse_places(place)) fuse_joins(place);
    }
    return std::move(net_);
  }

 private:
  std::vector<TransitionId>& producers(PlaceId place) { return producers_[place.index()]; }
  std::vector<TransitionId>& consumers(PlaceId place) { return net_.consumers[place.index()]; }
  Transition& at(TransitionId id) { return net_.transitions[id.index()]; }

  void touch(PlaceId place) {
    if (queued_[place.index()]) return;
    queued_[place.index()] = true;
    queue_.push_back(place);
  }
  void touch(const std::vector<PlaceId>& places) {
    for (const PlaceId place : places) touch(place);
  }

  void add(Transition transition) {
    std::sort(transition.pre.begin(), transition.pre.end());
    std::sort(transition.post.begin(), transition.post.end());
    const TransitionId id(net_.transitions.size());
    for (const PlaceId place : transition.pre) insert(consumers(place), id);
    for (const PlaceId place : transition.post) insert(producers(place), id);
    net_.transitions.push_back(std::move(transition));
  }

  void drop(TransitionId id) {
    Transition& gone = at(id);
    for (const PlaceId place : gone.pre) remove(consumers(place), id);
    for (const PlaceId place : gone.post) remove(producers(place), id);
    touch(gone.pre);
    touch(gone.post);
    gone.alive = false;
  }

  std::uint32_t trail(TransitionId first, TransitionId second) {
    net_.trails.push_back({false, at(first).trail, at(second).trail});
    return static_cast<std::uint32_t>(net_.trails.size() - 1);
  }

  void take_from_post(TransitionId id, PlaceId place) {
    Transition& transition = at(id);
    remove(transition.post, place);
    remove(producers(place), id);
    touch(transition.pre);
    if (transition.post.size() == 1) touch(transition.post);
  }

  void add_to_post(TransitionId id, const std::vector<PlaceId>& places) {
    Transition& transition = at(id);
    for (const PlaceId place : places) {
      transition.post.insert(
          std::lower_bound(transition.post.begin(), transition.post.end(), place), place);
      insert(producers(place), id);
    }
    touch(places);
  }

  void take_from_pre(TransitionId id, PlaceId place) {
    remove(at(id).pre, place);
    remove(consumers(place), id);
    touch(at(id).post);
    if (at(id).pre.size() == 1) touch(at(id).pre);
  }

  void add_to_pre(TransitionId id, const std::vector<PlaceId>& places) {
    for (const PlaceId place : places) {
      insert(at(id).pre, place);
      insert(consumers(place), id);
    }
    touch(places);
  }

  /// Transitions that change nothing, and those that do the same as another.
  void drop_idle(PlaceId place) {
    std::vector<TransitionId> choices = consumers(place);
    const auto what = [&](TransitionId id) { return std::tie(at(id).pre, at(id).post); };
    std::sort(choices.begin(), choices.end(), [&](TransitionId a, TransitionId b) {
      return what(a) == what(b) ? a < b : what(a) < what(b);
    });
    const TransitionId* kept = nullptr;
    for (const TransitionId& id : choices) {
      const bool twin = kept != nullptr && what(*kept) == what(id);
      // The last choice stays, or the place would look like one where cases are stuck.
      const bool idle = at(id).pre == at(id).post && consumers(place).size() > 1;
      if (twin || idle) {
        drop(id);
      } else {
        kept = &id;
      }
    }
  }

  /// Places that get and lose their tokens together with this one.
  void drop_twin_places(PlaceId place) {
    const std::vector<PlaceId> candidates = at(consumers(place).front()).pre;
    for (const PlaceId other : candidates) {
      if (other == place || other == PlaceId(0) || consumers(other) != consumers(place) ||
          producers(other) != producers(place) || gets_two(place) || gets_two(other)) {
        continue;
      }
      const std::vector<TransitionId> before = producers(other), after = consumers(other);
      for (const TransitionId id : before) take_from_post(id, other);
      for (const TransitionId id : after) take_from_pre(id, other);
    }
  }

  bool gets_two(PlaceId place) {
    const auto& all = producers(place);
    return std::any_of(all.begin(), all.end(), [&](TransitionId id) {
      const auto& post = at(id).post;
      return std::count(post.begin(), post.end(), place) > 1;
    });
  }

  /// A place whose tokens only vanish. Its producer may let them vanish at once when the producer
  /// does nothing else; or when no case comes there again, for then a second token that would meet
  /// the first here meets it before the producer, too.
  bool end_early(PlaceId place) {
    if (consumers(place).size() != 1 || producers(place).size() != 1 || gets_two(place)) {
      return false;
    }
    const TransitionId last = consumers(place).front();
    const TransitionId before = producers(place).front();
    if (!at(last).post.empty() || at(last).pre.size() != 1) return false;
    if (at(before).post.size() > 1 && at(before).cyclic) return false;
    at(before).trail = trail(before, last);
    drop(last);
    take_from_post(before, place);
    return true;
  }

  /// Whether `fuse_places` may be applied: tokens can always leave the place, none of the choices
  /// there moves into a transition that does more, and the net does not grow.
  bool is_passage(PlaceId place) {
    const auto& in = producers(place);
    const auto& out = consumers(place);
    if ((in.size() - 1) * (out.size() - 1) > 1 || gets_two(place)) return false;
    bool all_end = true;
    for (const TransitionId id : out) {
      if (at(id).pre.size() != 1 || contains(in, id)) return false;
      if (in.size() > 1 && at(id).post.size() > 1) return false;
      all_end = all_end && at(id).post.empty();
    }
    return !all_end && (out.size() == 1 || std::all_of(in.begin(), in.end(), [&](TransitionId id) {
                          return at(id).post.size() == 1;
                        }));
  }

  /// Lets tokens pass through a place at once: each producer followed by each consumer
  /// (post-agglomeration).
  bool fuse_places(PlaceId place) {
    if (!is_passage(place)) return false;
    const std::vector<TransitionId> in = producers(place), out = consumers(place);
    if (out.size() == 1) {
      const std::vector<PlaceId> post = at(out.front()).post;
      for (const TransitionId id : in) {
        at(id).trail = trail(id, out.front());
        at(id).cyclic = at(id).cyclic || at(out.front()).cyclic;
        take_from_post(id, place);
        add_to_post(id, post);
      }
      drop(out.front());
      return true;
    }
    for (const TransitionId first : in) {
      for (const TransitionId second : out) {
        add({at(first).pre, at(second).post, trail(first, second),
             at(first).cyclic || at(second).cyclic, true});
      }
    }
    for (const TransitionId id : in) drop(id);
    for (const TransitionId id : out) drop(id);
    return true;
  }

  /// Lets a join wait for what an earlier join waits for (pre-agglomeration).
  void fuse_joins(PlaceId place) {
    if (producers(place).size() != 1) return;
    const TransitionId first = producers(place).front();
    if (at(first).post.size() != 1 || at(first).pre.size() < 2) return;
    for (const PlaceId before : at(first).pre) {
      if (consumers(before).size() != 1) return;
    }
    const std::vector<TransitionId> joins = consumers(place);
    for (const TransitionId join : joins) {
      if (at(join).pre.size() < 2 || join == first) return;
    }
    const std::vector<PlaceId> pre = at(first).pre;
    for (const TransitionId join : joins) {
      at(join).trail = trail(first, join);
      at(join).cyclic = at(join).cyclic || at(first).cyclic;
      take_from_pre(join, place);
      add_to_pre(join, pre);
    }
    drop(first);
  }

  ReducedNet net_;
  std::vector<std::vector<TransitionId>> producers_;  ///< by PlaceId, sorted
  std::vector<bool> queued_;
  std::deque<PlaceId> queue_;
};

}  // namespace

void ReducedNet::expand(TransitionId transition, std::vector<TransitionId>& sequence) const {
  std::vector<std::uint32_t> stack{transitions[transition.index()].trail};
  while (!stack.empty()) {
    const Trail& trail = trails[stack.back()];
    stack.pop_back();
    if (trail.leaf) {
      sequence.emplace_back(trail.first);
    } else {
      stack.insert(stack.end(), {trail.second, trail.first});
    }
  }
}

ReducedNet reduced(const WorkflowNet& net) { return Reduction(net).run(); }

}  // namespace gemba::inline graph
