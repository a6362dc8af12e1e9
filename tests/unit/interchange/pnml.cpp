// Petri nets of other tools: what is read, what is refused, and that costs on them are those of an
// exhaustive search on the same net.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>

#include "core/replay/activity_map.h"
#include "core/replay/conformance.h"
#include "core/replay/labelled_net.h"
#include "tests/unit/interchange/reading.h"
#include "tests/unit/replay/cost_by_force.h"

namespace gemba {
namespace {

constexpr std::uint32_t silent = LabelledNet::silent;
using Labels = std::vector<std::uint32_t>;

/// A net between start and end with a page, as tools write it.
std::string pnml(const std::string& content, const std::string& beside = {}) {
  return "<?xml version='1.0' encoding='UTF-8'?>\n<pnml xmlns='http://www.pnml.org/version-2009/"
         "grammar/pnml'>\n<net id='n' type='http://www.pnml.org/version-2009/grammar/ptnet'><page "
         "id='g'>\n" +
         content + "\n</page>" + beside + "</net>\n</pnml>\n";
}

/// `name/text` of a transition that is a letter, or the marks of a silent one.
std::string transition(const std::string& id, const std::string& name) {
  return "<transition id='" + id + "'>" +
         (name.empty() ? "" : "<name><text>" + name + "</text></name>") + "</transition>";
}

std::string arcs(const std::string& way) {
  std::string text;
  std::string from;
  for (std::size_t at = 0; at < way.size();) {
    const std::size_t end = std::min(way.find(' ', at), way.size());
    const std::string to = way.substr(at, end - at);
    if (!from.empty()) text += "<arc source='" + from + "' target='" + to + "'/>";
    from = to;
    at = end + 1;
  }
  return text;
}

std::string places(const std::string& names) {
  std::string text;
  for (const char name : names) text += std::string("<place id='") + name + "'/>";
  return text;
}

/// `start>t t>end | 0 12 >a> 1` …: the flow of the process and the net.
std::string show(const ImportedModel& model) {
  std::string text = test::flow_of(model.process) + " |";
  for (const auto& each : model.net->transitions) {
    text += ' ';
    for (const std::uint32_t place : each.pre) text += std::to_string(place);
    text += each.label == silent ? ">-" : ">" + model.process.steps[each.label].name;
    text += '>';
    for (const std::uint32_t place : each.post) text += std::to_string(place);
  }
  return text;
}

std::string shown(const std::string& text) {
  const test::ModelRead read = test::read_model_text(text, "models/mined.pnml");
  CHECK(read.model.has_value() == read.found.empty());
  return read.model ? show(*read.model) : test::faults_of(read);
}

}  // namespace

TEST_CASE("nets become processes") {
  struct Row {
    const char* what;
    std::string text;
    std::string shown;
  };
  const Row rows[] = {
      {"a sequence",
       pnml(places("iop") + transition("a", "核对") + transition("b", "退款") + arcs("i a p b o")),
       "start>a a>b b>end | 0>核对>2 2>退款>1"},
      {"a step that may be left out",
       pnml(places("io") + transition("a", "A") + transition("t", "") + arcs("i a o") +
            arcs("i t o")),
       "start>i i>a i>end a>end | 0>A>1 0>->1"},
      {"two steps side by side",
       pnml(places("iopqrs") + transition("f", "") + transition("a", "A") + transition("b", "B") +
            transition("j", "J") + arcs("i f p a r j o") + arcs("f q b s j")),
       "start>f.fork f.fork>a f.fork>b a>j.join b>j.join j>end j.join>j | 0>->23 2>A>4 3>B>5 "
       "45>J>1"},
      {"a choice behind a join (extended free choice)",
       pnml(places("iopq") + transition("f", "F") + transition("a", "A") + transition("b", "B") +
            arcs("i f p a o") + arcs("f q a") + arcs("p b o") + arcs("q b")),
       "start>f f>f.fork f.fork>p.join f.fork>p.join a>end p.join>p.choice p.choice>a p.choice>b "
       "b>end | 0>F>23 23>A>1 23>B>1"},
      {"a loop of nothing",
       pnml("<place id='i'><initialMarking><text>1</text></initialMarking></place><place id='o'/>" +
            transition("t", "") + transition("a", "A") + arcs("i t i a o")),
       "start>i i>i i>a a>end | 0>->0 0>A>1"}};
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(shown(row.text) == row.shown);
  }
}

