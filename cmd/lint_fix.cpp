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
#include "core/base/line_diff.h"
#include "core/findings/fingerprint.h"
#include "core/report/cells.h"
#include "core/report/finding_text.h"
#include "core/toml/read.h"

namespace gemba::inline cmd {
namespace {

/// Errors of one text by itself, counted by what stays the same when lines move.
std::map<std::string, std::size_t> errors_in(const std::string& path, std::string text,
                                             Repository& repository, const LintOptions& how) {
  Sources sources;
  const SourceId source = sources.add(path, std::move(text));
  const Config& config = repository.config_for(path);
  Diagnostics found;
  const auto process = read_process(sources, source, config, found);
  if (process) lint(*process, repository.place_of(path).path, config, how, found);
  std::map<std::string, std::size_t> errors;
  for (const Diagnostic& each : found) {
    if (each.level == Level::error) ++errors[fingerprint(each)];
  }
  return errors;
}

bool has_more(const std::map<std::string, std::size_t>& now,
              const std::map<std::string, std::size_t>& before) {
  return std::any_of(now.begin(), now.end(), [&](const auto& each) {
    const auto known = before.find(each.first);
    return known == before.end() || known->second < each.second;
  });
}

/// What a finding says, without its place, which other fixes move.
std::string identity(const Diagnostic& finding, const Source& source) {
  return fmt::format("{}:{}:{}", source.path, fingerprint(finding), finding.message);
}

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

void bind_fix(CLI::App& app, FixOptions& options) {
  app.add_flag("--fix", options.fix, "Mend what is mechanical, and report the rest");
  app.add_flag("--diff", options.diff, "Show what --fix would change, and change nothing");
}

/// A text with some fixes made.
struct Mender::Change {
  std::string text;
  std::size_t mended = 0;
};

/// Makes all fixes at once where that does no harm, else one after the other.
Mender::Change Mender::change(Repository& repository, const Source& source,
                              const std::vector<Diagnostic*>& findings, Env& env) {
  const auto before = errors_in(source.path, source.text, repository, how_);
  const auto does_harm = [&](const std::string& text) {
    return has_more(errors_in(source.path, text, repository, how_), before);
  };
  std::vector<TextEdit> edits;
  std::vector<Diagnostic*> chosen;
  for (Diagnostic* each : findings) {
    if (add_edits(edits, each->fix)) chosen.push_back(each);
  }
  Change all{apply_edits(source, edits), chosen.size()};
  if (!does_harm(all.text)) return all;
  Change some{source.text, 0};
  edits.clear();
  for (Diagnostic* each : chosen) {
    const std::size_t good = edits.size();
    add_edits(edits, each->fix);
    std::string text = apply_edits(source, edits);
    if (!does_harm(text)) {
      some = {std::move(text), some.mended + 1};
      continue;
    }
    edits.resize(good);
    refused_.insert(identity(*each, source));
    each->fix.clear();
    env.err << fmt::format(
        "gemba: warning: {}:{}:{}: {} was not mended: the document would have new errors\n",
        source.path, each->span.begin.line, each->span.begin.column, each->code);
  }
  return some;
}

bool Mender::mend(Repository& repository, Diagnostics& found, Env& env) {
  constexpr std::size_t most_rounds = 50;
  std::map<SourceId, std::vector<Diagnostic*>> by_source;
  for (Diagnostic& each : found) {
    const Source& source = repository.sources[each.span.source];
    if (refused_.contains(identity(each, source))) each.fix.clear();
    if (!each.fix.empty()) by_source[each.span.source].push_back(&each);
  }
  if (rounds_ == 0) {
    for (std::size_t i = 0; i < repository.sources.size(); ++i) {
      const Source& source = repository.sources[SourceId(i)];
      texts_.emplace(source.path, source.text);
    }
  }
  if (has_faulty_config(repository) || rounds_++ == most_rounds) return false;
  bool changed = false;
  for (const auto& [id, findings] : by_source) {
    const Source& source = repository.sources[id];
    Change change = this->change(repository, source, findings, env);
    if (change.text == source.text) continue;
    changed = true;
    mended_ += change.mended;
    originals_.emplace(source.path, source.text);
    texts_[source.path] = std::move(change.text);
  }
  return changed;
}

std::string mended_diff(const Mender& mender) {
  std::string diff;
  for (const auto& [path, before] : mender.originals()) {
    diff += unified_diff(before, mender.texts().at(path), path);
  }
  return diff;
}

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
      env.err << "gemba: error: " << error.what() << "\n";
      all_written = false;
    }
  }
  const auto text = mender.texts().find(piped);
  if (text != mender.texts().end()) write_output("-", text->second, env);
  return all_written;
}

}  // namespace gemba::inline cmd
