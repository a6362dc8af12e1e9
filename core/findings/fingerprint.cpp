#include "core/findings/fingerprint.h"

#include <fmt/format.h>

namespace gemba::inline findings {

std::string fingerprint(const Diagnostic& finding) {
  return fingerprint(finding.code, finding.document, finding.element);
}

std::vector<std::string> fingerprints_of(const Diagnostics& findings) {
  std::vector<std::string> fingerprints;
  for (const Diagnostic& each : findings) fingerprints.push_back(fingerprint(each));
  return fingerprints;
}

std::string fingerprint(std::string_view what, std::string_view document,
                        std::string_view element) {
  return fmt::format("{}:{}:{}", what, document, element);
}

}  // namespace gemba::inline findings
