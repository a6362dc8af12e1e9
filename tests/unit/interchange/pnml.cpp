// Petri nets of other tools: what is read, and what is refused.
#include <doctest/doctest.h>

#include "core/replay/conform/alignment.h"
#include "tests/unit/interchange/pnml_text.h"
#include "tests/unit/interchange/reading.h"

namespace gemba {
namespace {

using Labels = std::vector<std::uint32_t>;
using test::arcs;
using test::places;
using test::pnml;
using test::transition;

constexpr std::uint32_t silent = LabelledNet::silent;

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

}  // namespace gemba
