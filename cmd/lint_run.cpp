#include "cmd/lint_run.h"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <iterator>
#include <map>
#include <ostream>
#include <set>

#include "core/base/error.h"
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

}  // namespace

LintRun run_lint(const std::vector<std::string>& inputs, const LintOptions& how,
                 Repository& repository, Env& env) {
  LintRun run;
  run.paths = repository.find_documents(inputs);
  run.read = env.timings.measure(
      "read", [&] { return read_documents(run.paths, repository, run.unread, env); });
  env.timings.measure("check", [&] {
    const Together together(run.read, run.paths, repository);
    for (ReadDocument& document : run.read)
      lint_one(document, together, how, repository, run.found);
    together.lint(how, run.found);
    for (const ReadDocument& document : run.read) {
      if (document.process) run.suppressed += suppress(document, how, repository, run.found);
    }
    const Diagnostics& config = repository.config_found;
    run.found.insert(run.found.end(), config.begin(), config.end());
    put_in_order(run.found);
  });
  return run;
}

}  // namespace gemba
