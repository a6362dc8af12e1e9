#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.h"
#include "core/interchange/bpmn_lanes.h"
#include "core/interchange/bpmn_scope.h"
#include "core/interchange/process_draft.h"

namespace gemba::inline interchange {
namespace {

StepKind kind_of_activity(const XmlNode& xml) {
  if (xml.name == "sendTask") return StepKind::notify;
  return xml.name == "callActivity" && !xml.at("calledElement").empty() ? StepKind::call
                                                                        : StepKind::task;
}

StepKind kind_of_event(const XmlNode& xml) {
  if (has_child_like(xml, "timerEventDefinition")) return StepKind::wait;
  return xml.name == "intermediateThrowEvent" ? StepKind::notify : StepKind::task;
}

Automation automation_of(const XmlNode& xml) {
  if (xml.name == "userTask") return Automation::assisted;
  const bool automatic =
      xml.name == "serviceTask" || xml.name == "scriptTask" || xml.name == "businessRuleTask";
  return automatic ? Automation::automatic : Automation::manual;
}

class BpmnTranslation {
 public:
  BpmnTranslation(const BpmnContent& content, const BpmnLanes& lanes, const ModelReading& reading)
      : content_(content), lanes_(lanes), reading_(reading), draft_(reading.source) {}

  Process translate() {
    for (const FlowNode& node : content_.nodes) ends_.push_back(add_node(node));
    add_top_ends();
    for (std::size_t scope = 0; scope < content_.scopes.size(); ++scope) link_scope(scope);
    for (const SequenceFlow& flow : content_.flows) link_flow(flow);
    Process process = draft_.finish().first;
    process.definitions.roles = lanes_.roles;
    return process;
  }

 private:
  /// The steps where tokens come into an element and where they leave it; of a sub-process also
  /// those inside of it.
  struct Ends {
    StepId entry, exit;
    StepId inner_entry, inner_exit;
  };

  /// Where the tokens of a scope come from, and where they go in the end.
  struct Border {
    StepId from, to;
  };

  /// The lane of an element, or of the sub-process that it stands in.
  std::optional<RoleId> role_of(const FlowNode& node) const {
    const FlowNode* at = &node;
    for (;;) {
      const auto found = lanes_.role_of.find(at->id);
      if (found != lanes_.role_of.end()) return found->second;
      if (at->scope == 0) return std::nullopt;
      at = &content_.nodes[*owner_of(at->scope)];
    }
  }

  std::optional<std::size_t> owner_of(std::size_t scope) const {
    if (scope == 0) return std::nullopt;
    return owners_[scope];
  }

  StepId add_silent(const FlowNode& node, StepKind kind, const char* ending = "",
                    std::string_view name = {}) {
    const StepId step = draft_.add_silent(kind, node.id + ending, name, node.xml->span);
    draft_[step].role = role_of(node);
    return step;
  }

  StepId add_step(const FlowNode& node, StepKind kind) {
    const StepId step = draft_.add_step(kind, node.id, node.name, node.xml->span);
    Step& added = draft_[step];
    added.role = role_of(node);
    added.automation = automation_of(*node.xml);
    if (kind == StepKind::call)
      added.calls = Spanned{std::string(node.xml->at("calledElement")), node.xml->span};
    return step;
  }

  Ends add_node(const FlowNode& node) {
    const StepId own = add_own(node);
    Ends ends{own, own, own, own};
    if (node.kind == FlowNodeKind::subprocess) {
      if (owners_.size() <= *node.inner) owners_.resize(*node.inner + 1);
      owners_[*node.inner] = ends_.size();
      ends.exit = ends.inner_exit = add_silent(node, StepKind::decision, ".end");
    }
    const bool chooses =
        node.kind == FlowNodeKind::exclusive || node.kind == FlowNodeKind::inclusive;
    if (node.out.size() > 1 && !chooses && draft_[own].kind != StepKind::fork) {
      check_exits(node);
      const StepId fork = add_silent(node, StepKind::fork, ".fork");
      draft_.link(ends.exit, fork, node.xml->span);
      ends.exit = fork;
    }
    return ends;
  }

  StepId add_own(const FlowNode& node) {
    switch (node.kind) {
      case FlowNodeKind::start:
        return node.scope == 0 ? add_silent(node, StepKind::start, "", node.name)
                               : add_silent(node, StepKind::decision);
      case FlowNodeKind::end:
        return node.scope == 0 ? add_silent(node, StepKind::end, "", node.name)
                               : add_silent(node, StepKind::decision);
      case FlowNodeKind::event:
        return node.name.empty() ? add_silent(node, StepKind::decision)
                                 : add_step(node, kind_of_event(*node.xml));
      case FlowNodeKind::activity:
        return add_step(node, kind_of_activity(*node.xml));
      case FlowNodeKind::parallel:
        return add_parallel(node);
      case FlowNodeKind::inclusive:
        check_inclusive(node);
        return add_silent(node, StepKind::decision, "", node.name);
      case FlowNodeKind::exclusive:
        return add_silent(node, StepKind::decision, "", node.name);
      case FlowNodeKind::subprocess:
        break;
    }
    return add_silent(node, StepKind::decision);
  }

