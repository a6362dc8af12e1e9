#include "cmd/baseline_options.h"

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

CLI::Option* bind_baseline(CLI::App& app, BaselineOptions& options) {
  auto* const read =
      app.add_option("--baseline", options.read,
                     "Leave out the findings that this file knows (see --write-baseline)")
          ->type_name("FILE");
  auto* const write = app.add_option(
      "--write-baseline", options.write,
      "Write all findings to this file: from now on only new ones count. Reasons in it are kept");
  write->type_name("FILE");
  app.add_option("--reason", options.reason,
                 "Why the findings that --write-baseline adds are accepted")
      ->type_name("TEXT")
      ->needs(write);
  return read;
}

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
