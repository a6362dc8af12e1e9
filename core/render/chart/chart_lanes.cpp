#include <algorithm>
#include <string_view>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/render/chart/chart_flow.h"
#include "core/render/chart/chart_text.h"
#include "core/render/chart/text_metrics.h"

namespace gemba::inline render {
namespace {

using Key = std::optional<std::size_t>;  // index of the role or system, none without one

std::optional<std::size_t> key_of(const Step& step, LaneKey by) {
  if (by == LaneKey::role && step.role) return step.role->index();
  if (by == LaneKey::system && step.system) return step.system->index();
  return std::nullopt;
}

/// Whether a step that names nobody may stand in its neighbour's lane: nobody works there.
bool follows_neighbour(const Step& step, LaneKey by) {
  // Somebody decides, without any system.
  if (step.kind == StepKind::decision) return by == LaneKey::system;
  return is_routing(step.kind);
}

/// The key of a neighbour that has one: predecessors first, for starts successors.
Key neighbour_key(const FlowGraph& graph, const std::vector<Key>& keys, std::size_t step,
                  bool forward) {
  for (const FlowId flow : forward ? graph.out[step] : graph.in[step]) {
    const StepId other = forward ? graph.to(flow) : graph.from(flow);
    if (keys[other.index()]) return keys[other.index()];
  }
  return std::nullopt;
}

std::vector<Key> lane_keys(const Process& process, const FlowGraph& graph, LaneKey by) {
  std::vector<Key> keys(process.steps.size());
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = key_of(process.steps[i], by);
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const Step& step = process.steps[i];
      if (keys[i] || !follows_neighbour(step, by)) continue;
      keys[i] = neighbour_key(graph, keys, i, step.kind == StepKind::start);
      if (!keys[i]) keys[i] = neighbour_key(graph, keys, i, step.kind != StepKind::start);
      changed = changed || keys[i].has_value();
    }
  }
  return keys;
}

const std::string& key_id(const Process& process, LaneKey by, std::size_t key) {
  return by == LaneKey::role ? process.definitions.roles[key].id
                             : process.definitions.systems[key].id;
}

std::size_t key_count(const Process& process, LaneKey by) {
  return by == LaneKey::role ? process.definitions.roles.size()
                             : process.definitions.systems.size();
}

std::size_t find_key(const Process& process, LaneKey by, const std::string& id) {
  std::vector<std::string_view> known;
  for (std::size_t i = 0; i < key_count(process, by); ++i) {
    if (key_id(process, by, i) == id) return i;
    known.push_back(key_id(process, by, i));
  }
  throw UsageError("no lane '" + id + "' in '" + process.id + "'" + did_you_mean(id, known));
}

/// How far flows between lanes reach over an order of lanes.
std::size_t total_reach(const FlowGraph& graph, const ChartFlow& flow, const std::vector<Key>& keys,
                        const std::vector<Key>& order) {
  std::size_t reach = 0;
  const auto place = [&](StepId step) {
    return std::find(order.begin(), order.end(), keys[step.index()]) - order.begin();
  };
  const auto known = static_cast<std::ptrdiff_t>(order.size());
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const std::ptrdiff_t from = place(graph.edges[i].from);
    const std::ptrdiff_t to = place(graph.edges[i].to);
    if (from >= known || to >= known) continue;
    const bool main =
        std::find(flow.main_path.begin(), flow.main_path.end(), FlowId(i)) != flow.main_path.end();
    reach += static_cast<std::size_t>(std::max(from - to, to - from)) * (main ? 3 : 1);
  }
  return reach;
}

/// Pairs of lanes that stand the other way round than they were defined: between equals the
/// document's order counts.
std::size_t inversions(const std::vector<Key>& order) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t j = i + 1; j < order.size(); ++j) count += order[i] > order[j] ? 1 : 0;
  }
  return count;
}

/// Puts a lane where flows reach least far, behind the first `fixed` lanes.
void insert_key(const FlowGraph& graph, const ChartFlow& flow, const std::vector<Key>& keys,
                const Key& key, std::size_t fixed, std::vector<Key>& order) {
  std::vector<Key> best;
  std::size_t least = 0;
  for (std::size_t at = order.size() + 1; at-- > std::min(fixed, order.size());) {
    std::vector<Key> candidate = order;
    candidate.insert(candidate.begin() + static_cast<std::ptrdiff_t>(at), key);
    const std::size_t reach = total_reach(graph, flow, keys, candidate) + 2 * inversions(candidate);
    if (best.empty() || reach < least) {
      least = reach;
      best = std::move(candidate);
    }
  }
  order = std::move(best);
}

/// Lanes in their order: as asked, along the main path, the others where they are near their
/// neighbours.
std::vector<Key> ordered_keys(const Process& process, const FlowGraph& graph, const ChartFlow& flow,
                              const ChartOptions& options, const std::vector<Key>& keys,
                              const std::vector<std::size_t>& empty) {
  std::vector<Key> order;
  std::vector<Key> wanted = keys;
  wanted.insert(wanted.end(), empty.begin(), empty.end());
  const auto is_new = [&](const Key& key) {
    return std::find(wanted.begin(), wanted.end(), key) != wanted.end() &&
           std::find(order.begin(), order.end(), key) == order.end();
  };
  const auto add = [&](const Key& key) {
    if (is_new(key)) order.push_back(key);
  };
  for (const std::string& id : options.lane_order) add(find_key(process, options.lanes, id));
  const std::size_t asked = order.size();
  for (const FlowId id : flow.main_path) {
    add(keys[graph.from(id).index()]);
    add(keys[graph.to(id).index()]);
  }
  const std::size_t fixed = std::max<std::size_t>(asked, 1);
  for (const Key& key : wanted) {
    if (key && is_new(key)) insert_key(graph, flow, keys, key, fixed, order);
  }
  add(std::nullopt);
  return order;
}

std::string lane_name(const Process& process, const ChartOptions& options, const Key& key) {
  if (options.lanes == LaneKey::none) return {};
  if (!key) {
    if (is_chinese(options)) return options.lanes == LaneKey::role ? "未指定角色" : "无系统";
    return options.lanes == LaneKey::role ? "no role" : "no system";
  }
  return options.lanes == LaneKey::role ? process.definitions.roles[*key].name
                                        : process.definitions.systems[*key].name;
}

}  // namespace

Lanes assign_lanes(const Process& process, const FlowGraph& graph, const ChartFlow& flow,
                   const ChartOptions& options, const std::vector<std::size_t>& empty) {
  const std::vector<Key> keys = lane_keys(process, graph, options.lanes);
  const std::vector<Key> order = options.lanes == LaneKey::none
                                     ? std::vector<Key>{std::nullopt}
                                     : ordered_keys(process, graph, flow, options, keys, empty);
  Lanes lanes;
  for (const Key& key : order) {
    lanes.lanes.push_back({key ? key_id(process, options.lanes, *key) : std::string(),
                           lane_name(process, options, key)});
  }
  for (const Key& key : keys) {
    const auto at = std::find(order.begin(), order.end(), key);
    lanes.of.push_back(static_cast<std::size_t>(at - order.begin()));
  }
  lanes.keys = order;
  return lanes;
}

}  // namespace gemba::inline render
