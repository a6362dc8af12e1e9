#include "core/rules/lint.h"

#include <doctest/doctest.h>

using namespace gemba;
namespace {

/// A process of two tasks without role, of which the second is not reached.
Process small_process() {
  Process process;
  process.kind = Process::Kind::map;
  process.id = "refund";
  const auto add = [&](const char* id, StepKind kind, std::uint32_t line) {
    Step step;
    step.id = step.name = id;
    step.kind = kind;
    step.span = step.name_span = {SourceId(std::size_t{0}), {line, 1}, {line, 5}};
    process.steps.push_back(std::move(step));
  };
  add("begin", StepKind::start, 1);
  add("lost", StepKind::task, 2);
  add("work", StepKind::task, 3);
  add("done", StepKind::end, 4);
  for (const auto& [from, to] : {std::pair{0U, 2U}, {1U, 3U}, {2U, 3U}}) {
    Flow flow;
    flow.from = StepId(std::size_t{from});
    flow.to = StepId(std::size_t{to});
    process.flows.push_back(std::move(flow));
  }
  return process;
}

RuleSetting set(std::string rule, Level level) {
  RuleSetting setting;
  setting.rule = std::move(rule);
  setting.level = level;
  return setting;
}

/// `code element` of every finding, in their order.
std::vector<std::string> found(const Process& process, const Config& config,
                               const LintOptions& options, std::string_view path = "a.toml") {
  Diagnostics diagnostics;
  lint(process, path, config, options, diagnostics);
  std::vector<std::string> names;
  for (const Diagnostic& each : diagnostics) {
    names.push_back(std::string(each.code) + " " + each.element);
  }
  return names;
}

using Names = std::vector<std::string>;
constexpr Date today{2026, 6, 1};

}  // namespace

TEST_CASE("findings come in the order of their places") {
  CHECK(found(small_process(), {}, {.today = today}) ==
        Names{"F103 lost", "R201 lost", "R201 work"});
}

TEST_CASE("rules of the flow do not judge a flow that is incomplete") {
  Process process = small_process();
  process.flow_complete = false;
  CHECK(found(process, {}, {.today = today}) == Names{"R201 lost", "R201 work"});
}

TEST_CASE("select and ignore take codes, names, beginnings of codes and all") {
  const Process process = small_process();
  CHECK(found(process, {}, {.today = today, .select = {"F103"}}) == Names{"F103 lost"});
  CHECK(found(process, {}, {.today = today, .select = {"F"}}) == Names{"F103 lost"});
  CHECK(found(process, {}, {.today = today, .select = {"step-without-role"}, .ignore = {"all"}})
            .empty());
  CHECK(found(process, {}, {.today = today, .select = {"all"}, .ignore = {"R2"}}) ==
        Names{"F103 lost"});
  CHECK(found(process, {}, {.today = today, .ignore = {"unreachable-step"}}) ==
        Names{"R201 lost", "R201 work"});
}

TEST_CASE("the last override that matches wins over the rules, and select over off") {
  const Process process = small_process();
  Config config;
  config.rules = {set("R201", Level::off)};
  CHECK(found(process, config, {.today = today}) == Names{"F103 lost"});
  CHECK(found(process, config, {.today = today, .select = {"R201"}}) ==
        Names{"R201 lost", "R201 work"});

  PathOverride first{
      .paths = {"as-is/**"}, .rules = {set("step-without-role", Level::info)}, .span = {}};
  PathOverride second{.paths = {"**/old.toml"}, .rules = {set("R201", Level::error)}, .span = {}};
  config.overrides = {first, second};
  const Rule& rule = *find_rule("R201");
  const LintOptions options{.today = today};
  CHECK(effective_level(rule, config, "as-is/new.toml", options) == Level::info);
  CHECK(effective_level(rule, config, "as-is/old.toml", options) == Level::error);
  CHECK(effective_level(rule, config, "refund.toml", options) == Level::off);
}

TEST_CASE("what a reader found gets the levels of the configuration") {
  Config config;
  config.rules = {set("unknown-key", Level::off), set("S003", Level::warning)};
  Diagnostics diagnostics;
  for (const Code code : {Code("S002"), Code("S002"), Code("S003"), Code("S006")}) {
    Diagnostic each;
    each.code = code;
    diagnostics.push_back(each);
  }
  apply_levels(diagnostics, 1, "a.toml", config, {.today = today});
  REQUIRE(diagnostics.size() == 3);
  CHECK(diagnostics[0].code == "S002");  // before the first one that is looked at
  CHECK(diagnostics[1].level == Level::warning);
  CHECK(diagnostics[2].level == Level::error);
}

TEST_CASE("a rule that nobody knows is named with the nearest one") {
  CHECK(unknown_rule_message({"F104", "dead-end", "S", "all"}).empty());
  CHECK(unknown_rule_message({"F104", "ded-end"}).find("did you mean 'dead-end'?") !=
        std::string::npos);
  CHECK_FALSE(unknown_rule_message({""}).empty());
}
