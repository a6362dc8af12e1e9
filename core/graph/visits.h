#pragma once
#include <span>
#include <vector>

#include "core/graph/flow_graph.h"

namespace gemba::inline graph {

/// Where the share of a flow comes from. `certain`: the only way on, or a branch of a fork.
enum class ShareOrigin : std::uint8_t { certain, declared, measured, assumed };

/// What is known of the shares besides the document, and what is to be tried.
struct ShareInput {
  std::span<const double> flows =
      {};  ///< by FlowId: measured share, negative when unknown; may be empty
  std::span<const double> starts =
      {};  ///< as `FlowGraph::starts`: cases that began there; may be empty
  std::span<const FlowId> closed =
      {};  ///< flows nobody takes any more; the other exits share their cases, if there are any
};

/// How often a case passes each step and flow, on average.
struct Visits {
  std::vector<double> steps;  ///< by StepId
  std::vector<double> flows;  ///< by FlowId
  std::vector<double>
      shares;  ///< by FlowId: of the visits of its step that stay; 1 for every branch of a fork
  std::vector<ShareOrigin> origins;  ///< by FlowId
  std::vector<double> staying;  ///< by StepId: fraction of the visits that do not give up there
  std::vector<double> starts;   ///< as `FlowGraph::starts`: of all cases
  std::vector<StepId>
      endless;  ///< steps of loops that no case leaves: taken as passed once per arrival
  bool starts_assumed = false;  ///< several starts, nothing known: they are equally frequent
};

/// Expected visits by the absorbing Markov chain of the shares (Kemeny and Snell 1960, Finite
/// Markov Chains, chapter III), solved by strongly connected component.
///
/// Shares: measured ones first, then declared ones; what they leave is shared by the other exits,
/// by their declared shares where measured ones stand beside them, else equally, which is `assumed`
/// unless it is a single exit; the exits of a step are scaled to add up to 1. A fork sends a token
/// along every branch. A join fires once for one arrival on each of its k incoming flows; as an
/// approximation its visits are the sum of its arrivals divided by k, exact when all k carry as
/// many tokens. Of the cases that come to a step, the fraction `abandon` goes no further.
Visits expected_visits(const Process& process, const FlowGraph& graph,
                       const ShareInput& known = {});

}  // namespace gemba::inline graph
