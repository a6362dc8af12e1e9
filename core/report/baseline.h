#pragma once
#include <map>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"

namespace gemba {

/// Findings that are known and accepted: how many there are of each fingerprint. Line numbers do
/// not matter, so that an edit elsewhere in a document brings none of them back.
using Baseline = std::map<std::string, std::size_t, std::less<>>;

/// Counts findings as a baseline.
Baseline baseline_of(const Diagnostics& found);

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

}  // namespace gemba
