#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>
#include <utility>

#include "core/base/text.h"
#include "core/render/chart/text_metrics.h"
#include "core/render/draw/mermaid.h"
#include "samples.h"

using namespace gemba;

namespace {

std::string mermaid_of(const Process& process, const ChartOptions& options = {}) {
  return to_mermaid(make_chart(process, options));
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// What a reader sees of a label.
std::string shown(const std::string& label) {
  std::string text;
  for (std::size_t at = 0; at < label.size();) {
    if (label[at] != '#') {
      text += label[at++];
      continue;
    }
    const std::size_t end = label.find(';', at);
    text += encode_utf8(static_cast<char32_t>(std::stoul(label.substr(at + 1, end - at - 1))));
    at = end + 1;
  }
  return text;
}

/// A text as Mermaid can show it.
std::string readable(const std::string& text) {
  std::string clean = clean_text(text);
  const std::size_t at = clean.find("ﬂ°°60¶ß");
  return at == std::string::npos
             ? clean
             : clean.replace(at, std::string("ﬂ°°60¶ß").size(), "fl°°60¶\u2060ß");
}

/// The first quoted text of a line.
std::string quoted(const std::string& line) {
  const std::size_t begin = line.find('"') + 1;
  return line.substr(begin, line.find('"', begin) - begin);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a small process in Mermaid") {
  CHECK(mermaid_of(samples::tiny()) ==
        "---\n"
        "title: \"问候顾客\"\n"
        "---\n"
        "flowchart TD\n"
        "  %% greeting\n"
        "  subgraph lane_1[\"客服\"]\n"
        "    step_begin([\"开始\"])\n"
        "    step_greet(\"问候并确认需求<br/><small>30s</small>\")\n"
        "    step_done([\"结束\"])\n"
        "  end\n"
        "  step_begin --> step_greet\n"
        "  step_greet --> step_done\n"
        "  classDef look1 fill:#34D399,stroke:#059669,color:#1F2937\n"
        "  class step_begin look1\n"
        "  classDef look2 fill:#FFFFFF,stroke:#94A3B8,color:#1F2937\n"
        "  class step_greet look2\n"
        "  classDef look3 fill:#334155,stroke:#334155,color:#FFFFFF\n"
        "  class step_done look3\n"
        "  classDef lane fill:#F8FAFC,stroke:#CBD5E1,color:#334155\n"
        "  class lane_1 lane\n");
}

TEST_CASE("every kind of step has its shape") {
  const std::string text = mermaid_of(samples::every_kind());
  for (const char* part :
       {"step_mail([\"Mail comes in\"])", "step_1st_look(\"Look at it<br/><small>2m</small>\")",
        "step_both@{ shape: fork, label: \"Both at once\" }", "step_ask{{\"Ask the lead\"}}",
        "step_cool@{ shape: delay, label: \"Wait for the bank<br/><small>等待 1d 2h</small>\" }",
        "step_how{\"How to go on?\"}", "step_sub[[\"Run the other procedure\"]]",
        "step_tell@{ shape: doc, label: \"Tell the customer\" }",
        "step_ask -.->|\"ask again · 10#37;\"| step_ask", "step_ask -->|\"yes · 90#37;\"| step_all",
        "step_how -->|\"amount #62; 50 且 late\"| step_open", "linkStyle "}) {
    CAPTURE(part);
    CHECK(holds(text, part));
  }
}

TEST_CASE("direction and lanes are the chart's") {
  ChartOptions options;
  options.direction = Direction::right;
  options.lanes = LaneKey::none;
  const std::string text = mermaid_of(samples::tiny(), options);
  CHECK(holds(text, "\nflowchart LR\n"));
  CHECK_FALSE(holds(text, "subgraph"));
  CHECK(holds(text, "\n  step_begin([\"开始\"])\n"));
}

TEST_CASE("text that means something to Mermaid, Markdown or HTML becomes numbers") {
  const std::pair<std::string, std::string> texts[] = {
      {"核对订单, 付款?", "核对订单, 付款?"},
      {"re-check a--b", "re-check a-#45;b"},
      {"- item", "#45; item"},
      {"1. x", "1#46; x"},
      {"\"]#35;", "#34;#93;#35;35#59;"},
      {"<b>&amp;", "#60;b#62;#38;amp#59;"},
      {"%%{x}%%", "#37;#37;#123;x#125;#37;#37;"},
      {"`a` *b* _c_", "#96;a#96; #42;b#42; #95;c#95;"},
      {"style a:b", "style a#58;b"},
      {"\\N", "#92;N"}};
  for (const auto& [text, escaped] : texts) {
    CAPTURE(text);
    CHECK(mermaid_text(text) == escaped);
    CHECK(shown(escaped) == text);
  }
  CHECK(mermaid_text("ﬂ°°60¶ß ß¶") == "fl°°60¶\u2060ß ß¶");
}

TEST_CASE("hostile text stays text in Mermaid, and all of it") {
  const Process process = samples::hostile();
  const std::string name = "step_[A-Za-z0-9_]+";
  const std::string label = "\"[^\"<>{}`|\\\\\\[\\]]+\"";
  const std::regex known(
      "---|title: \"([^\"\\\\<>&]|\\\\[\"\\\\])*\"|flowchart TD|  %% ((?!%%).)*|  end|"
      "  subgraph lane_[0-9]+\\[" +
      label + "\\]|    " + name + "\\{\\{?" + label + "\\}\\}?|  " + name + " -->\\|" + label +
      "\\| " + name + "|  click " + name +
      " href \"https://x/[^\"<>; ]*\"|  (classDef|class) [A-Za-z0-9_, :#-]+");
  std::vector<std::string> names, labels;
  for (const std::string& line : lines_of(mermaid_of(process))) {
    if (line.starts_with("    step_")) names.push_back(shown(quoted(line)));
    if (holds(line, "-->|")) labels.push_back(shown(quoted(line)));
    if (line.size() > 2000) continue;  // a regular expression would run out of stack
    CAPTURE(line);
    CHECK(std::regex_match(line, known));
  }
  REQUIRE(names.size() == process.steps.size());
  for (const Step& step : process.steps) {
    CAPTURE(step.name);
    CHECK(std::count(names.begin(), names.end(), readable(step.name)) == 1);
  }
  REQUIRE(labels.size() == process.flows.size());
  for (std::size_t i = 0; i < labels.size(); ++i) {
    CHECK(labels[i] == readable(process.flows[i].label));
  }
}

TEST_CASE("ids that Mermaid would take for one are kept apart") {
  samples::Builder b("p");
  b.step("a-b", "one");
  b.step("a_b", "two");
  b.step("a_b_2", "three");
  b.step("退款", "four");
  const std::string text = mermaid_of(b.done());
  for (const char* part : {"step_a_b(\"one\")", "step_a_b_2(\"two\")", "step_a_b_2_2(\"three\")",
                           "step_4(\"four\")"}) {
    CAPTURE(part);
    CHECK(holds(text, part));
  }
}

TEST_CASE("findings, legends and changes show in Mermaid") {
  Chart chart = make_chart(samples::tiny());
  chart.legends.push_back(
      {.title = "Findings",
       .entries = {
           {.sign = LegendSign::disc, .fill = "#DC2626", .border = "#DC2626", .text = "1"}}});
  chart.legends.push_back({.title = "Median", .scale = LegendScale{"1m", "2m"}});
  chart.nodes[1].badge = Badge{2, Level::error, "F104 …"};
  chart.nodes[1].change = ChangeKind::removed;
  chart.edges[1].change = ChangeKind::removed;
  const std::string text = to_mermaid(chart);
  for (const char* part :
       {"  %% Findings: 1 (#DC2626)\n", "  %% Median: 1m – 2m\n",
        "step_greet(\"问候并确认需求<br/><small>30s<br/>⚠ 2</small>\")",
        "step_greet -.-> step_done", "  linkStyle 1 stroke:",
        ",color:#1F2937,stroke-width:2px,stroke-dasharray:4 3\n  class step_greet"}) {
    CAPTURE(std::string(part));
    CHECK(holds(text, part));
  }
}

TEST_CASE("the same chart gives the same Mermaid text") {
  for (const Process& process : {samples::purchasing(), samples::rarities(), samples::hostile()}) {
    CHECK(mermaid_of(process) == mermaid_of(process));
  }
}
