#include "core/graph/net/markings.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_set>

namespace gemba::inline graph {
namespace {

class Search {
 public:
  Search(const ReducedNet& net, std::size_t most)
      : net_(net), most_(most), known_(16, Hash{result_}, Same{result_}) {}

  Markings run() {
    visit({PlaceId(0)}, 0, TransitionId());
    for (std::uint32_t node = 0; node < result_.nodes.size() && result_.complete; ++node) {
      leave(node, result_.at(node));
    }
    return std::move(result_);
  }

 private:
  struct Hash {
    const Markings& all;
    std::size_t operator()(std::uint32_t node) const {
      std::size_t hash = 14695981039346656037ULL;  // FNV-1a by place
      for (std::size_t i = begin(all, node); i < end(all, node); ++i) {
        hash = (hash ^ all.places[i].index()) * 1099511628211ULL;
      }
      return hash ^ (hash >> 29);
    }
  };
  struct Same {
    const Markings& all;
    bool operator()(std::uint32_t a, std::uint32_t b) const {
      const auto place = [&](std::size_t i) {
        return all.places.begin() + static_cast<std::ptrdiff_t>(i);
      };
      return std::equal(place(begin(all, a)), place(end(all, a)), place(begin(all, b)),
                        place(end(all, b)));
    }
  };
  static std::size_t begin(const Markings& all, std::uint32_t node) {
    return all.nodes[node].begin;
  }
  static std::size_t end(const Markings& all, std::uint32_t node) {
    return node + 1 < all.nodes.size() ? all.nodes[node + 1].begin : all.places.size();
  }

  void visit(const std::vector<PlaceId>& marking, std::uint32_t parent, TransitionId via) {
    const std::size_t begin = result_.places.size();
    const auto node = static_cast<std::uint32_t>(result_.nodes.size());
    result_.nodes.push_back({parent, via, begin});
    result_.places.insert(result_.places.end(), marking.begin(), marking.end());
    const bool is_new = known_.find(node) == known_.end();
    if (is_new && node < most_) {
      known_.insert(node);
      return;
    }
    result_.complete = result_.complete && !is_new;
    result_.nodes.pop_back();
    result_.places.resize(begin);
  }

  void leave(std::uint32_t node, const std::vector<PlaceId>& marking) {
    bool stuck = !marking.empty();
    for (const PlaceId place : marking) {
      for (const TransitionId id : net_.consumers[place.index()]) {
        const auto& transition = net_.transitions[id.index()];
        if (transition.pre.front() != place) continue;
        if (!std::includes(marking.begin(), marking.end(), transition.pre.begin(),
                           transition.pre.end())) {
          continue;
        }
        stuck = false;
        fire(node, marking, id);
        if (!result_.complete) return;
      }
    }
    if (stuck) result_.dead.push_back(node);
  }

  void fire(std::uint32_t node, const std::vector<PlaceId>& marking, TransitionId id) {
    const auto& transition = net_.transitions[id.index()];
    std::vector<PlaceId> left, next;
    std::set_difference(marking.begin(), marking.end(), transition.pre.begin(),
                        transition.pre.end(), std::back_inserter(left));
    std::merge(left.begin(), left.end(), transition.post.begin(), transition.post.end(),
               std::back_inserter(next));
    const auto twice = std::adjacent_find(next.begin(), next.end());
    if (twice == next.end()) return visit(next, node, id);
    if (met_.insert({id, *twice}).second) result_.meetings.emplace_back(node, id);
  }

  const ReducedNet& net_;
  std::size_t most_;
  Markings result_;
  std::unordered_set<std::uint32_t, Hash, Same> known_;
  std::set<std::pair<TransitionId, PlaceId>> met_;
};

}  // namespace

std::vector<PlaceId> Markings::at(std::uint32_t node) const {
  const std::size_t end = node + 1 < nodes.size() ? nodes[node + 1].begin : places.size();
  return {places.begin() + static_cast<std::ptrdiff_t>(nodes[node].begin),
          places.begin() + static_cast<std::ptrdiff_t>(end)};
}

std::vector<TransitionId> Markings::sequence(const ReducedNet& net, std::uint32_t node) const {
  std::vector<TransitionId> fired;
  for (; node != 0; node = nodes[node].parent) fired.push_back(nodes[node].via);
  std::reverse(fired.begin(), fired.end());
  std::vector<TransitionId> all;
  for (const TransitionId id : fired) net.expand(id, all);
  return all;
}

Markings explore(const ReducedNet& net, std::size_t most) { return Search(net, most).run(); }

}  // namespace gemba::inline graph
