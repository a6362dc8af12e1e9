#include "cmd/lint_run.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

#include "cmd/revision.h"
#include "core/base/error.h"
#include "core/report/baseline.h"
#include "core/rules/calls.h"
#include "core/rules/suppression.h"

namespace gemba {
namespace {

/// Reads every document that can be read; says on `env.err` why the others cannot.
std::vector<ReadDocument> read_documents(const std::vector<std::string>& paths,
                                         Repository& repository, std::vector<Unread>& unread,
                                         Env& env) {
  std::vector<ReadDocument> documents;
  for (const std::string& path : paths) {
    try {
      std::optional<Process> process = repository.read(path);
      documents.push_back({path, std::move(process), std::move(repository.found)});
    } catch (const Error& error) {
      env.err << "gemba: error: " << error.what() << "\n";
      unread.push_back({path, error.what()});
    }
    repository.found.clear();
  }
  return documents;
}

/// The documents that share a configuration: those of this run, then the others.
class Together {
 public:
  Together(const std::vector<ReadDocument>& documents, const std::vector<std::string>& paths,
           Repository& repository) {
    for (const ReadDocument& each : documents) {
      Group& group = groups_[repository.config_for(each.path).path];
      if (group.config == nullptr) add_neighbours(each.path, paths, repository, group);
      run_ids_.insert(each.process ? each.process->id
                                   : std::filesystem::path(each.path).stem().string());
      if (each.process)
        group.documents.push_back({&*each.process, name(repository.path_in_repository(each.path))});
    }
  }

  /// Reports calls of documents that are neither in this run nor in the repository. A document that
  /// stands alone is believed: nobody knows then what else there is.
  void check_calls_of(const ReadDocument& document, Repository& repository,
                      Diagnostics& found) const {
    const Group& group = groups_.at(repository.config_for(document.path).path);
    if (group.config->path.empty() && run_ids_.size() < 2) return;
    std::set<std::string> ids = run_ids_;
    ids.insert(group.ids.begin(), group.ids.end());
    check_calls(*document.process, ids, found);
  }

  /// Runs the rules that compare documents.
  void lint(const LintOptions& how, Diagnostics& found) const {
    for (const auto& [path, group] : groups_) {
      std::vector<LintDocument> all = group.documents;
      all.insert(all.end(), group.others.begin(), group.others.end());
      lint_together(all, *group.config, how, found);
    }
  }

 private:
  struct Group {
    const Config* config = nullptr;
    std::vector<LintDocument> documents, others;
    std::set<std::string> ids;
  };

  void add_neighbours(const std::string& path, const std::vector<std::string>& paths,
                      Repository& repository, Group& group) {
    group.config = &repository.config_for(path);
    for (const Neighbour& each : repository.neighbours(path, paths)) {
      group.ids.insert(each.id);
      if (each.process)
        group.others.push_back(
            {&*each.process, name(repository.path_in_repository(each.path)), false});
    }
  }

  std::string_view name(std::string path) { return names_.emplace_back(std::move(path)); }

