// BPMN of other tools: what becomes of its elements, and what documents cannot express.
#include <doctest/doctest.h>

#include "core/eventlog/read_log.h"
#include "core/replay/cases/activity_map.h"
#include "tests/unit/interchange/reading.h"

namespace gemba {
namespace {

std::string bpmn(const std::string& content) {
  return "<?xml version=\"1.0\"?>\n<bpmn:definitions "
         "xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\">\n<bpmn:process id=\"p\">\n" +
         content + "\n</bpmn:process></bpmn:definitions>";
}

/// Elements by their words: `task:a:Name start:s`; flows as `s>a`, each of one letter.
std::string elements(const std::string& words) {
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t end = std::min(words.find(' ', at), words.size());
    const std::string word = words.substr(at, end - at);
    at = end + 1;
    const std::size_t colon = word.find(':');
    if (word.size() == 3 && word[1] == '>') {
      text += "<bpmn:sequenceFlow id='" + word + "' sourceRef='" + word[0] + "' targetRef='" +
              word[2] + "'/>";
      continue;
    }
    const std::size_t second = word.find(':', colon + 1);
    text += "<bpmn:" + word.substr(0, colon) + " id='" +
            word.substr(colon + 1, second == std::string::npos ? second : second - colon - 1) + "'";
    if (second != std::string::npos) text += " name='" + word.substr(second + 1) + "'";
    text += "/>";
  }
  return text;
}

std::string shown(const std::string& text) {
  const test::ModelRead read = test::read_model_text(text, "models/退款.bpmn");
  CHECK(read.model.has_value() == read.found.empty());
  return read.model ? test::flow_of(read.model->process) : test::faults_of(read);
}

std::string visible_in(const Process& process) {
  std::string text;
  for (const Step& step : process.steps) {
    if (shows_in_logs(step)) text += (text.empty() ? "" : " ") + step.name;
  }
  return text;
}

}  // namespace

TEST_CASE("elements become steps") {
  struct Row {
    const char* what;
    const char* words;
    const char* flow;
  };
  const Row rows[] = {
      {"a sequence", "startEvent:s task:a userTask:b endEvent:e s>a a>b b>e", "s>a a>b b>e"},
      {"a choice and where it ends",
       "startEvent:s exclusiveGateway:x task:a task:b exclusiveGateway:y endEvent:e s>x x>a x>b "
       "a>y "
       "b>y y>e",
       "s>x x>a x>b a>e b>e"},
      {"a named gateway stays", "startEvent:s exclusiveGateway:x:ok? endEvent:e s>x x>e",
       "s>x x>e"},
      {"branches side by side",
       "startEvent:s parallelGateway:x task:a task:b parallelGateway:y endEvent:e s>x x>a x>b a>y "
       "b>y y>e",
       "s>x x>a x>b a>y b>y y>e"},
      {"a join that splits again",
       "startEvent:s parallelGateway:x task:a task:b parallelGateway:y task:c task:d "
       "parallelGateway:z endEvent:e s>x x>a x>b a>y b>y y>c y>d c>z d>z z>e",
       "s>x x>a x>b a>y b>y y>y.fork y.fork>c y.fork>d c>z d>z z>e"},
      {"several flows out of an activity",
       "startEvent:s task:a task:b task:c parallelGateway:y endEvent:e s>a a>b a>c b>y c>y y>e",
       "s>a a>a.fork a.fork>b a.fork>c b>y c>y y>e"},
      {"merges before a join are kept",
       "startEvent:s parallelGateway:x task:a exclusiveGateway:m exclusiveGateway:n "
       "parallelGateway:y endEvent:e s>x x>n n>a n>m a>m m>y x>y y>e",
       "s>x x>n x>y a>m m>y n>a n>m y>e"},
      {"events without names are silent",
       "startEvent:s intermediateCatchEvent:i task:a endEvent:e s>i i>a a>e", "s>a a>e"},
      {"neither start nor end", "task:a task:b a>b", "a>b b>end start>a"},
      {"several beginnings without a start event", "task:a task:b task:c a>c b>c",
       "a>c b>c c>end start>start.fork start.fork>a start.fork>b"},
      {"an inclusive gateway that only merges",
       "startEvent:s exclusiveGateway:x task:a task:b inclusiveGateway:y endEvent:e s>x x>a x>b "
       "a>y "
       "b>y y>e",
       "s>x x>a x>b a>e b>e"},
      {"a sub-process that shows nothing", "startEvent:s subProcess:a endEvent:e s>a a>e",
       "s>a a>e"}};
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(shown(bpmn(elements(row.words))) == row.flow);
  }
}

