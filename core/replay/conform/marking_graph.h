#pragma once
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/model/labelled_net.h"

namespace gemba::inline replay {

/// The markings of a net, each with a number, found as they are asked for.
class MarkingGraph {
 public:
  static constexpr std::int32_t never = -1;

  struct Edge {
    std::uint32_t label;  ///< or `LabelledNet::silent`
    std::uint32_t to;     ///< number of the marking that follows
  };

  /// Lists all markings when there are at most `most`.
  MarkingGraph(LabelledNet net, std::size_t most);

  /// Number of the initial marking.
  std::uint32_t initial() const { return 0; }

  bool is_final(std::uint32_t marking) const { return markings_[marking] == net_.final; }

  /// What can happen in a marking. Valid until the next call.
  std::span<const Edge> edges(std::uint32_t marking);

  /// A lower bound of the labelled transitions that a run needs from a marking to the end, exact
  /// when all markings are listed, else by `place_potentials`; `never` when the end is out of
  /// reach.
  std::int32_t rest(std::uint32_t marking) const { return rest_[marking]; }

  /// Whether edges of the marking were left out: they lead to more than `most_tokens` tokens.
  bool is_cut(std::uint32_t marking) const { return cut_[marking]; }

  /// A net that makes more tokens than this at a time makes ever more of them.
  static constexpr std::size_t most_tokens = 64;

  bool complete() const { return complete_; }
  std::size_t size() const { return markings_.size(); }

 private:
  using Marking = std::vector<std::uint32_t>;
  struct Hash {
    std::size_t operator()(const Marking& marking) const {
      std::uint64_t hash = marking.size();
      for (const std::uint32_t place : marking) hash = (hash ^ place) * 0x9E3779B97F4A7C15ULL;
      return static_cast<std::size_t>(hash ^ (hash >> 32U));
    }
  };

  bool fire(const Marking& marking, const LabelledNet::Transition& transition, Marking& next) const;
  std::uint32_t number_of(const Marking& marking);
  void find_edges(std::uint32_t marking);
  void find_rest();
  std::int32_t bound_of(const Marking& marking) const;

  LabelledNet net_;
  std::vector<std::vector<std::uint32_t>> consumers_;  ///< by place: transitions whose first it is
  std::vector<Marking> markings_;
  std::unordered_map<Marking, std::uint32_t, Hash> numbers_;
  std::vector<std::vector<Edge>> edges_;
  std::vector<bool> expanded_, cut_;
  std::vector<std::int32_t> rest_;        ///< by marking
  std::vector<std::int32_t> potentials_;  ///< by place; empty as long as all markings are listed
  bool complete_ = false;
};

}  // namespace gemba::inline replay
