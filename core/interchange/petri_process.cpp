#include <algorithm>
#include <map>
#include <utility>

#include "core/interchange/petri_net.h"
#include "core/interchange/process_draft.h"

namespace gemba::inline interchange {
namespace {

std::vector<std::uint32_t> distinct(std::vector<std::uint32_t> places) {
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

/// Translates a net: a gateway for each place, a join before and a fork behind each transition,
/// where they route anything. Transitions that take from the same several places share a join, and
/// a decision behind it (extended free choice; Desel and Esparza 1995, Free Choice Petri Nets).
class NetTranslation {
 public:
  NetTranslation(const PetriNet& net, SourceId source)
      : net_(net),
        draft_(source),
        consumers_(net.places.size()),
        clustered_(net.places.size()),
        clusters_(net.places.size()) {
    for (const PetriNet::Transition& each : net.transitions) pre_.push_back(distinct(each.pre));
    for (std::uint32_t i = 0; i < pre_.size(); ++i) {
      for (const std::uint32_t place : pre_[i]) consumers_[place].push_back(i);
    }
  }

  ImportedModel translate() {
    start_ = draft_.add_silent(StepKind::start, "start", {}, net_.span);
    for (std::uint32_t i = 0; i < net_.places.size(); ++i) {
      const PetriNet::Place& place = net_.places[i];
      places_.push_back(draft_.add_silent(StepKind::decision, place.id, {}, place.span));
    }
    for (std::uint32_t i = 0; i < net_.transitions.size(); ++i) add_transition(i);
    end_ = draft_.add_silent(StepKind::end, "end", {}, net_.span);
    link_places();
    for (std::uint32_t i = 0; i < net_.transitions.size(); ++i) link_transition(i);
    link_start();
    auto [process, number] = draft_.finish();
    ImportedModel model{std::move(process), LabelledNet{}};
    fill_net(model, number);
    return model;
  }

 private:
  /// Where tokens come into the steps of a transition, and where they leave them.
  struct Ends {
    StepId entry, exit;
  };

  void add_transition(std::uint32_t number) {
    const PetriNet::Transition& transition = net_.transitions[number];
    const bool silent = transition.label.empty();
    const StepId own =
        silent ? draft_.add_silent(StepKind::decision, transition.id, {}, transition.span)
               : draft_.add_step(StepKind::task, transition.id, transition.label, transition.span);
    Ends ends{own, own};
    steps_.push_back(own);
    if (transition.post.size() > 1) {
      ends.exit = draft_.add_silent(StepKind::fork, transition.id + ".fork", {}, transition.span);
      draft_.link(own, ends.exit, transition.span);
    }
    if (pre_[number].size() > 1) ends.entry = add_join(number, own);
    ends_.push_back(ends);
  }

  /// The join before a transition, or the one that it shares with those that take from the same
  /// places.
  StepId add_join(std::uint32_t number, StepId own) {
    const PetriNet::Transition& transition = net_.transitions[number];
    if (!is_clustered(number)) {
      const StepId join =
          draft_.add_silent(StepKind::join, transition.id + ".join", {}, transition.span);
      draft_.link(join, own, transition.span);
      return join;
    }
    std::optional<Ends>& shared = clusters_[pre_[number].front()];
    if (!shared) {
      const std::string id = net_.places[pre_[number].front()].id;
      shared = Ends{draft_.add_silent(StepKind::join, id + ".join", {}, transition.span),
                    draft_.add_silent(StepKind::decision, id + ".choice", {}, transition.span)};
      draft_.link(shared->entry, shared->exit, transition.span);
    }
    draft_.link(shared->exit, own, transition.span);
    return shared->entry;
  }

  /// Whether several take from the places of a transition, and all of them from the same ones.
  bool is_clustered(std::uint32_t number) {
    // What holds for one that takes from a place holds for the others.
    std::optional<bool>& known = clustered_[pre_[number].front()];
    if (known) return *known;
    const auto& first = consumers_[pre_[number].front()];
    known = first.size() > 1 &&
            std::all_of(pre_[number].begin(), pre_[number].end(),
                        [&](std::uint32_t place) { return consumers_[place] == first; }) &&
            std::all_of(first.begin(), first.end(), [&](std::uint32_t each) {
              return pre_[each].size() == pre_[number].size();
            });
    return *known;
  }

  void link_places() {
    for (std::uint32_t i = 0; i < net_.places.size(); ++i) {
      std::vector<StepId> linked;
      for (const std::uint32_t consumer : consumers_[i]) {
        const StepId entry = ends_[consumer].entry;
        // Transitions of a cluster have one entry, and stand side by side.
        if (!linked.empty() && linked.back() == entry) continue;
        draft_.link(places_[i], entry, net_.transitions[consumer].span);
        linked.push_back(entry);
      }
      if (net_.places[i].final > 0 || consumers_[i].empty())
        draft_.link(places_[i], end_, net_.places[i].span);
    }
  }

  void link_transition(std::uint32_t number) {
    const PetriNet::Transition& transition = net_.transitions[number];
    for (const std::uint32_t place : transition.post)
      draft_.link(ends_[number].exit, places_[place], net_.places[place].span);
    if (transition.post.empty()) draft_.link(ends_[number].exit, end_, transition.span);
  }

  void link_start() {
    std::vector<std::uint32_t> marked;
    for (std::uint32_t i = 0; i < net_.places.size(); ++i)
      marked.insert(marked.end(), net_.places[i].initial, i);
    StepId from = start_;
    if (marked.size() > 1) {
      from = draft_.add_silent(StepKind::fork, "start.fork", {}, net_.span);
      draft_.link(start_, from, net_.span);
    }
    for (const std::uint32_t place : marked)
      draft_.link(from, places_[place], net_.places[place].span);
  }

  /// Transitions of one name have one label: that of the first, which activities belong to.
  void fill_net(ImportedModel& model, const std::vector<std::optional<StepId>>& number) const {
    LabelledNet& net = *model.net;
    net.places = static_cast<std::uint32_t>(net_.places.size());
    for (std::uint32_t i = 0; i < net.places; ++i) {
      net.initial.insert(net.initial.end(), net_.places[i].initial, i);
      net.final.insert(net.final.end(), net_.places[i].final, i);
    }
    std::map<std::string_view, std::uint32_t> labels;
    for (std::size_t i = 0; i < net_.transitions.size(); ++i) {
      const PetriNet::Transition& each = net_.transitions[i];
      std::uint32_t label = LabelledNet::silent;
      if (!each.label.empty()) {
        label = labels.emplace(each.label, number[steps_[i].index()]->value).first->second;
      }
      net.transitions.push_back({each.pre, each.post, label});
    }
  }

  const PetriNet& net_;
  ProcessDraft draft_;
  std::vector<std::vector<std::uint32_t>> pre_;        ///< by transition: places, each once
  std::vector<std::vector<std::uint32_t>> consumers_;  ///< by place: transitions
  std::vector<std::optional<bool>> clustered_;         ///< by first place
  std::vector<std::optional<Ends>> clusters_;  ///< by first place: the shared join and decision
  StepId start_, end_;
  std::vector<StepId> places_, steps_;  ///< by place, by transition
  std::vector<Ends> ends_;              ///< by transition
};

}  // namespace

ImportedModel model_of(const PetriNet& net, const ModelReading& reading) {
  ImportedModel model = NetTranslation(net, reading.source).translate();
  Process& process = model.process;
  process.kind = Process::Kind::map;
  process.id = net.id.empty() ? reading.stem : net.id;
  process.title = net.name.empty() ? reading.stem : net.name;
  process.span = net.span;
  return model;
}

}  // namespace gemba::inline interchange
