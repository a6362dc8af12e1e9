#include "core/replay/conform/alignment.h"

#include <algorithm>
#include <compare>
#include <limits>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/replay/conform/marking_graph.h"

namespace gemba::inline replay {
namespace {

constexpr std::size_t most_markings = 50'000;
constexpr std::size_t most_kept = 500'000;
constexpr std::uint32_t nothing = std::numeric_limits<std::uint32_t>::max();

/// What a way costs; of equally dear ones that with fewer events too many is better.
struct Cost {
  std::int32_t moves = 0;   ///< of one side alone
  std::int32_t events = 0;  ///< of these, moves of the log
  friend auto operator<=>(const Cost&, const Cost&) = default;
};

/// A marking and a position in the trace, and the way there.
struct State {
  std::uint32_t marking = 0, at = 0;
  Cost cost;
  std::uint32_t before = nothing;
  Move move;
  bool shows = false;  ///< the step to here is a move, not a silent transition
  bool done = false;
};

}  // namespace

/// The A* search. Costs are small integers: states wait in a heap for each estimate.
class Aligner::Search {
 public:
  Search(LabelledNet net, std::size_t budget)
      : net_(std::move(net)), markings_(net_, most_markings), budget_(budget) {}

  std::optional<Alignment> align(std::span<const std::uint32_t> trace) {
    if (markings_.rest(markings_.initial()) == MarkingGraph::never) return std::nullopt;
    begin(trace);
    best_ = nothing;
    reach(markings_.initial(), 0, {}, nothing, {}, false);
    std::size_t looked_at = 0;
    for (std::size_t estimate = 0; estimate < waiting_.size(); ++estimate) {
      while (!waiting_[estimate].empty()) {
        const auto [events, number] = take(waiting_[estimate]);
        State& state = states_[number];
        const bool stale = estimate_of(state) != static_cast<std::int32_t>(estimate) ||
                           state.cost.events != events;
        if (state.done || stale) continue;
        state.done = true;
        if (state.at == trace.size() && markings_.is_final(state.marking))
          return result(number, !cut_);
        // Without any trace there is nothing to fall back on.
        if (++looked_at > (trace.empty() ? default_budget : budget_)) return give_up();
        expand(number);
      }
    }
    return std::nullopt;
  }

 private:
  void begin(std::span<const std::uint32_t> trace) {
    // Traces that lead astray must not fill the memory for all that come after them.
    if (markings_.size() > most_kept) markings_ = MarkingGraph(net_, most_markings);
    trace_ = trace;
    cut_ = false;
    states_.clear();
    numbers_.clear();
    for (auto& list : waiting_) list.clear();
    known_left_.assign(trace.size() + 1, 0);
    unknown_left_.assign(trace.size() + 1, 0);
    for (std::size_t at = trace.size(); at-- > 0;) {
      const bool unknown = trace[at] == LabelledNet::silent;
      known_left_[at] = known_left_[at + 1] + (unknown ? 0 : 1);
      unknown_left_[at] = unknown_left_[at + 1] + (unknown ? 1 : 0);
    }
  }

  std::int32_t estimate_of(const State& state) const {
    const std::int32_t missing = markings_.rest(state.marking) - known_left_[state.at];
    return state.cost.moves + unknown_left_[state.at] + std::max(0, missing);
  }

  /// A state that waits: events too many, and its number.
  using Entry = std::pair<std::int32_t, std::uint32_t>;

  /// Fewest events too many first; of equal ones the latest, which is nearest to the end.
  static bool is_behind(const Entry& a, const Entry& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  }

  static Entry take(std::vector<Entry>& heap) {
    std::pop_heap(heap.begin(), heap.end(), is_behind);
    const Entry entry = heap.back();
    heap.pop_back();
    return entry;
  }