  /// A join with several exits would take one of them: its fork comes with the exits.
  StepId add_parallel(const FlowNode& node) {
    const bool joins = node.in.size() > 1;
    return add_silent(node, joins ? StepKind::join : StepKind::fork, "", node.name);
  }

  bool has_fork(std::size_t scope) const {
    std::size_t sources = 0;
    for (const std::size_t number : content_.scopes[scope].nodes) {
      const FlowNode& node = content_.nodes[number];
      if (node.out.size() > 1 && node.kind != FlowNodeKind::exclusive) return true;
      if (node.in.empty()) sources += node.kind == FlowNodeKind::start ? 0 : 1;
    }
    return sources > 1;
  }

  void check_inclusive(const FlowNode& node) {
    if (node.out.size() > 1) {
      reading_.report("S003", node.xml->span,
                      fmt::format("'{}' may take several of its exits; draw an exclusive gateway, "
                                  "or a parallel one with decisions behind it",
                                  node.id),
                      node.id);
    } else if (node.in.size() > 1 && has_fork(node.scope)) {
      reading_.report("S003", node.xml->span,
                      fmt::format("how many branches '{}' waits for is not said by the flow; draw "
                                  "a parallel or an exclusive gateway",
                                  node.id),
                      node.id);
    }
  }

  /// Flows that leave an element side by side, without a gateway.
  void check_exits(const FlowNode& node) {
    if (node.kind == FlowNodeKind::parallel) return;
    for (const std::size_t number : node.out) {
      const XmlNode& flow = *content_.flows[number].xml;
      const bool conditional = flow.child("conditionExpression") != nullptr;
      if (!conditional && node.xml->at("default") != flow.at("id")) continue;
      reading_.report("S003", flow.span,
                      fmt::format("of the flows behind '{}' any may be taken; draw a gateway that "
                                  "decides between them",
                                  node.id),
                      node.id);
      return;
    }
  }

  /// A start and an end for a process that has none.
  void add_top_ends() {
    const XmlNode& process = *content_.scopes.front().xml;
    top_ = {StepId(), StepId()};
    const bool has_start = std::any_of(
        content_.nodes.begin(), content_.nodes.end(),
        [](const FlowNode& node) { return node.scope == 0 && node.kind == FlowNodeKind::start; });
    if (!has_start) top_.from = draft_.add_silent(StepKind::start, "start", {}, process.span);
    const bool open =
        std::any_of(content_.nodes.begin(), content_.nodes.end(), [](const FlowNode& node) {
          return node.scope == 0 && node.out.empty() && node.kind != FlowNodeKind::end;
        });
    if (open) top_.to = draft_.add_silent(StepKind::end, "end", {}, process.span);
  }

  void link_scope(std::size_t scope) {
    const std::optional<std::size_t> owner = owner_of(scope);
    const Border border =
        owner ? Border{ends_[*owner].inner_entry, ends_[*owner].inner_exit} : top_;
    const bool starts = link_starts(scope, border);
    link_sources(scope, border, starts);
    link_ends(scope, border);
  }

  /// The start events of a sub-process are alternatives. Whether the scope has any.
  bool link_starts(std::size_t scope, const Border& border) {
    bool any = false;
    for (const std::size_t number : content_.scopes[scope].nodes) {
      const FlowNode& node = content_.nodes[number];
      if (node.kind != FlowNodeKind::start) continue;
      any = true;
      if (scope != 0) draft_.link(border.from, ends_[number].entry, node.xml->span);
    }
    return any;
  }

  /// Without a start event everything begins that nothing leads to; with one nothing else may.
  void link_sources(std::size_t scope, const Border& border, bool starts) {
    std::vector<std::size_t> sources;
    for (const std::size_t number : content_.scopes[scope].nodes) {
      const FlowNode& node = content_.nodes[number];
      if (node.in.empty() && node.kind != FlowNodeKind::start) sources.push_back(number);
    }
    if (starts) {
      for (const std::size_t number : sources) {
        const FlowNode& node = content_.nodes[number];
        reading_.report("S003", node.xml->span,
                        fmt::format("no flow leads to '{}'; connect it or remove it", node.id),
                        node.id);
      }
      return;
    }
    StepId from = border.from;
    const SourceSpan& span = content_.scopes[scope].xml->span;
    if (sources.empty()) {
      reading_.report("S004", span,
                      "nothing begins here: every element has a flow to it; draw a start event");
      return;
    }
    if (sources.size() > 1) {
      from = draft_.add_silent(StepKind::fork, "start.fork", {}, span);
      draft_.link(border.from, from, span);
    }
    for (const std::size_t number : sources) draft_.link(from, ends_[number].entry, span);
  }

