#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/diagnostic.h"

namespace gemba::inline findings {

/// How many findings of one fingerprint are accepted, and why.
struct Accepted {
  std::size_t count = 0;
  std::string reason;  ///< empty: nobody said
};

/// Findings that are known and accepted, by fingerprint. Line numbers do not matter, so that an
/// edit elsewhere in a document brings none of them back.
using Baseline = std::map<std::string, Accepted, std::less<>>;

/// Counts findings, by their fingerprints, as a baseline. Those that `before` knows keep their
/// reasons, the others get `reason`.
Baseline baseline_of(const std::vector<std::string>& fingerprints, const Baseline& before = {},
                     const std::string& reason = {});
Baseline baseline_of(const Diagnostics& found, const Baseline& before = {},
                     const std::string& reason = {});

/// A baseline as the JSON text of a file, the same for the same findings.
std::string write_baseline(const Baseline& baseline);

/// Reads such a file. Throws `UsageError` when it is none; `path` stands for it in messages.
Baseline read_baseline(std::string_view text, const std::string& path);

/// What a baseline and findings say about each other.
struct BaselineMatch {
  std::size_t known = 0;  ///< findings that were taken away
  std::size_t gone = 0;   ///< findings of the baseline that there are no more
};

/// Takes the findings that a baseline knows out of `found`.
BaselineMatch take_known(const Baseline& baseline, Diagnostics& found);

/// How many findings a baseline still accepts.
std::size_t count_of(const Baseline& baseline);

/// Takes one finding off the baseline; false when it knows none like it any more.
bool take_one(Baseline& left, const std::string& fingerprint);
bool take_one(Baseline& left, const Diagnostic& finding);

}  // namespace gemba::inline findings
