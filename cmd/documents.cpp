#include "cmd/documents.h"

#include <ostream>

#include "core/base/error.h"
#include "core/report/finding_text.h"

namespace gemba::inline cmd {

void require_documents(const std::vector<std::string>& documents) {
  if (!documents.empty()) return;
  throw UsageError("gemba.toml is the configuration of a repository; name a document");
}

void require_sound_config(const Repository& repository, Env& env) {
  if (!has_faulty_config(repository)) return;
  for (const Diagnostic& each : repository.config_found) {
    env.err << finding_text(each, repository.sources, false);
  }
  throw UsageError("the configuration has errors; nothing was done");
}

void require_sound_config(Repository& repository, const std::string& path, Env& env) {
  repository.config_for(path);
  require_sound_config(repository, env);
}

std::optional<ImportedModel> read_sound_model(Repository& repository, const std::string& path,
                                              Env& env) {
  require_sound_config(repository, path, env);
  const std::size_t first = repository.found.size();
  std::optional<ImportedModel> model = repository.read_model(path);
  for (std::size_t i = first; i < repository.found.size(); ++i) {
    env.err << finding_text(repository.found[i], repository.sources, false);
    model.reset();
  }
  return model;
}

std::optional<Process> read_sound_process(Repository& repository, const std::string& path,
                                          Env& env) {
  std::optional<ImportedModel> model = read_sound_model(repository, path, env);
  if (!model) return std::nullopt;
  return std::move(model->process);
}

}  // namespace gemba::inline cmd