  std::map<std::string, Group> groups_;  ///< by path of the configuration
  std::set<std::string> run_ids_;
  std::deque<std::string> names_;
};

/// Everything that is wrong with one document by itself.
void lint_one(ReadDocument& document, const Together& together, const LintOptions& how,
              Repository& repository, Diagnostics& found) {
  const std::string path = repository.path_in_repository(document.path);
  const Config& config = repository.config_for(document.path);
  Diagnostics own = std::move(document.found);
  if (document.process) together.check_calls_of(document, repository, own);
  apply_levels(own, 0, path, config, how);
  if (document.process) {
    const Source& text = repository.sources[document.process->source];
    lint(*document.process, path, config, how, own, &text);
  }
  std::move(own.begin(), own.end(), std::back_inserter(found));
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

/// Takes away what the comments of a document suppress; returns how much.
std::size_t suppress(const ReadDocument& document, const LintOptions& how, Repository& repository,
                     Diagnostics& found) {
  const Process& process = *document.process;
  const std::string path = repository.path_in_repository(document.path);
  const Config& config = repository.config_for(document.path);
  const std::string& text = repository.sources[process.source].text;
  Diagnostics malformed;
  const std::vector<Suppression> suppressions = read_suppressions(process.source, text, malformed);
  const auto is_own = [&](const Diagnostic& each) { return each.span.source == process.source; };
  if (suppressions.empty() && malformed.empty()) return 0;
  const auto begin = std::stable_partition(found.begin(), found.end(),
                                           [&](const auto& each) { return !is_own(each); });
  Diagnostics own(std::make_move_iterator(begin), std::make_move_iterator(found.end()));
  found.erase(begin, found.end());
  const auto level_of = [&](const Rule& rule) { return effective_level(rule, config, path, how); };
  const std::size_t taken = apply_suppressions(
      suppressions, how.today, level_of(rules::idle_suppression),
      [&](const Rule& rule) { return level_of(rule) != Level::off; }, process.id, own);
  for (Diagnostic& each : malformed) each.document = process.id;
  apply_levels(malformed, 0, path, config, how);
  std::move(malformed.begin(), malformed.end(), std::back_inserter(found));
  std::move(own.begin(), own.end(), std::back_inserter(found));
  return taken;
}

/// Documents as they were at a revision.
struct Earlier {
  const Revision& revision;
  Repository& repository;  ///< reads them
};

/// Where a document of the run was at the revision; empty when it was not there.
std::string earlier_path(const std::string& path, const Revision& revision,
                         const Repository& repository) {
  std::string before = revision.earlier(repository.real_path(path));
  return std::filesystem::is_regular_file(before) ? before : std::string();
}

/// Reports documents that changed since the revision without a new version.
void check_versions(const LintRun& run, const LintOptions& how, const Earlier& earlier,
                    Repository& repository, Diagnostics& found) {
  for (const ReadDocument& document : run.read) {
    if (!document.process) continue;
    const std::string before = earlier_path(document.path, earlier.revision, repository);
    const auto then = before.empty() ? std::nullopt : earlier.repository.read(before);
    if (!then) continue;
    const Level level =
        effective_level(rules::version_not_raised, repository.config_for(document.path),
                        repository.path_in_repository(document.path), how);
    check_version(*then, earlier.repository.sources[then->source].text, *document.process,
                  repository.sources[document.process->source].text, level, found);
  }
}

LintRun run_lint(const std::vector<std::string>& paths, const LintOptions& how,
                 const Earlier* earlier, Repository& repository, Env& env) {
  LintRun run;
  run.paths = paths;
  run.read = env.timings.measure(
      "read", [&] { return read_documents(run.paths, repository, run.unread, env); });
  env.timings.measure("check", [&] {
    const Together together(run.read, run.paths, repository);
    for (ReadDocument& document : run.read)
      lint_one(document, together, how, repository, run.found);
    together.lint(how, run.found);
    if (earlier != nullptr) check_versions(run, how, *earlier, repository, run.found);
    for (const ReadDocument& document : run.read) {
      if (document.process) run.suppressed += suppress(document, how, repository, run.found);
    }
    const Diagnostics& config = repository.config_found;
    run.found.insert(run.found.end(), config.begin(), config.end());
    put_in_order(run.found);
  });
  return run;
}

}  // namespace

LintRun run_lint(const std::vector<std::string>& inputs, const LintOptions& how,
                 Repository& repository, Env& env) {
  return run_lint(repository.find_documents(inputs), how, nullptr, repository, env);
}

LintRun run_lint_since(const std::string& revision, const std::vector<std::string>& inputs,
                       const LintOptions& how, Repository& repository, std::size_t& known,
                       Env& env) {
  const std::vector<std::string> paths = repository.find_documents(inputs);
  if (paths.empty()) return run_lint(paths, how, nullptr, repository, env);
  const Revision then(revision, repository.real_path(paths.front()));
  Repository earlier = repository.with_same_config();
  std::vector<std::string> earlier_paths;
  for (const std::string& path : paths) {
    std::string before = earlier_path(path, then, repository);
    if (!before.empty()) earlier_paths.push_back(std::move(before));
  }
  Baseline before;
  if (!earlier_paths.empty())
    before = baseline_of(run_lint(earlier_paths, how, nullptr, earlier, env).found);
  const Earlier now{then, earlier};
  LintRun run = run_lint(paths, how, &now, repository, env);
  known += take_known(before, run.found).known;
  return run;
}

}  // namespace gemba
