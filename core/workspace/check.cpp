#include "core/workspace/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/findings/baseline.h"
#include "core/findings/suppression.h"
#include "core/rules/calls.h"
#include "core/workspace/revision.h"

namespace gemba::inline workspace {
namespace {

/// Reads every document that can be read; of the others `unread` says why not.
std::vector<ReadDocument> read_documents(const std::vector<std::string>& paths,
                                         Repository& repository, std::vector<Unread>& unread) {
  std::vector<ReadDocument> documents = repository.read_all(paths);
  for (ReadDocument& each : documents) {
    if (!each.is_model) continue;
    each.error = fmt::format(
        "cannot check '{}': it is a model of another tool, and gemba lint checks documents; gemba "
        "replay, audit and render read it",
        each.path);
  }
  std::erase_if(documents, [&](const ReadDocument& each) {
    if (each.error.empty()) return false;
    unread.push_back({each.path, each.error});
    return true;
  });
  return documents;
}

/// The documents that share a configuration: those of this run, then the others.
class Together {
 public:
  Together(const std::vector<ReadDocument>& documents, const std::vector<std::string>& paths,
           Repository& repository) {
    std::set<std::string> run_ids;
    for (const ReadDocument& each : documents) {
      const auto [place, is_new] = groups_.try_emplace(each.place->config);
      Group& group = place->second;
      if (is_new) add_neighbours(each.path, paths, repository, group);
      run_ids.insert(each.id());
      if (each.process) group.documents.push_back({&*each.process, each.place->path});
    }
    for (auto& [config, group] : groups_) {
      // A document that stands alone is believed: nobody knows then what else there is.
      if (config->path.empty() && run_ids.size() < 2) continue;
      group.ids.insert(run_ids.begin(), run_ids.end());
    }
  }

  /// Reports calls of documents that are neither in this run nor in the repository.
  void check_calls_of(const ReadDocument& document, Diagnostics& found) const {
    check_calls(*document.process, groups_.at(document.place->config).ids, found);
  }

  /// Runs the rules that compare documents.
  void lint(const LintOptions& how, Diagnostics& found) const {
    for (const auto& [config, group] : groups_) {
      std::vector<LintDocument> all = group.documents;
      all.insert(all.end(), group.others.begin(), group.others.end());
      lint_together(all, *config, how, found);
    }
  }

 private:
  struct Group {
    std::vector<LintDocument> documents, others;
    std::set<std::string> ids;
  };

  static void add_neighbours(const std::string& path, const std::vector<std::string>& paths,
                             Repository& repository, Group& group) {
    for (const ReadDocument& each : repository.neighbours(path, paths)) {
      group.ids.insert(each.id());
      if (each.process) group.others.push_back({&*each.process, each.place->path, false});
    }
  }

  std::map<const Config*, Group> groups_;
};

/// Everything that is wrong with one document by itself.
Diagnostics lint_one(const ReadDocument& document, const Together& together, const LintOptions& how,
                     const Sources& sources) {
  const auto& [config, path] = *document.place;
  Diagnostics found = document.found;
  if (document.process) together.check_calls_of(document, found);
  apply_levels(found, 0, path, *config, how);
  if (document.process)
    lint(*document.process, path, *config, how, found, &sources[document.source]);
  return found;
}

/// Puts findings in the order of the text. What is wrong with the configuration is found again with
/// every document.
void put_in_order(Diagnostics& found) {
  std::stable_sort(found.begin(), found.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
  const auto same = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span == b.span && a.code == b.code && a.message == b.message;
  };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
}

/// Takes away what the comments of a document suppress; returns how much. `found` holds the
/// findings of this document.
std::size_t suppress(const ReadDocument& document, const LintOptions& how, const Sources& sources,
                     Diagnostics& found) {
  if (!document.process) return 0;
  const auto& [config, path] = *document.place;
  const std::string& id = document.process->id;
  Diagnostics malformed;
  const std::vector<Suppression> suppressions =
      read_suppressions(document.source, sources[document.source].text, malformed);
  if (suppressions.empty() && malformed.empty()) return 0;
  const auto level_of = [&, &config = *config, &path = path](const Rule& rule) {
    return effective_level(rule, config, path, how);
  };
  const std::size_t taken = apply_suppressions(
      suppressions, how.today, level_of(rules::idle_suppression),
      [&](const Rule& rule) { return level_of(rule) != Level::off; }, id, found);
  for (Diagnostic& each : malformed) each.document = id;
  apply_levels(malformed, 0, path, *config, how);
  std::move(malformed.begin(), malformed.end(), std::back_inserter(found));
  return taken;
}

/// The findings of a run, each with the document that it is about.
class Findings {
 public:
  Findings(const std::vector<ReadDocument>& documents, const Sources& sources)
      : of_document_(documents.size()), number_of_(sources.size(), documents.size()) {
    for (std::size_t number = 0; number < documents.size(); ++number)
      number_of_[documents[number].source.index()] = number;
  }

