#include "core/eventlog/formats/xlsx/foreign_archive.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

/// Whether a file in an archive may be a log that can be read once it is unpacked.
bool looks_like_log(std::string_view name) {
  constexpr std::string_view endings[] = {".csv", ".tsv",  ".txt",  ".json", ".jsonl", ".ndjson",
                                          ".xes", ".xlsx", ".xlsm", ".gz",   ".zst"};
  const std::string lower = ascii_lower(name);
  return std::any_of(std::begin(endings), std::end(endings),
                     [&](std::string_view ending) { return lower.ends_with(ending); });
}

[[noreturn]] void refuse(const Archive& archive, std::string_view what) {
  throw Error(fmt::format("'{}' is {}; save it as .xlsx or CSV", archive.path(), what));
}

}  // namespace

void refuse_foreign_archive(const Archive& archive) {
  if (archive.has("mimetype")) {
    constexpr std::size_t enough = 200;
    const std::string type = archive.text("mimetype", enough);
    if (type.starts_with("application/vnd.oasis.opendocument.spreadsheet"))
      refuse(archive, "an OpenDocument spreadsheet (.ods)");
    if (type.starts_with("application/vnd.oasis.opendocument"))
      refuse(archive, "an OpenDocument file that is no spreadsheet");
  }
  const std::vector<std::string>& names = archive.names();
  const bool is_iwork = std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.ends_with(".iwa") || name == "Index.zip" || name == "index.apxl";
  });
  if (is_iwork) refuse(archive, "a document of Numbers or another iWork program");
}

void refuse_other_archive(const Archive& archive) {
  const std::vector<std::string>& names = archive.names();
  if (names.empty())
    throw Error(fmt::format("'{}' is an empty ZIP archive; export the log again", archive.path()));
  if (archive.has("[Content_Types].xml")) {
    throw_damaged(archive.path(), "_rels/.rels", "is missing or names no workbook");
  }
  const auto log = std::find_if(names.begin(), names.end(), looks_like_log);
  if (log != names.end()) {
    throw Error(
        fmt::format("'{}' is a ZIP archive that holds '{}'; unpack it (unzip) and name that "
                    "file",
                    archive.path(), printable(*log)));
  }
  throw Error(
      fmt::format("'{}' is a ZIP archive and no Excel workbook; export the log as .xlsx, "
                  "CSV or XES",
                  archive.path()));
}

}  // namespace gemba::inline eventlog