  void reach(std::uint32_t marking, std::uint32_t at, Cost cost, std::uint32_t before, Move move,
             bool shows) {
    if (markings_.rest(marking) == MarkingGraph::never) return;
    const State state{
        .marking = marking, .at = at, .cost = cost, .before = before, .move = move, .shows = shows};
    const auto [place, added] = numbers_.emplace(std::uint64_t{marking} << 32U | at,
                                                 static_cast<std::uint32_t>(states_.size()));
    if (added) {
      states_.push_back(state);
    } else {
      State& known = states_[place->second];
      if (known.done || known.cost <= cost) return;
      known = state;
    }
    const auto estimate = static_cast<std::size_t>(estimate_of(states_[place->second]));
    if (estimate >= waiting_.size()) waiting_.resize(estimate + 1);
    waiting_[estimate].emplace_back(cost.events, place->second);
    std::push_heap(waiting_[estimate].begin(), waiting_[estimate].end(), is_behind);
    remember_end(place->second);
  }

  /// Of the states at the end of trace and model, the cheapest so far: what is left when the
  /// search gives up.
  void remember_end(std::uint32_t number) {
    const State& state = states_[number];
    if (state.at != trace_.size() || !markings_.is_final(state.marking)) return;
    if (best_ == nothing || state.cost < states_[best_].cost) best_ = number;
  }

  void expand(std::uint32_t number) {
    const auto [marking, at, cost] =
        std::tuple(states_[number].marking, states_[number].at, states_[number].cost);
    const bool more = at < trace_.size();
    const std::uint32_t event = more ? trace_[at] : LabelledNet::silent;
    const Cost with_event{cost.moves + 1, cost.events + 1};
    const Cost with_step{cost.moves + 1, cost.events};
    if (more) reach(marking, at + 1, with_event, number, {Move::Kind::log, event}, true);
    const auto edges = markings_.edges(marking);
    cut_ = cut_ || markings_.is_cut(marking);
    for (const auto& [label, to] : edges) {
      if (label == LabelledNet::silent) continue;
      reach(to, at, with_step, number, {Move::Kind::model, label}, true);
    }
    for (const auto& [label, to] : edges) {
      if (label == LabelledNet::silent) reach(to, at, cost, number, {}, false);
      if (label != LabelledNet::silent && more && label == event)
        reach(to, at + 1, cost, number, {Move::Kind::both, label}, true);
    }
  }

  Alignment result(std::uint32_t number, bool exact) const {
    Alignment alignment{states_[number].cost.moves, exact, {}};
    for (std::uint32_t at = number; at != nothing; at = states_[at].before) {
      if (states_[at].shows) alignment.moves.push_back(states_[at].move);
    }
    std::reverse(alignment.moves.begin(), alignment.moves.end());
    return alignment;
  }

  /// The cheapest complete alignment that was met; else all of the trace and all of the shortest
  /// run apart from each other.
  std::optional<Alignment> give_up() {
    if (best_ != nothing) return result(best_, false);
    if (trace_.empty()) return std::nullopt;
    const std::vector<std::uint32_t> trace(trace_.begin(), trace_.end());
    std::optional<Alignment> run = align({});
    if (!run) return std::nullopt;
    run->exact = false;
    run->cost += static_cast<std::int64_t>(trace.size());
    for (const std::uint32_t label : trace) run->moves.push_back({Move::Kind::log, label});
    return run;
  }

  LabelledNet net_;
  MarkingGraph markings_;
  std::size_t budget_;
  // Of the current trace; kept to be used again.
  std::span<const std::uint32_t> trace_;
  std::vector<std::int32_t> known_left_, unknown_left_;  ///< by position
  std::vector<State> states_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
  std::vector<std::vector<Entry>> waiting_;  ///< by estimate: heaps
  bool cut_ = false;                         ///< runs with very many tokens were left out
  std::uint32_t best_ = nothing;
};

Aligner::Aligner(LabelledNet net, std::size_t budget)
    : search_(std::make_unique<Search>(std::move(net), budget)) {}
Aligner::~Aligner() = default;
Aligner::Aligner(Aligner&&) noexcept = default;

std::optional<Alignment> Aligner::align(std::span<const std::uint32_t> trace) {
  return search_->align(trace);
}

std::optional<std::int64_t> Aligner::shortest_run() {
  const std::optional<Alignment> run = search_->align({});
  return run ? std::optional(run->cost) : std::nullopt;
}

}  // namespace gemba::inline replay
