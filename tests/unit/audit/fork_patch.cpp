#include "core/audit/fork_patch.h"

#include <doctest/doctest.h>

#include "tests/unit/audit/document.h"

namespace gemba {
namespace {

constexpr std::string_view document = R"([map]
[[step]]
id = "begin"
kind = "start"
next = "choose"
[[step]]
id = "choose"
kind = "decision"
next = [{ to = "a", when = "ok", share = 0.7 }, { to = "done", when = "no", share = 0.3 }]
[[step]]
id = "a"
next = "b"
[[step]]
id = "b"
next = "c"
[[step]]
id = "c"
next = "done"
[[step]]
id = "a_fork"
kind = "end"
[[step]]
id = "done"
kind = "end"
)";

}  // namespace

TEST_CASE("the patch leads into a fork and out of a join, and keeps what decides before") {
  const Process process = test::read(std::string(document));
  const FlowGraph graph(process);
  const Expected figures = expected(process, graph);
  const AuditInput input{process, graph, nullptr, figures};
  const StepId a = *process.find_step("a"), b = *process.find_step("b"),
               c = *process.find_step("c");
  CHECK(fork_patch(input, {a, b, c}, {{b, c}, {a}}) == R"([[step]]
id = "choose"
next = [
  { to = "a_fork_2", when = "ok", share = 0.7 },
  { to = "done", when = "no", share = 0.3 },
]
[[step]]
id = "a_fork_2"
kind = "fork"
next = ["b", "a"]
[[step]]
id = "b"
next = "c"
[[step]]
id = "c"
next = "c_join"
[[step]]
id = "a"
next = "c_join"
[[step]]
id = "c_join"
kind = "join"
next = "done"
)");
  // Not in one piece: what stands between would lose its way.
  CHECK(fork_patch(input, {a, b, c}, {{a}, {c}}).empty());
  const StepId choose = *process.find_step("choose");
  CHECK(fork_patch(input, {choose, a, b, c}, {{choose}, {a}}).empty());
}

}  // namespace gemba
