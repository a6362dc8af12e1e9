#include "core/interchange/petri_net.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "core/base/suggest.h"
#include "core/base/text.h"

namespace gemba::inline interchange {
namespace {

class NetReader {
 public:
  explicit NetReader(const ModelReading& reading)
      : reading_(reading), faults_before_(reading.found.size()) {}

  std::optional<PetriNet> read(const XmlNode& root) {
    const XmlNode* net = only_net(root);
    if (net == nullptr) return std::nullopt;
    net_.id = net->at("id");
    net_.name = words_of(net->child("name"));
    net_.span = net->span;
    add_nodes(*net);
    for (const XmlNode* arc : arcs_) add_arc(*arc);
    for (PetriNet::Transition& each : net_.transitions) {
      std::sort(each.pre.begin(), each.pre.end());
      std::sort(each.post.begin(), each.post.end());
      if (each.pre.empty() && is_sound()) {
        reading_.report("S003", each.span,
                        fmt::format("transition '{}' has no incoming arc and could happen at any "
                                    "time; give it a place before it",
                                    each.id),
                        each.id);
      }
    }
    find_final_marking(*net);
    if (is_sound()) complete_markings();
    if (!is_sound()) return std::nullopt;
    return std::move(net_);
  }

 private:
  struct Node {
    bool is_place = false;
    std::uint32_t number = 0;
    SourceSpan span;
  };

  bool is_sound() const { return reading_.found.size() == faults_before_; }

  const XmlNode* only_net(const XmlNode& root) {
    std::vector<const XmlNode*> nets;
    for (const XmlNode& each : root.children) {
      if (each.name == "net") nets.push_back(&each);
    }
    if (nets.empty()) {
      reading_.report("S004", root.span, "the file has no 'net'; export the net again");
      return nullptr;
    }
    if (nets.size() > 1) {
      reading_.report(
          "S003", nets[1]->span,
          fmt::format("the file has {} nets; keep the one that the log belongs to", nets.size()));
      return nullptr;
    }
    const std::string type = ascii_lower(nets.front()->at("type"));
    for (const char* form : {"symmetricnet", "highlevelnet", "pt-hlpng", "hlcore"}) {
      if (type.find(form) == std::string::npos) continue;
      reading_.report("S003", nets.front()->span,
                      "this is a high-level net; export it as a place/transition net");
      return nullptr;
    }
    return nets.front();
  }

  /// Places, transitions and arcs of a net or page and of the pages in it.
  void add_nodes(const XmlNode& parent) {
    for (const XmlNode& each : parent.children) {
      if (each.name == "page") add_nodes(each);
      if (each.name == "place") add_place(each);
      if (each.name == "transition") add_transition(each);
      if (each.name == "arc") arcs_.push_back(&each);
      if (each.name == "referencePlace" || each.name == "referenceTransition") {
        reading_.report("S003", each.span,
                        fmt::format("'{}' stands for a node of another page, which is not "
                                    "understood; draw the net on one page",
                                    each.at("id")),
                        each.at("id"));
      }
    }
  }

  /// Takes the id of a node; false when it has none that is new.
  bool take_id(const XmlNode& node, Node what) {
    const std::string id(node.at("id"));
    if (id.empty()) {
      reading_.report("S004", node.span,
                      fmt::format("this {} has no 'id'; give it one", node.name));
      return false;
    }
    what.span = node.span;
    const auto [known, is_new] = nodes_.emplace(id, what);
    if (is_new) return true;
    reading_.report("S005", node.span,
                    fmt::format("the id '{}' is used twice; give each node its own", id), id);
    reading_.found.back().notes.push_back({known->second.span, "first used here"});
    return false;
  }

  void add_place(const XmlNode& node) {
    if (!take_id(node, {true, static_cast<std::uint32_t>(net_.places.size()), {}})) return;
    PetriNet::Place place;
    place.id = node.at("id");
    place.name = words_of(node.child("name"));
    place.span = node.span;
    if (const XmlNode* marking = node.child("initialMarking"))
      place.initial = tokens_of(*marking, 0).value_or(0);
    net_.places.push_back(std::move(place));
  }

  void add_transition(const XmlNode& node) {
    if (!take_id(node, {false, static_cast<std::uint32_t>(net_.transitions.size()), {}})) return;
    PetriNet::Transition transition;
    transition.id = node.at("id");
    transition.span = node.span;
    const bool invisible =
        std::any_of(node.children.begin(), node.children.end(), [](const XmlNode& each) {
          return each.name == "toolspecific" && each.at("activity") == "$invisible$";
        });
    if (!invisible) transition.label = words_of(node.child("name"));
    net_.transitions.push_back(std::move(transition));
  }

  /// The number in the words of an element, from `least` on.
  std::optional<std::uint32_t> tokens_of(const XmlNode& node, std::uint32_t least) {
    const std::string words = words_of(&node);
    if (words.empty()) return least;
    std::uint32_t tokens = 0;
    const char* end = words.data() + words.size();
    const auto [rest, error] = std::from_chars(words.data(), end, tokens);
    if (error == std::errc() && rest == end && tokens >= least && tokens <= most_tokens_read)
      return tokens;
    reading_.report("S003", node.span,
                    fmt::format("'{}' is not a number of tokens; write one from {} to {}", words,
                                least, most_tokens_read));
    return std::nullopt;
  }