TEST_CASE("names, marks and markings in the forms of several tools") {
  const std::string body = places("io") + arcs("i a o");
  const auto net_of = [](const std::string& text) {
    const std::string all = shown(text);
    return all.substr(std::min(all.size(), all.find("| ") + 2));
  };
  CHECK(net_of(pnml(body + transition("a", "tau"))) == "0>tau>1");
  CHECK(net_of(pnml(body + transition("a", " "))) == "0>->1");
  CHECK(net_of(pnml(body + "<transition id='a'><name><text>tau</text></name><toolspecific "
                           "tool='ProM' version='6.4' activity='$invisible$'/></transition>")) ==
        "0>->1");
  CHECK(net_of(pnml(body + "<transition id='a'><toolspecific tool='WoPeD'><time>0</time>"
                           "</toolspecific><name><text>A</text><graphics/></name></transition>")) ==
        "0>A>1");
  CHECK(net_of(pnml(body + "<transition id='a'><name><value>A &amp; B</value></name>"
                           "</transition>")) == "0>A & B>1");
  CHECK(net_of("<pnml><net id='x'>" + body + transition("a", "A") + "</net></pnml>") == "0>A>1");
  CHECK(net_of("\xEF\xBB\xBF<p:pnml xmlns:p=\"urn:p\"><p:net type='' id=\"x\"><p:place "
               "id=\"i\"/><p:place id='o'/><p:arc target='a' id='1' source='i'/><p:arc target='o' "
               "source='a'/><p:transition id='a'><p:name><p:text><![CDATA[a<b]]></p:text>"
               "</p:name></p:transition></p:net></p:pnml>") == "0>a<b>1");
}

TEST_CASE("markings and weights") {
  const std::string text = pnml(
      "<place id='i'><initialMarking><text> 2 </text></initialMarking></place><place "
      "id='o'/><place id='x'/>" +
          transition("a", "A") +
          "<arc source='i' target='a'><inscription><text>2</text></inscription></arc>" +
          "<arc source='a' target='o'><inscription><text>3</text></inscription></arc>" +
          arcs("a x"),
      "<finalmarkings><marking><place idref='o'><text>3</text></place><place idref='i'><text>0"
      "</text></place><place idref='x'><text>1</text></place></marking></finalmarkings>");
  const test::ModelRead read = test::read_model_text(text);
  REQUIRE_MESSAGE(read.model, test::faults_of(read));
  const LabelledNet& net = *read.model->net;
  CHECK(net.places == 3);
  CHECK(net.initial == Labels{0, 0});
  CHECK(net.final == Labels{1, 1, 1, 2});
  CHECK(net.transitions.front().pre == Labels{0, 0});
  CHECK(net.transitions.front().post == Labels{1, 1, 1, 2});
  CHECK(Aligner(net).align(Labels{net.transitions.front().label})->cost == 0);
}

TEST_CASE("the process of a net has its names and places") {
  const test::ModelRead read = test::read_model_text(
      "<pnml>\n <net id='n1'>\n  <place id='i'/><place id='o'/>\n  <transition id='t'><name><text>"
      "核对</text></name></transition>" +
          arcs("i t o") + "</net></pnml>",
      "logs/mined model.pnml");
  REQUIRE(read.model);
  const Process& process = read.model->process;
  CHECK(process.id == "n1");
  CHECK(process.title == "mined model");
  CHECK(process.span.begin == Position{2, 2});
  const auto step = process.find_step("t");
  REQUIRE(step);
  CHECK(process[*step].name == "核对");
  CHECK(process[*step].kind == StepKind::task);
  CHECK(process[*step].span.begin == Position{4, 3});
  CHECK(process[*step].span.end == Position{4, 22});
}

