#include "core/graph/net/net_run.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace gemba::inline graph {

NetRun::NetRun(const WorkflowNet& net, std::span<const TransitionId> sequence)
    : net_(net), marking_(net.steps.size(), none) {
  tokens_.push_back({PlaceId(0), std::nullopt, none, none});
  marking_[0] = 0;
  for (const TransitionId transition : sequence) {
    if (meeting_) return;
    fire(transition);
  }
}

bool NetRun::enabled(TransitionId transition) const {
  const auto& pre = net_[transition].pre;
  return std::all_of(pre.begin(), pre.end(), [&](PlaceId place) { return on(place) != none; });
}

void NetRun::fire(TransitionId id) {
  assert(enabled(id));
  const WorkflowNet::Transition& transition = net_[id];
  const auto event = static_cast<std::uint32_t>(events_.size());
  events_.push_back({id, {}});
  for (const PlaceId place : transition.pre) {
    std::uint32_t& token = marking_[place.index()];
    tokens_[token].consumer = event;
    events_.back().consumed.push_back(std::exchange(token, none));
  }
  for (std::size_t i = 0; i < transition.post.size(); ++i) {
    const auto token = static_cast<std::uint32_t>(tokens_.size());
    std::optional<FlowId> flow;
    if (!transition.flows.empty()) flow = transition.flows[i];
    tokens_.push_back({transition.post[i], flow, event, none});
    std::uint32_t& present = marking_[transition.post[i].index()];
    if (present != none && !meeting_) meeting_ = std::pair(present, token);
    present = token;
  }
}

void NetRun::finish() {
  // What the reduction leaves to do is to end branches and to pass joins: each is done once.
  std::size_t left = net_.transitions.size();
  for (bool fired = true; fired;) {
    fired = false;
    for (std::size_t i = 0; i < net_.transitions.size(); ++i) {
      if (left == 0 || meeting_) return;
      if (!enabled(TransitionId(i))) continue;
      fire(TransitionId(i));
      fired = true;
      --left;
    }
  }
}

std::vector<bool> NetRun::before(std::uint32_t event) const {
  std::vector<bool> led(events_.size(), false);
  led[event] = true;
  for (std::uint32_t i = event + 1; i-- > 0;) {
    if (!led[i]) continue;
    for (const std::uint32_t token : events_[i].consumed) {
      if (tokens_[token].producer != none) led[tokens_[token].producer] = true;
    }
  }
  return led;
}

std::vector<std::uint32_t> NetRun::way(std::uint32_t from, std::uint32_t token) const {
  std::vector<bool> follows(events_.size(), from == none);
  if (from != none) {
    follows[from] = true;
    for (std::uint32_t i = from + 1; i < events_.size(); ++i) {
      const auto& consumed = events_[i].consumed;
      follows[i] = std::any_of(consumed.begin(), consumed.end(), [&](std::uint32_t each) {
        const std::uint32_t producer = tokens_[each].producer;
        return producer != none && follows[producer];
      });
    }
  }
  std::vector<std::uint32_t> tokens{token};
  while (tokens_[tokens.back()].producer != from) {
    const auto& consumed = events_[tokens_[tokens.back()].producer].consumed;
    tokens.push_back(*std::find_if(consumed.begin(), consumed.end(), [&](std::uint32_t each) {
      const std::uint32_t producer = tokens_[each].producer;
      return producer == from || (producer != none && follows[producer]);
    }));
  }
  std::reverse(tokens.begin(), tokens.end());
  return tokens;
}

bool NetRun::never_meets() const {
  std::vector<std::uint32_t> last(marking_.size(), none);  // by PlaceId: its latest token
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    const std::uint32_t earlier = std::exchange(last[tokens_[i].place.index()], i);
    if (earlier == none) continue;
    if (tokens_[earlier].consumer == none ||
        !before(tokens_[i].producer)[tokens_[earlier].consumer]) {
      return false;
    }
  }
  return true;
}

}  // namespace gemba::inline graph
