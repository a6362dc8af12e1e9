// What other formats have to hold: every kind of step, and hostile texts.
#include <utility>

#include "samples.h"

namespace gemba::samples {

Process every_kind() {
  Builder b("every-kind", "Every kind of step");
  b.role("customer", "Customer");
  b.role("agent", "Agent");
  b.role("lead", "Lead");
  b.process.definitions.roles[0].external = true;
  b.process.trigger = "somebody <asks>";
  b.step("mail", "Mail comes in", StepKind::start, "customer");
  b.step("round", "Weekly round", StepKind::start, "agent");
  b.step("1st-look", "Look at it", StepKind::task, "agent", 2).note = "line one\nline two";
  b.step("both", "Both at once", StepKind::fork);
  b.step("ask", "Ask the lead", StepKind::approval, "lead");
  b.step("cool", "Wait for the bank", StepKind::wait, "agent").wait =
      SpannedDuration{{Duration::Kind::elapsed, 1530 * 60 * micros_per_second, 0}, {}};
  b.step("all", "All back", StepKind::join);
  b.step("how", "How to go on?", StepKind::decision, "agent");
  b.step("open", "Office hours", StepKind::wait, "agent").wait =
      SpannedDuration{{Duration::Kind::business_days, 0, 2}, {}};
  b.step("sub", "Run the other procedure", StepKind::call, "agent").calls = Spanned{"2nd-sop", {}};
  b.step("tell", "Tell the customer", StepKind::notify, "agent").script = "Dear … & co";
  b.step("robot", "File it", StepKind::task, "agent").automation = Automation::automatic;
  b.step("done", "Done", StepKind::end, "agent");
  b.flow("mail", "1st-look");
  b.flow("round", "1st-look");
  b.flow("1st-look", "both");
  b.flow("both", "ask");
  b.flow("both", "cool");
  b.flow("ask", "all", "yes", 0.9);
  b.flow("ask", "ask", "ask again", 0.1);
  b.flow("cool", "all");
  b.flow("all", "how");
  b.flow("how", "open");
  b.flow("how", "sub");
  b.flow("how", "tell", "otherwise");
  b.flow("open", "tell");
  b.flow("sub", "tell");
  b.flow("tell", "robot");
  b.flow("robot", "done");
  Process process = b.done();
  for (Flow& flow : process.flows) {
    const std::string& to = process[flow.to].id;
    if (process[flow.from].id != "how" || to == "tell") continue;
    const std::string text = to == "open" ? "amount > 50 and late" : "looks odd to me";
    auto parsed = parse_expression(text);
    flow.when = Condition{.text = text};
    if (auto* expression = std::get_if<Expr>(&parsed)) flow.when->expr = std::move(*expression);
  }
  return process;
}

Process hostile() {
  const std::string tricks[] = {"\"];evil [label=\"x\"",
                                "\\\"];evil[",
                                "</font><script>alert(1)</script>",
                                "&lt;b&gt; &amp; <b> &#60; #35; #quot; ﬂ°°60¶ß",
                                "\\N \\G \\E \\l \\\\",
                                "a\x01\x1b[0m\u202Etxt\uFFFE\x7F",
                                "]]>--><!--",
                                "tail\\",
                                "end",
                                "subgraph x",
                                "%%{init: {\"theme\": \"dark\"}}%%",
                                "%% x\nclick y \"data:text/html,x\"",
                                "`**bold** _it_ [a](data:b)`",
                                "1. - # www.example.com fa:fa-car $$x$$",
                                "style a:b#c; classDef d:e#f;",
                                "a---b-->c & d:::e @{ shape: x }",
                                std::string(2500, '"') + std::string(2500, '<')};
  Builder b("evil\"];x[", "T 1 2 3 4 5 -\"];</svg><script a=\"b\">\\");
  b.role("a", "lane\\\" F 99 3 -abc </text>");
  b.role("b", "\\");
  std::size_t number = 0;
  for (const std::string& trick : tricks) {
    Step& step = b.step(trick, trick, number % 2 == 0 ? StepKind::decision : StepKind::approval,
                        number % 2 == 0 ? "a" : "b");
    step.link = number % 2 == 0 ? "javascript:alert(1)" : "https://x/\"onload=\"alert(1)#a;b";
    step.note = trick;
    ++number;
  }
  for (std::size_t i = 0; i + 1 < std::size(tricks); ++i) {
    b.flow(tricks[i], tricks[i + 1], tricks[i]);
  }
  return b.done();
}

}  // namespace gemba::samples
