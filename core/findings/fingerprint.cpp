#include "core/findings/fingerprint.h"

#include <fmt/format.h>

namespace gemba::inline findings {

std::string fingerprint(const Diagnostic& finding) {
  return fmt::format("{}:{}:{}", finding.code, finding.document, finding.element);
}

}  // namespace gemba::inline findings
