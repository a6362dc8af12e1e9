#include "cmd/lint_fix.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <ostream>

#include "cmd/output.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/report/cells.h"

namespace gemba::inline cmd {
namespace {

void write_one(const std::string& path, const std::string& before, const std::string& after,
               Env& env) {
  // A link stays a link: what it leads to is replaced.
  std::error_code error;
  const std::string file = std::filesystem::canonical(path, error).string();
  struct stat status {};
  if (error) throw Error(fmt::format("cannot write '{}': {}", path, error.message()));
  if (::stat(file.c_str(), &status) != 0) {
    throw Error(fmt::format("cannot write '{}': {}", path, std::strerror(errno)));
  }
  if (!S_ISREG(status.st_mode)) {
    throw Error(
        fmt::format("cannot mend '{}': it is not a regular file; give '-' and redirect", path));
  }
  // Renaming would replace it all the same.
  if ((status.st_mode & 0222U) == 0) {
    throw Error(fmt::format("cannot write '{}': it is read-only; make it writable first", path));
  }
  Sources now;
  if (now[now.load(file)].text != before) {
    throw Error(fmt::format("did not write '{}': it has changed meanwhile; run it again", path));
  }
  write_output(file, after, env);
}

}  // namespace

void report_mended(const Mender& mender, bool all_written, Report& report) {
  if (mender.mended() == 0) return;
  report.lead.insert(
      report.lead.begin(),
      fmt::format(
          "{} mended in {}{}",
          counted(static_cast<std::int64_t>(mender.mended()), "finding", "findings"),
          counted(static_cast<std::int64_t>(mender.originals().size()), "document", "documents"),
          all_written ? "" : ", not all of which could be written"));
}

void report_fixable(Report& report) {
  const auto fixable = std::count_if(report.findings.begin(), report.findings.end(),
                                     [](const Diagnostic& each) { return !each.fix.empty(); });
  if (fixable == 0) return;
  report.lead.push_back(
      fmt::format("{} of {} can be mended with --fix", fixable, report.findings.size()));
}

bool write_mended(const Mender& mender, const std::string& piped, Env& env) {
  bool all_written = true;
  for (const auto& [path, before] : mender.originals()) {
    if (path == piped) continue;
    try {
      write_one(path, before, mender.texts().at(path), env);
    } catch (const Error& error) {
      complain(env, "error", error.what());
      all_written = false;
    }
  }
  const auto text = mender.texts().find(piped);
  if (text != mender.texts().end()) write_output("-", text->second, env);
  return all_written;
}

}  // namespace gemba::inline cmd