TEST_CASE("nets at fault") {
  const std::string fine = places("io") + transition("a", "A");
  struct Row {
    std::string text;
    std::string faults;
  };
  const Row rows[] = {
      {"<pnml/>", "S004 1:1 the file has no 'net'; export the net again"},
      {"<pnml><net id='a'/><net id='b'/></pnml>",
       "S003 1:20 the file has 2 nets; keep the one that the log belongs to"},
      {"<pnml><net id='a' type='http://www.pnml.org/version-2009/grammar/symmetricnet'/></pnml>",
       "S003 1:7 this is a high-level net; export it as a place/transition net"},
      {"<pnml><net id='a'/></pnml>",
       "S004 1:7 the net has no initial marking and 0 places without incoming arcs; write the "
       "initial marking\nS004 1:7 the net has no final marking and 0 places without outgoing arcs; "
       "write the final marking"},
      {pnml(fine + "<place id='p'/>" + arcs("i a o")),
       "S004 3:1 the net has no initial marking and 2 places without incoming arcs; write the "
       "initial marking\nS004 3:1 the net has no final marking and 2 places without outgoing arcs; "
       "write the final marking"},
      {pnml(fine + "<place id='i'/>"),
       "S005 4:90 the id 'i' is used twice; give each node its own"},
      {pnml("<place/>"), "S004 4:1 this place has no 'id'; give it one"},
      {pnml(fine + arcs("i a p1") + arcs("a o")),
       "S006 4:118 'p1' is no place or transition of the net"},
      {pnml("<place id='received'/>" + fine + arcs("i a recieved") + arcs("a o")),
       "S006 4:140 'recieved' is no place or transition of the net; did you mean 'received'?"},
      {pnml(fine + "<arc source='i'/>"), "S006 4:90 this arc has no 'target'; name the node"},
      {pnml(fine + arcs("i o")),
       "S003 4:90 an arc leads from 'i' to 'o', which are both places; put a transition between "
       "them"},
      {pnml(fine + arcs("a o") +
            "<arc source='i' target='a'><inscription><text>0</text>"
            "</inscription></arc>"),
       "S003 4:145 '0' is not a number of tokens; write one from 1 to 64"},
      {pnml(fine + arcs("a o") +
            "<arc id='x' source='i' target='a'><arctype><text>inhibitor"
            "</text></arctype></arc>"),
       "S003 4:118 arcs of type 'inhibitor' are not understood; say it with places and normal "
       "arcs"},
      {pnml(fine + arcs("a o")),
       "S003 4:31 transition 'a' has no incoming arc and could happen at any time; give it a place "
       "before it"},
      {pnml("<place id='i'><initialMarking><text>many</text></initialMarking></place>"),
       "S003 4:15 'many' is not a number of tokens; write one from 0 to 64"},
      {pnml(fine + arcs("i a o"),
            "<finalmarkings><marking><place idref='a'><text>1</text></place>"
            "</marking></finalmarkings>"),
       "S003 5:32 'a' is a transition, and only places have tokens"},
      {pnml(fine + arcs("i a o"),
            "<finalmarkings><marking><place idref='o'/></marking><marking>"
            "<place idref='i'/></marking></finalmarkings>"),
       "S003 5:60 the net has 2 final markings; keep one, for instance by a silent transition from "
       "each to one place"},
      {pnml("<referencePlace id='r' ref='i'/>"),
       "S003 4:1 'r' stands for a node of another page, which is not understood; draw the net on "
       "one page"},
      {"<html/>",
       "S001 1:1 'html' is neither a net of PNML nor a model of BPMN; export the model as PNML or "
       "BPMN 2.0"}};
  for (const Row& row : rows) CHECK(shown(row.text) == row.faults);
}