TEST_CASE("sub-processes are inlined") {
  const std::string inner = elements(
      "startEvent:t exclusiveGateway:x task:b task:c endEvent:f endEvent:g "
      "t>x x>b x>c b>f c>g");
  CHECK(shown(bpmn(elements("startEvent:s task:a task:d endEvent:e s>a a>u u>d d>e") +
                   "<bpmn:subProcess id='u' name='Sub'>" + inner + "</bpmn:subProcess>")) ==
        "s>a a>x d>e x>b x>c b>d c>d");
  const std::string nested =
      "<bpmn:transaction id='v'>" + elements("task:b task:c b>c") + "</bpmn:transaction>";
  CHECK(shown(bpmn(elements("startEvent:s endEvent:e s>u u>e") + "<bpmn:subProcess id='u'>" +
                   nested + "</bpmn:subProcess>")) == "s>b b>c c>e");
  const std::string parallel = elements("parallelGateway:x task:b task:c x>b x>c");
  CHECK(shown(bpmn(elements("startEvent:s endEvent:e s>u u>e") + "<bpmn:subProcess id='u'>" +
                   parallel + "</bpmn:subProcess>")) ==
        "S003 4:163 sub-process 'u' has branches side by side and several flows to its end; join "
        "the branches and let one flow lead there");
}

TEST_CASE("kinds, names, lanes and conditions") {
  const test::ModelRead read = test::read_model_text(
      "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><collaboration>"
      "<participant name='退款流程' processRef='refund'/></collaboration>\n"
      "<process id='refund'><laneSet><lane id='l1' name='客服'><flowNodeRef>check</flowNodeRef>"
      "<flowNodeRef> ok </flowNodeRef></lane><lane id='l2'><childLaneSet><lane id='l3' "
      "name='财务'><flowNodeRef>u</flowNodeRef></lane></childLaneSet></lane></laneSet>"
      "<sequenceFlow targetRef='check' sourceRef='s' id='f1'/>"
      "<userTask name='核对&#13;&#10;订单' id='check'/><startEvent id='s' name='申请'/>"
      "<exclusiveGateway id='ok' default='f4' name='通过?'/><endEvent id='e'/>"
      "<sequenceFlow id='f2' sourceRef='check' targetRef='ok'/>"
      "<sequenceFlow id='f3' name='是' sourceRef='ok' targetRef='u'><conditionExpression>"
      "<![CDATA[amount < 50]]></conditionExpression></sequenceFlow>"
      "<sequenceFlow id='f4' sourceRef='ok' targetRef='w'/>"
      "<sequenceFlow id='f5' sourceRef='u' targetRef='w'/>"
      "<sequenceFlow id='f6' sourceRef='w' targetRef='n'/>"
      "<sequenceFlow id='f7' sourceRef='n' targetRef='e'/>"
      "<subProcess id='u'><callActivity id='pay' name='付款' calledElement='payment'/></subProcess>"
      "<intermediateCatchEvent id='w' "
      "name='等一天'><timerEventDefinition/></intermediateCatchEvent>"
      "<sendTask id='n' name='通知'/><textAnnotation id='t'/></process></definitions>",
      "refund.bpmn");
  REQUIRE_MESSAGE(read.model, test::faults_of(read));
  CHECK_FALSE(read.model->net);
  const Process& process = read.model->process;
  CHECK(process.id == "refund");
  CHECK(process.title == "退款流程");
  CHECK(visible_in(process) == "核对 订单 付款 等一天 通知");
  const auto step = [&](const char* id) -> const Step& {
    const auto found = process.find_step(id);
    REQUIRE(found);
    return process[*found];
  };
  CHECK(step("s").kind == StepKind::start);
  CHECK(step("s").name == "申请");
  CHECK(step("check").automation == Automation::assisted);
  CHECK(step("check").span.begin.line == 2);
  CHECK(step("pay").kind == StepKind::call);
  CHECK(step("pay").calls->text == "payment");
  CHECK(step("w").kind == StepKind::wait);
  CHECK(step("n").kind == StepKind::notify);
  const auto role = [&](const char* id) {
    return step(id).role ? process.definitions[*step(id).role].name : std::string("-");
  };
  CHECK(role("check") == "客服");
  CHECK(role("ok") == "客服");
  CHECK(role("pay") == "财务");
  CHECK(role("n") == "-");
  CHECK(process.definitions.roles.size() == 2);
  for (const Flow& flow : process.flows) {
    if (process[flow.from].id != "ok") continue;
    const bool pays = process[flow.to].id == "pay";
    CHECK(flow.when.has_value() == pays);
    if (pays) CHECK(flow.when->text == "amount < 50");
    CHECK(flow.label == (pays ? "是" : ""));
  }
}

