#include "core/audit/disputes.h"

#include <array>

#include "core/audit/name_words.h"

namespace gemba::inline audit {
namespace {

using namespace std::string_view_literals;

constexpr std::array disputes = {
    "争议"sv,     "纠纷"sv,    "申诉"sv,      "异议"sv,      "复议"sv,     "投诉"sv,
    "例外"sv,     "特批"sv,    "升级"sv,      "dispute"sv,   "disputed"sv, "appeal"sv,
    "complain"sv, "contest"sv, "objection"sv, "exception"sv, "escalate"sv, "escalation"sv};

bool says_dispute(const Flow& flow) {
  return says_any(flow.label, disputes) || (flow.when && says_any(flow.when->text, disputes));
}

}  // namespace

bool is_for_disputes(const AuditInput& input, StepId step) {
  constexpr int nearby = 8;  // steps in a row
  StepId at = step;
  for (int i = 0; i < nearby; ++i) {
    const std::vector<FlowId>& in = input.graph.in[at.index()];
    if (in.size() != 1) return false;
    if (says_dispute(input.process[in.front()])) return true;
    at = input.graph.from(in.front());
  }
  return false;
}

}  // namespace gemba::inline audit