namespace {

std::uint32_t pick(std::mt19937& random, std::uint32_t count) {
  return static_cast<std::uint32_t>(random() % count);
}

/// A net of any shape: weights, choices that are not free, silent loops, labels that several
/// transitions have.
LabelledNet random_net(std::mt19937& random) {
  LabelledNet net;
  net.places = 3 + pick(random, 4);
  net.initial = {0};
  net.final = {1};
  const auto some_places = [&] {
    std::vector<std::uint32_t> some(1 + pick(random, 2));
    for (auto& place : some) place = pick(random, net.places);
    std::sort(some.begin(), some.end());
    return some;
  };
  const std::size_t count = 3 + pick(random, 6);
  for (std::size_t i = 0; i < count; ++i) {
    net.transitions.push_back(
        {some_places(), some_places(), pick(random, 4) == 0 ? silent : pick(random, 4)});
  }
  net.transitions.push_back({{0}, {1}, 0});
  return net;
}

std::string weighted_arcs(const std::vector<std::uint32_t>& side, const std::string& transition_id,
                          bool in) {
  std::map<std::uint32_t, int> weights;
  for (const std::uint32_t place : side) ++weights[place];
  std::string text;
  for (const auto& [place, weight] : weights) {
    const std::string id = "p" + std::to_string(place);
    text += "<arc source='" + (in ? id : transition_id) + "' target='" + (in ? transition_id : id) +
            "'>";
    if (weight > 1) {
      text += "<inscription><text>" + std::to_string(weight) + "</text></inscription>";
    }
    text += "</arc>\n";
  }
  return text;
}

/// Writes a net; labels are called A, B, C … The ids of transitions are names of others, to
/// mislead.
std::string write(const LabelledNet& net) {
  std::string text = "<pnml><net id='n'>\n";
  const auto id_of = [](std::size_t i) {
    return std::string(1, static_cast<char>('D' - i % 4)) + std::string(i / 4, '\'');
  };
  const auto escaped = [&](std::size_t i) {
    std::string id;
    for (const char c : id_of(i)) id += c == '\'' ? std::string("&apos;") : std::string(1, c);
    return id;
  };
  for (std::size_t i = 0; i < net.transitions.size(); ++i) {
    const auto& each = net.transitions[i];
    text += transition(escaped(i), each.label == silent
                                       ? std::string()
                                       : std::string(1, static_cast<char>('A' + each.label)));
    text += weighted_arcs(each.pre, escaped(i), true) + weighted_arcs(each.post, escaped(i), false);
  }
  for (std::uint32_t i = 0; i < net.places; ++i) {
    text += "<place id='p" + std::to_string(i) + "'>";
    if (i == 0) text += "<initialMarking><text>1</text></initialMarking>";
    text += "</place>";
  }
  return text +
         "<finalmarkings><marking><place idref='p1'><text>1</text></place></marking>"
         "</finalmarkings></net></pnml>";
}

/// One case of the labels; those that are unknown to the net are called X.
EventLog log_of(const Labels& trace) {
  std::string csv = "case,activity,timestamp\n";
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const char name = trace[i] == silent ? 'X' : static_cast<char>('A' + trace[i]);
    csv += std::string("1,") + name + ",2026-01-01 0" + std::to_string(i) + ":00:00\n";
  }
  return read_log_text(csv, "log.csv");
}

}  // namespace

