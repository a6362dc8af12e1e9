#include "core/findings/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/findings/fingerprint.h"

namespace gemba::inline findings {

Baseline baseline_of(const std::vector<std::string>& fingerprints, const Baseline& before,
                     const std::string& reason) {
  Baseline baseline;
  for (const std::string& each : fingerprints) ++baseline[each].count;
  for (auto& [print, accepted] : baseline) {
    const auto known = before.find(print);
    accepted.reason = known == before.end() ? reason : known->second.reason;
  }
  return baseline;
}

Baseline baseline_of(const Diagnostics& found, const Baseline& before, const std::string& reason) {
  return baseline_of(fingerprints_of(found), before, reason);
}

std::string write_baseline(const Baseline& baseline) {
  nlohmann::ordered_json findings = nlohmann::ordered_json::array();
  for (const auto& [print, accepted] : baseline) {
    nlohmann::ordered_json one = {{"fingerprint", print}, {"count", accepted.count}};
    if (!accepted.reason.empty()) one["reason"] = accepted.reason;
    findings.push_back(std::move(one));
  }
  const nlohmann::ordered_json file = {{"baseline_version", 1}, {"findings", std::move(findings)}};
  return file.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

Baseline read_baseline(std::string_view text, const std::string& path) {
  const auto file = nlohmann::json::parse(text, nullptr, false);
  const auto fail = [&]() -> Baseline {
    throw UsageError(fmt::format("'{}' is no baseline; --write-baseline FILE writes one", path));
  };
  if (!file.is_object() || !file.contains("findings") || !file["findings"].is_array())
    return fail();
  Baseline baseline;
  for (const auto& each : file["findings"]) {
    if (!each.is_object() || !each.contains("fingerprint") || !each["fingerprint"].is_string())
      return fail();
    const bool counted = each.contains("count") && each["count"].is_number_unsigned();
    Accepted& accepted = baseline[each["fingerprint"].get<std::string>()];
    accepted.count += counted ? each["count"].get<std::size_t>() : 1;
    if (each.contains("reason") && each["reason"].is_string())
      accepted.reason = each["reason"].get<std::string>();
  }
  return baseline;
}

BaselineMatch take_known(const Baseline& baseline, Diagnostics& found) {
  Baseline left = baseline;
  BaselineMatch match;
  const auto is_known = [&](const Diagnostic& each) {
    const bool known = take_one(left, each);
    match.known += known ? 1 : 0;
    return known;
  };
  found.erase(std::remove_if(found.begin(), found.end(), is_known), found.end());
  match.gone = count_of(left);
  return match;
}

std::size_t count_of(const Baseline& baseline) {
  std::size_t count = 0;
  for (const auto& [print, accepted] : baseline) count += accepted.count;
  return count;
}

bool take_one(Baseline& left, const std::string& fingerprint) {
  const auto known = left.find(fingerprint);
  if (known == left.end() || known->second.count == 0) return false;
  --known->second.count;
  return true;
}

bool take_one(Baseline& left, const Diagnostic& finding) {
  return take_one(left, fingerprint(finding));
}

}  // namespace gemba::inline findings
