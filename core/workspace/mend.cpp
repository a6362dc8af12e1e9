#include "core/workspace/mend.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/line_diff.h"
#include "core/findings/fingerprint.h"
#include "core/toml/read.h"

namespace gemba::inline workspace {
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

/// Which finding it is, without its place, which other fixes move: what it is about, what its fix
/// takes out and what it writes there.
std::string identity(const Diagnostic& finding, const Source& source) {
  std::string which = fmt::format("{}:{}", source.path, fingerprint(finding));
  for (const TextEdit& edit : finding.fix) {
    const std::size_t begin = offset_of(source, edit.span.begin);
    const std::size_t end = offset_of(source, edit.span.end);
    which += fmt::format("\n{}\n{}", source.text.substr(begin, end - begin), edit.text);
  }
  return which;
}

}  // namespace

/// A text with some fixes made.
struct Mender::Change {
  std::string text;
  std::size_t mended = 0;
};

/// Makes all fixes at once where that does no harm, else one after the other.
Mender::Change Mender::change(Repository& repository, const Source& source,
                              const std::vector<Diagnostic*>& findings) {
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
    warnings_.push_back(
        fmt::format("{}:{}:{}: {} was not mended: the document would have new errors", source.path,
                    each->span.begin.line, each->span.begin.column, each->code));
  }
  return some;
}

bool Mender::mend(Repository& repository, Diagnostics& found) {
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
    Change change = this->change(repository, source, findings);
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

LintRun mend_all(Mender& mender, Repository& repository, LintRun run,
                 const std::function<LintRun(Repository&)>& check) {
  while (mender.mend(repository, run.found)) {
    repository.forget();
    repository.texts = mender.texts();
    run = check(repository);
  }
  return run;
}

}  // namespace gemba::inline workspace