TEST_CASE("costs on a net that was read are those of an exhaustive search") {
  std::mt19937 random(7);
  int tried = 0;
  while (tried < 150) {
    const LabelledNet net = random_net(random);
    if (test::cost_by_force(net, {}, 150) == std::optional<std::int64_t>(-1)) continue;
    const test::ModelRead read = test::read_model_text(write(net));
    REQUIRE_MESSAGE(read.model, test::faults_of(read));
    Labels trace(1 + pick(random, 7));
    for (auto& label : trace) label = pick(random, 8) == 0 ? silent : pick(random, 4);
    const auto expected = test::cost_by_force(net, trace, 1500);
    if (expected == std::optional<std::int64_t>(-1)) continue;
    const ConformanceOptions options{.net = &*read.model->net};
    const auto found =
        check_conformance(read.model->process, log_of(trace), LifecycleMode::automatic, options);
    REQUIRE(found.has_value() == expected.has_value());
    ++tried;
    if (!found) continue;
    REQUIRE(found->variants.size() == 1);
    CHECK(found->variants.front().exact);
    CHECK(found->variants.front().cost == *expected);
  }
}

namespace {

/// Writes nested blocks between two places: sequences, choices, steps side by side, loops.
class BlockWriter {
 public:
  explicit BlockWriter(std::mt19937& random) : random_(random) {}

  std::string net() {
    block("i", "o", 4);
    return pnml("<place id='i'/><place id='o'/>" + text_);
  }

 private:
  std::string new_place() {
    const std::string id = "p" + std::to_string(count_++);
    text_ += "<place id='" + id + "'/>";
    return id;
  }

  std::string add(const std::string& name) {
    const std::string id = "t" + std::to_string(count_++);
    text_ += transition(id, name);
    return id;
  }

  void block(const std::string& from, const std::string& to, int depth) {
    const std::uint32_t what = depth == 0 ? pick(random_, 2) : pick(random_, 7);
    if (what < 2) {
      const std::string name = pick(random_, 4) == 0 ? "" : "L" + std::to_string(labels_++);
      text_ += arcs(from + " " + add(name) + " " + to);
    } else if (what < 4) {
      const std::string between = new_place();
      block(from, between, depth - 1);
      block(between, to, depth - 1);
    } else if (what == 4) {
      block(from, to, depth - 1);
      block(from, to, depth - 1);
    } else if (what == 5) {
      const std::string fork = add(pick(random_, 2) == 0 ? "" : "L" + std::to_string(labels_++));
      const std::string join = add("");
      text_ += arcs(from + " " + fork) + arcs(join + " " + to);
      for (int i = 0; i < 2; ++i) {
        const std::string begin = new_place();
        const std::string end = new_place();
        text_ += arcs(fork + " " + begin) + arcs(end + " " + join);
        block(begin, end, depth - 1);
      }
    } else {
      const std::string begin = new_place();
      const std::string end = new_place();
      text_ += arcs(from + " " + add("") + " " + begin) + arcs(end + " " + add("") + " " + to);
      block(begin, end, depth - 1);
      block(end, begin, depth - 1);
    }
  }

  std::mt19937& random_;
  std::string text_;
  int count_ = 0;
  int labels_ = 0;
};

}  // namespace

TEST_CASE("the process of a net of blocks costs what the net costs") {
  std::mt19937 random(11);
  for (int i = 0; i < 60; ++i) {
    const test::ModelRead read = test::read_model_text(BlockWriter(random).net());
    REQUIRE_MESSAGE(read.model, test::faults_of(read));
    const Process& process = read.model->process;
    std::vector<bool> visible;
    Labels labels;
    for (std::size_t step = 0; step < process.steps.size(); ++step) {
      visible.push_back(shows_in_logs(process.steps[step]));
      if (visible.back()) labels.push_back(static_cast<std::uint32_t>(step));
    }
    Aligner by_process(labelled_net(workflow_net(process, FlowGraph(process)), visible));
    Aligner by_net(*read.model->net);
    for (int k = 0; k < 10; ++k) {
      Labels trace(pick(random, 9));
      for (auto& label : trace) {
        label = labels.empty() ? silent
                               : labels[pick(random, static_cast<std::uint32_t>(labels.size()))];
      }
      const auto one = by_process.align(trace);
      const auto other = by_net.align(trace);
      REQUIRE(one.has_value());
      REQUIRE(other.has_value());
      CHECK(one->cost == other->cost);
    }
  }
}

}  // namespace gemba
