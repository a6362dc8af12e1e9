#include "cmd/render_overlays.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

#include "core/base/error.h"
#include "core/base/source.h"

namespace gemba::inline cmd {

std::map<std::string, CheckedProcess> check_documents(const std::vector<std::string>& paths,
                                                      const RuleFlags& rules,
                                                      Repository& repository) {
  if (std::find(paths.begin(), paths.end(), "-") != paths.end()) {
    repository.texts.emplace("-", read_text("-"));
  }
  // Who draws a document says why it cannot be read.
  LintRun run = run_lint(paths, lint_options(rules), repository);
  std::map<std::string, CheckedProcess> checked;
  for (ReadDocument& document : run.read) {
    if (!document.process) continue;
    CheckedProcess& entry = checked[document.path];
    entry.process = std::move(*document.process);
    for (const Diagnostic& finding : run.found) {
      if (finding.span.source == document.source) entry.found.push_back(finding);
    }
  }
  return checked;
}

std::optional<Process> read_other_version(const std::string& other, const ReadDocument& document,
                                          const Repository& repository, Env& env) {
  Repository earlier = repository.with_same_config();
  // An old version is often written beside the repository, as `git show` does.
  if (earlier.config_for(other).path.empty()) {
    earlier = Repository(document.place->config->path);
  }
  return read_sound_process(earlier, other, env);
}

void refuse_models(const std::vector<ReadDocument>& documents) {
  for (const ReadDocument& each : documents) {
    if (!each.is_model) continue;
    throw UsageError(fmt::format(
        "--findings shows what gemba lint finds in documents, and '{}' is a model of another tool",
        each.path));
  }
}

}  // namespace gemba::inline cmd