  Diagnostics& of(std::size_t document) { return of_document_[document]; }

  void add(Diagnostics&& found) {
    for (Diagnostic& each : found) {
      const std::size_t number = number_of_[each.span.source.index()];
      (number < of_document_.size() ? of_document_[number] : rest_).push_back(std::move(each));
    }
  }

  /// All of them; none is left.
  Diagnostics take() {
    Diagnostics all = std::move(rest_);
    for (Diagnostics& own : of_document_)
      std::move(own.begin(), own.end(), std::back_inserter(all));
    return all;
  }

 private:
  std::vector<Diagnostics> of_document_;
  Diagnostics rest_;                    ///< about documents that are not checked
  std::vector<std::size_t> number_of_;  ///< the document whose text a source is
};

/// Reports documents that changed since then without a new version.
void check_versions(const LintRun& run, const LintOptions& how, const Earlier& earlier,
                    Repository& repository, Diagnostics& found) {
  for (const ReadDocument& document : run.read) {
    if (!document.process) continue;
    const std::string before = earlier.path_of(document.path);
    const auto then = before.empty() ? std::nullopt : earlier.repository.read(before);
    if (!then) continue;
    const auto& [config, path] = *document.place;
    const Level level = effective_level(rules::version_not_raised, *config, path, how);
    check_version(*then, earlier.repository.sources[then->source].text, *document.process,
                  repository.sources[document.process->source].text, level, found);
  }
}

/// Runs all rules over the documents that were read.
void check(LintRun& run, const LintOptions& how, const Earlier* earlier, Repository& repository) {
  const Together together(run.read, run.paths, repository);
  const Sources& sources = repository.sources;
  Findings findings(run.read, sources);
  share_out(run.read.size(), repository.threads, [&](std::size_t number) {
    findings.of(number) = lint_one(run.read[number], together, how, sources);
  });
  Diagnostics others = repository.config_found;
  together.lint(how, others);
  if (earlier != nullptr) check_versions(run, how, *earlier, repository, others);
  findings.add(std::move(others));
  for (std::size_t number = 0; number < run.read.size(); ++number)
    run.suppressed += suppress(run.read[number], how, sources, findings.of(number));
  run.found = findings.take();
  put_in_order(run.found);
}

LintRun check_paths(const std::vector<std::string>& paths, const LintOptions& how,
                    const Earlier* earlier, Repository& repository, Timings* timings) {
  LintRun run;
  run.paths = paths;
  timed(timings, "read", [&] { run.read = read_documents(paths, repository, run.unread); });
  timed(timings, "check", [&] { check(run, how, earlier, repository); });
  return run;
}

LintRun check_paths_since(const Earlier& earlier, const std::vector<std::string>& paths,
                          const LintOptions& how, Repository& repository, std::size_t& known,
                          Timings* timings) {
  std::vector<std::string> earlier_paths;
  for (const std::string& path : paths) {
    std::string before = earlier.path_of(path);
    if (!before.empty()) earlier_paths.push_back(std::move(before));
  }
  Baseline before;
  if (!earlier_paths.empty()) {
    before =
        baseline_of(check_paths(earlier_paths, how, nullptr, earlier.repository, timings).found);
  }
  LintRun run = check_paths(paths, how, &earlier, repository, timings);
  known += take_known(before, run.found).known;
  return run;
}

}  // namespace

LintRun run_lint(const std::vector<std::string>& inputs, const LintOptions& how,
                 Repository& repository, Timings* timings) {
  return check_paths(repository.find_documents(inputs), how, nullptr, repository, timings);
}

LintRun run_lint_since(const Earlier& earlier, const std::vector<std::string>& inputs,
                       const LintOptions& how, Repository& repository, std::size_t& known,
                       Timings* timings) {
  return check_paths_since(earlier, repository.find_documents(inputs), how, repository, known,
                           timings);
}

LintRun run_lint_since(const std::string& revision, const std::vector<std::string>& inputs,
                       const LintOptions& how, Repository& repository, std::size_t& known,
                       Timings* timings) {
  const std::vector<std::string> paths = repository.find_documents(inputs);
  if (paths.empty()) return check_paths(paths, how, nullptr, repository, timings);
  const Revision then(revision, repository.real_path(paths.front()));
  Repository earlier = repository.with_same_config();
  const auto path_of = [&](const std::string& path) {
    std::string before = then.earlier(repository.real_path(path));
    return std::filesystem::is_regular_file(before) ? before : std::string();
  };
  return check_paths_since(Earlier{path_of, earlier}, paths, how, repository, known, timings);
}

}  // namespace gemba::inline workspace
