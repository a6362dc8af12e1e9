#pragma once
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "core/audit/audit.h"
#include "core/toml/read.h"

namespace gemba::test {

/// Reads a document that is meant to be right.
inline Process read(std::string_view text) {
  Sources sources;
  Diagnostics found;
  auto process =
      read_process(sources, sources.add("test.toml", std::string(text)), Config(), found);
  for (const Diagnostic& each : found) {
    FAIL_CHECK(each.message, " at line ", each.span.begin.line);
  }
  REQUIRE(process);
  return std::move(*process);
}

inline Expected expected_of(const Process& process, const Edit& edit = {},
                            const Profile* profile = nullptr) {
  return expected(process, FlowGraph(process), profile, edit);
}

/// Codes and elements of what an audit finds: `A101:approve A203:print`.
inline std::string found_in(const Process& process, const Profile* profile = nullptr) {
  std::string text;
  for (const Finding& finding : audit_process(process, profile, Config()).findings) {
    text += (text.empty() ? "" : " ") + std::string(finding.about->code) + ":" + finding.element;
  }
  return text;
}

/// A profile that knows nothing yet.
inline Profile empty_profile(const Process& process) {
  Profile profile;
  profile.steps.resize(process.steps.size());
  profile.flow_shares.assign(process.flows.size(), -1);
  return profile;
}

/// `count` durations of `seconds` each.
inline Summary constant(double seconds, std::int64_t count) {
  Summary summary;
  summary.count = count;
  summary.mean = summary.min = summary.max = summary.median = seconds;
  summary.sum = seconds * static_cast<double>(count);
  return summary;
}

}  // namespace gemba::test