  std::optional<Node> find(const XmlNode& owner, std::string_view attribute) {
    const std::string id(owner.at(attribute));
    if (const auto known = nodes_.find(id); known != nodes_.end()) return known->second;
    std::vector<std::string_view> ids;
    // Whoever has very many unknown ids is not helped by a suggestion for each.
    if (reading_.found.size() < faults_before_ + 20) {
      for (const auto& [each, node] : nodes_) ids.push_back(each);
    }
    reading_.report(
        "S006", owner.span,
        id.empty()
            ? fmt::format("this {} has no '{}'; name the node", owner.name, attribute)
            : fmt::format("'{}' is no place or transition of the net{}", id, did_you_mean(id, ids)),
        id);
    return std::nullopt;
  }

  void add_arc(const XmlNode& arc) {
    if (!is_normal(arc)) return;
    const auto from = find(arc, "source");
    const auto to = find(arc, "target");
    if (!from || !to) return;
    if (from->is_place == to->is_place) {
      reading_.report(
          "S003", arc.span,
          fmt::format("an arc leads from '{}' to '{}', which are both {}; put a {} "
                      "between them",
                      arc.at("source"), arc.at("target"), from->is_place ? "places" : "transitions",
                      from->is_place ? "transition" : "place"));
      return;
    }
    const XmlNode* inscription = arc.child("inscription");
    const std::uint32_t weight = inscription ? tokens_of(*inscription, 1).value_or(1) : 1;
    auto& transition = net_.transitions[from->is_place ? to->number : from->number];
    auto& side = from->is_place ? transition.pre : transition.post;
    side.insert(side.end(), weight, from->is_place ? from->number : to->number);
    if (side.size() <= most_tokens_on_side) return;
    reading_.report("S003", arc.span,
                    fmt::format("transition '{}' moves more than {} tokens at a time; split it",
                                transition.id, most_tokens_on_side),
                    transition.id);
    side.clear();
  }

  bool is_normal(const XmlNode& arc) {
    std::string type;
    for (const char* name : {"arctype", "type"}) {
      const XmlNode* element = arc.child(name);
      if (element == nullptr) continue;
      type = words_of(element);
      if (type.empty()) type = element->at("value");
    }
    if (type.empty()) type = arc.at("type");
    if (type.empty() || type == "normal" || type == "ordinary") return true;
    reading_.report("S003", arc.span,
                    fmt::format("arcs of type '{}' are not understood; say it with places and "
                                "normal arcs",
                                type),
                    arc.at("id"));
    return false;
  }

  /// pm4py and ProM write it into the net.
  void find_final_marking(const XmlNode& net) {
    std::vector<const XmlNode*> markings;
    for (const XmlNode& list : net.children) {
      if (list.name != "finalmarkings") continue;
      for (const XmlNode& each : list.children) {
        if (each.name == "marking" && each.child("place") != nullptr) markings.push_back(&each);
      }
    }
    if (markings.size() > 1) {
      reading_.report("S003", markings[1]->span,
                      fmt::format("the net has {} final markings; keep one, for instance by a "
                                  "silent transition from each to one place",
                                  markings.size()));
    }
    if (markings.size() != 1) return;
    for (const XmlNode& each : markings.front()->children) {
      if (each.name != "place") continue;
      const auto node = find(each, "idref");
      const auto tokens = tokens_of(each, 0);
      if (!node || !tokens) continue;
      if (!node->is_place) {
        reading_.report(
            "S003", each.span,
            fmt::format("'{}' is a transition, and only places have tokens", each.at("idref")));
        continue;
      }
      net_.places[node->number].final = *tokens;
    }
  }

  void complete_markings() {
    std::vector<bool> has_in(net_.places.size(), false), has_out(net_.places.size(), false);
    for (const PetriNet::Transition& each : net_.transitions) {
      for (const std::uint32_t place : each.pre) has_out[place] = true;
      for (const std::uint32_t place : each.post) has_in[place] = true;
    }
    complete(&PetriNet::Place::initial, has_in, "initial marking", "incoming");
    complete(&PetriNet::Place::final, has_out, "final marking", "outgoing");
  }

  /// Puts a token on the only place without arcs of a kind, unless there are tokens.
  void complete(std::uint32_t PetriNet::Place::*tokens, const std::vector<bool>& has_arcs,
                const char* what, const char* arcs) {
    std::uint64_t sum = 0;
    for (const PetriNet::Place& each : net_.places) sum += each.*tokens;
    if (sum > most_tokens_read) {
      reading_.report("S003", net_.span,
                      fmt::format("the {} has {} tokens, more than the {} that are followed", what,
                                  sum, most_tokens_read));
    }
    if (sum > 0) return;
    const auto count = std::count(has_arcs.begin(), has_arcs.end(), false);
    if (count == 1) {
      const auto only = std::find(has_arcs.begin(), has_arcs.end(), false) - has_arcs.begin();
      net_.places[static_cast<std::size_t>(only)].*tokens = 1;
      return;
    }
    reading_.report("S004", net_.span,
                    fmt::format("the net has no {} and {} places without {} arcs; write the {}",
                                what, count, arcs, what));
  }

  static constexpr std::size_t most_tokens_on_side = 10'000;

  const ModelReading& reading_;
  std::size_t faults_before_;
  PetriNet net_;
  std::map<std::string, Node, std::less<>> nodes_;
  std::vector<const XmlNode*> arcs_;
};

}  // namespace

std::optional<PetriNet> read_petri_net(const XmlNode& root, const ModelReading& reading) {
  return NetReader(reading).read(root);
}

std::optional<ImportedModel> read_pnml(const XmlNode& root, const ModelReading& reading) {
  const std::optional<PetriNet> net = read_petri_net(root, reading);
  if (!net) return std::nullopt;
  return model_of(*net, reading);
}

}  // namespace gemba::inline interchange
