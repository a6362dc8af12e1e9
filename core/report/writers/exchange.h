#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source.h"
#include "core/report/report.h"

/// What the formats that other programs read have in common.
namespace gemba::inline report {

/// A path as programs compare them: `./sops//a.toml` is `sops/a.toml`. `-` is standard input.
std::string normal_path(const std::string& path);

/// A fingerprint for each finding, different from all others: that of `fingerprint`, with the path
/// where the document has no id, and numbered `#2`, `#3` … where an element has a fault several
/// times.
std::vector<std::string> unique_fingerprints(const std::vector<Diagnostic>& findings,
                                             const Sources& sources);

/// Text on one line of a format in XML that people read through other programs.
std::string readable_xml(std::string_view text);

/// What there is to say about one file.
struct FileFindings {
  std::string path;
  std::vector<const Diagnostic*> findings;
  const Unread* unread = nullptr;  ///< why it could not be looked at
};

/// A report's findings by file: first files that are no documents, such as gemba.toml, then the
/// documents in their order, also those without findings, then what could not be read. Points into
/// `report`.
std::vector<FileFindings> by_file(const Report& report, const Sources& sources);

}  // namespace gemba::inline report