TEST_CASE("an activity belongs to the step of its name, whatever is called by it too") {
  const test::ModelRead read = test::read_model_text(
      bpmn(elements("startEvent:s:B exclusiveGateway:B:A task:A:B task:b:A endEvent:e") +
           "<bpmn:sequenceFlow sourceRef='s' targetRef='B'/>"
           "<bpmn:sequenceFlow sourceRef='B' targetRef='A'/>"
           "<bpmn:sequenceFlow sourceRef='A' targetRef='b'/>"
           "<bpmn:sequenceFlow sourceRef='b' targetRef='e'/>"));
  REQUIRE_MESSAGE(read.model, test::faults_of(read));
  const Process& process = read.model->process;
  const EventLog log =
      read_log_text("case,activity,timestamp\n1,A,2026-01-01\n1,B,2026-01-02\n", "log.csv");
  const ActivityMap map = map_activities(process, log);
  CHECK(process[*map.step_of[0]].id == "b");
  CHECK(process[*map.step_of[1]].id == "A");
}

TEST_CASE("what a document cannot express is refused") {
  struct Row {
    std::string content;
    std::string faults;
  };
  const Row rows[] = {
      {"<bpmn:boundaryEvent id='b' attachedToRef='a'/>",
       "S003 4:1 'b': an event at the boundary of an activity interrupts it; draw a decision "
       "behind "
       "it"},
      {"<bpmn:adHocSubProcess id='b'/>",
       "S003 4:1 'b': an ad-hoc sub-process has no order; draw its steps one by one"},
      {"<bpmn:subProcess triggeredByEvent='true' id='b'/>",
       "S003 4:1 'b': an event sub-process can begin at any time; draw a decision where it does"},
      {"<bpmn:task id='b'>\n<bpmn:multiInstanceLoopCharacteristics/></bpmn:task>",
       "S003 4:1 'b': an activity that is repeated by itself; draw a flow back to it, or one step "
       "for all repetitions"},
      {"<bpmn:task id='b' isForCompensation='true'/>",
       "S003 4:1 'b': compensation happens outside of the flow; draw it as a step"},
      {"<bpmn:task/>", "S004 4:1 this task has no 'id'; give it one"},
      {"<bpmn:task id='a'/><bpmn:task id='a'/>",
       "S005 4:20 the id 'a' is used twice; give each element its own"},
      {"<bpmn:task id='check'/><bpmn:sequenceFlow sourceRef='chek'/>",
       "S006 4:24 'chek' is no element that a flow can connect; did you mean 'check'?\nS006 4:24 "
       "this flow has no 'targetRef'; name the element"},
      {"<bpmn:laneSet><bpmn:lane name='客服'><bpmn:flowNodeRef>x</bpmn:flowNodeRef></bpmn:lane>"
       "</bpmn:laneSet><bpmn:task id='a'/>",
       "S006 4:36 'x' in lane '客服' is no element of the process; remove it"},
      {"", "S004 2:1 the file has no process with elements; export the process itself"}};
  for (const Row& row : rows) CHECK(shown(bpmn(row.content)) == row.faults);
  const Row flows[] = {
      {"startEvent:s task:a endEvent:e s>a a>e e>a",
       "S003 4:182 nothing leaves an end event; remove the flow or make 'e' an intermediate event"},
      {"startEvent:s task:a s>a a>s",
       "S003 4:102 nothing enters a start event; let the flow lead to what is behind 's'"},
      {"startEvent:s task:a task:b endEvent:e s>a a>e",
       "S003 4:45 no flow leads to 'b'; connect it or remove it"},
      {"task:a task:b a>b b>a",
       "S004 3:1 nothing begins here: every element has a flow to it; draw a start event"},
      {"startEvent:s inclusiveGateway:x task:a task:b s>x x>a x>b",
       "S003 4:26 'x' may take several of its exits; draw an exclusive gateway, or a parallel one "
       "with decisions behind it"},
      {"startEvent:s parallelGateway:x task:a task:b inclusiveGateway:y endEvent:e s>x x>a x>b a>y "
       "b>y y>e",
       "S003 4:94 how many branches 'y' waits for is not said by the flow; draw a parallel or an "
       "exclusive gateway"}};
  for (const Row& row : flows) CHECK(shown(bpmn(elements(row.content))) == row.faults);
}

