#include "cmd/baselines.h"

#include <fmt/format.h>

#include <filesystem>

#include "cmd/output.h"
#include "core/base/source.h"
#include "core/findings/fingerprint.h"

namespace gemba::inline cmd {
namespace {

Baseline load(const std::string& path) {
  Sources files;
  return read_baseline(files[files.load(path)].text, path);
}

}  // namespace

Baseline accepted_findings(const BaselineOptions& options) {
  if (options.read.empty() || !options.write.empty()) return {};
  return load(options.read);
}

void note_gone(const BaselineOptions& options, std::size_t gone, Env& env) {
  if (gone == 0) return;
  complain(env, "note",
           fmt::format("{} {} of '{}' {} gone; write it anew with --write-baseline", gone,
                       gone == 1 ? "finding" : "findings", options.read, gone == 1 ? "is" : "are"));
}

void save_baseline(const BaselineOptions& options, const std::vector<std::string>& fingerprints,
                   Env& env) {
  Baseline before;
  if (std::filesystem::is_regular_file(options.write)) before = load(options.write);
  if (!options.read.empty()) before.merge(load(options.read));
  write_output(options.write, write_baseline(baseline_of(fingerprints, before, options.reason)),
               env);
}

void save_baseline(const BaselineOptions& options, const Diagnostics& found, Env& env) {
  save_baseline(options, fingerprints_of(found), env);
}

}  // namespace gemba::inline cmd
