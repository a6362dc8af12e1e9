#include <fmt/format.h>

#include "core/base/text.h"
#include "core/rules/rule.h"

namespace gemba::inline rules {
namespace {

void check(const RuleInput& input, RuleReport& report) {
  for (const Step& step : input.process.steps) {
    const std::string script = ascii_lower(step.script);
    for (const std::string& phrase : report.list("phrases")) {
      if (phrase.empty() || script.find(ascii_lower(phrase)) == std::string::npos) continue;
      report.add(
          step.script_span, step.id,
          fmt::format("the script of '{}' says '{}', which is not to be said", step.id, phrase));
    }
  }
}

constexpr ListParameter lists[] = {
    {"phrases",
     "what no script may contain, such as absolute promises: \"保证\", \"绝对\". Case "
     "does not matter in ASCII."}};

}  // namespace

constinit const Rule forbidden_phrase{
    .about = {.code = "W603",
              .name = "forbidden-phrase",
              .level = Level::warning,
              .summary = "a script contains a phrase that the configuration bans",
              .what = "A `script` with one of the `phrases` that gemba.toml lists for this rule. "
                      "Without a list nothing is found.",
              .why = "What the script says, hundreds say to customers every day: an absolute "
                     "promise or a banned word in it becomes a dispute, or a fine.",
              .example = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "tell"
[[step]]
id = "tell"
name = "告知处理结果"
role = "agent"
script = "我们保证今天到账。"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .instead = R"([map]
[roles.agent]
name = "一线客服"
[[step]]
id = "intake"
kind = "start"
next = "tell"
[[step]]
id = "tell"
name = "告知处理结果"
role = "agent"
script = "一般今天内到账,如有延迟我会主动联系您。"
next = "done"
[[step]]
id = "done"
kind = "end"
)",
              .lists = lists},
    .check = check};

}  // namespace gemba::inline rules