TEST_CASE("flows and ends that depend on what is around them") {
  const std::string choice = elements("startEvent:s task:a task:b s>a a>b") +
                             "<bpmn:endEvent id='e'/><bpmn:sequenceFlow sourceRef='a' "
                             "targetRef='e'><bpmn:conditionExpression/></bpmn:sequenceFlow>";
  CHECK(shown(bpmn(choice)).find("of the flows behind 'a' any may be taken") != std::string::npos);
  const std::string terminate =
      "<bpmn:endEvent id='e'><bpmn:terminateEventDefinition/></bpmn:endEvent>";
  CHECK(shown(bpmn(elements("startEvent:s s>e") + terminate)) == "s>e");
  CHECK(shown(bpmn(elements("startEvent:s task:a task:b s>a s>b a>e") + terminate))
            .find("'e' ends other branches too") != std::string::npos);
  const std::string error = "<bpmn:subProcess id='u'>" + elements("task:b b>f") +
                            "<bpmn:endEvent id='f'><bpmn:errorEventDefinition/></bpmn:endEvent>"
                            "</bpmn:subProcess>";
  CHECK(shown(bpmn(elements("startEvent:s s>u") + error))
            .find("'f' leaves the sub-process by an error") != std::string::npos);
  CHECK(shown(bpmn(elements("startEvent:s task:a s>a a>b") + "<bpmn:subProcess id='u'>" +
                   elements("task:b") + "</bpmn:subProcess>"))
            .find("crosses the border of a sub-process") != std::string::npos);
}

TEST_CASE("of several processes one must be chosen") {
  CHECK(shown("<definitions><process id='a'/><process id='b'><task id='t'/></process>"
              "</definitions>") == "t>end start>t");
  CHECK(shown("<definitions><process id='a'><task id='s'/></process><process id='b'><task id='t'/>"
              "</process></definitions>") ==
        "S003 1:54 the file has 2 processes: 'a', 'b'; keep the one that the log belongs to");
}

}  // namespace gemba
