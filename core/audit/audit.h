#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/audit/heuristic.h"

namespace gemba::inline audit {

/// By what findings are ranked: the mean gain in work, time and cost, or one figure alone.
enum class RankBy : std::uint8_t { gain, time, work, cost };

/// The words of `RankBy`, in its order.
std::span<const std::string_view> rank_words();

/// None for another word.
std::optional<RankBy> parse_rank(std::string_view word);

/// What an audit of one process found.
struct Audit {
  Expected before;             ///< as the process is
  Expected after;              ///< with the changes of `applied` made
  std::int64_t log_cases = 0;  ///< cases of the log that the figures rest on; 0 without a log
  std::vector<Finding>
      findings;  ///< the largest gain first, then most cases touched, then by code and place
  std::vector<std::size_t> applied;     ///< positions of the findings whose changes go together
  std::size_t accepted = 0;             ///< findings that a baseline knows, which were taken away
  std::vector<std::string> plan_notes;  ///< what the plan asks of people beyond what they can do
  Saves total;  ///< of all changes in `applied` at once: nothing is counted twice
  std::vector<std::string> notes;  ///< what the figures rest on, and what could not be looked at
};

/// A process and what its audit found, with what it was audited by.
struct AuditedProcess {
  Process process;
  Audit audit;
  const Config* config = nullptr;
  std::string path = {};  ///< as the patterns of the configuration see it
};

/// Runs every heuristic that the configuration has on for a document at `path` (as its patterns see
/// it). What a finding saves is computed by applying its change and evaluating the process again. A
/// process whose flow is incomplete is not audited: a note says so. `profile` may be null.
Audit audit_process(const Process& process, const Profile* profile, const Config& config,
                    std::string_view path = {});

/// Runs the heuristics that compare several documents and adds what they find to the documents'
/// audits; gains become shares of what all of them take. Documents whose flow is incomplete are
/// left out.
void audit_together(std::span<AuditedProcess> audited);

/// Chooses anew which changes go together, and what they save, after findings were taken away.
void plan_again(const Process& process, const Profile* profile, Audit& audit);

/// What the process with the figures `after` saves against the one with `before`; per month at the
/// volume of `before`.
Saves saves_between(const Expected& before, const Expected& after);

/// Whether finding `a` comes before `b` in a report.
bool ranks_before(const Finding& a, const Finding& b, RankBy by = RankBy::gain);

}  // namespace gemba::inline audit