  /// What ends in a sub-process, or without an end event, goes to the border.
  void link_ends(std::size_t scope, const Border& border) {
    std::size_t ways = 0;
    for (const std::size_t number : content_.scopes[scope].nodes) {
      const FlowNode& node = content_.nodes[number];
      if (!node.out.empty()) continue;
      if (node.kind == FlowNodeKind::end) check_end(node);
      ways += std::max<std::size_t>(1, node.kind == FlowNodeKind::parallel ? 1 : node.in.size());
      if (scope != 0 || node.kind != FlowNodeKind::end)
        draft_.link(ends_[number].exit, border.to, node.xml->span);
    }
    if (scope == 0 || ways < 2 || !has_fork(scope)) return;
    const XmlNode& xml = *content_.scopes[scope].xml;
    reading_.report("S003", xml.span,
                    fmt::format("sub-process '{}' has branches side by side and several flows to "
                                "its end; join the branches and let one flow lead there",
                                xml.at("id")),
                    xml.at("id"));
  }

  void check_end(const FlowNode& node) {
    const XmlNode& xml = *node.xml;
    if (has_child_like(xml, "terminateEventDefinition") && has_fork(node.scope)) {
      reading_.report("S003", xml.span,
                      fmt::format("'{}' ends other branches too, which is not understood; draw "
                                  "decisions in them",
                                  node.id),
                      node.id);
    }
    const bool aborts =
        has_child_like(xml, "errorEventDefinition") || has_child_like(xml, "cancelEventDefinition");
    if (aborts && node.scope != 0) {
      reading_.report("S003", xml.span,
                      fmt::format("'{}' leaves the sub-process by an error; draw a decision behind "
                                  "the sub-process",
                                  node.id),
                      node.id);
    }
  }

  void link_flow(const SequenceFlow& each) {
    const XmlNode& xml = *each.xml;
    Flow& flow = draft_.link(ends_[each.from].exit, ends_[each.to].entry, xml.span);
    flow.label = trimmed(xml.at("name"));
    const XmlNode* condition = xml.child("conditionExpression");
    if (condition == nullptr || trimmed(condition->text).empty()) return;
    flow.when = Condition{std::string(trimmed(condition->text)), {}, condition->span};
  }

  const BpmnContent& content_;
  const BpmnLanes& lanes_;
  const ModelReading& reading_;
  ProcessDraft draft_;
  std::vector<Ends> ends_;           ///< by node
  std::vector<std::size_t> owners_;  ///< by scope: the sub-process
  Border top_;
};

/// The process with elements. Reports when there is none, or more than one.
const XmlNode* only_process(const XmlNode& root, const ModelReading& reading) {
  std::vector<const XmlNode*> processes;
  for (const XmlNode& each : root.children) {
    if (each.name != "process") continue;
    if (std::any_of(each.children.begin(), each.children.end(), is_flow_node))
      processes.push_back(&each);
  }
  if (processes.empty()) {
    reading.report("S004", root.span,
                   "the file has no process with elements; export the process itself");
    return nullptr;
  }
  if (processes.size() == 1) return processes.front();
  std::string names;
  for (const XmlNode* each : processes)
    names += (names.empty() ? "'" : ", '") + std::string(each->at("id")) + "'";
  reading.report("S003", processes[1]->span,
                 fmt::format("the file has {} processes: {}; keep the one that the log belongs to",
                             processes.size(), names));
  return nullptr;
}

/// The name of a process, or that of its pool.
std::string title_of(const XmlNode& root, const XmlNode& process) {
  if (!trimmed(process.at("name")).empty()) return std::string(trimmed(process.at("name")));
  for (const XmlNode& collaboration : root.children) {
    if (collaboration.name != "collaboration") continue;
    for (const XmlNode& each : collaboration.children) {
      const bool is_pool = each.name == "participant" && !process.at("id").empty() &&
                           each.at("processRef") == process.at("id");
      if (is_pool) return std::string(trimmed(each.at("name")));
    }
  }
  return {};
}

}  // namespace

std::optional<ImportedModel> read_bpmn(const XmlNode& root, const ModelReading& reading) {
  const std::size_t faults_before = reading.found.size();
  const XmlNode* xml = only_process(root, reading);
  if (xml == nullptr) return std::nullopt;
  const BpmnContent content = read_content(*xml, reading);
  const BpmnLanes lanes = read_lanes(content, reading);
  if (reading.found.size() != faults_before) return std::nullopt;
  ImportedModel model{BpmnTranslation(content, lanes, reading).translate(), std::nullopt};
  if (reading.found.size() != faults_before) return std::nullopt;
  Process& process = model.process;
  process.kind = Process::Kind::map;
  process.id = xml->at("id").empty() ? reading.stem : std::string(xml->at("id"));
  process.title = title_of(root, *xml);
  if (process.title.empty()) process.title = reading.stem;
  process.span = xml->span;
  return model;
}

}  // namespace gemba::inline interchange
