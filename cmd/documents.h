#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cmd/command.h"
#include "core/base/diagnostic.h"
#include "core/model/config.h"
#include "core/model/process.h"

namespace gemba {

/// A document of a repository that a run does not check.
struct Neighbour {
  std::string path;
  std::string id;  ///< of one that cannot be understood the stem of its file
  std::optional<Process> process;
};

/// The documents of a run and what was found while reading them. Owns every text.
class Repository {
 public:
  /// `config_path`: the configuration for every document; empty to take the nearest one of each.
  /// `stdin_name`: the file that standard input stands for, if any.
  explicit Repository(std::string config_path, std::string stdin_name = {})
      : config_path_(std::move(config_path)), stdin_name_(std::move(stdin_name)) {}

  /// Files to read: a file as it is, a directory as the documents in and below it that its
  /// configuration includes, in the order of their names. A `gemba.toml` is read as configuration
  /// and is none of them. Throws `Error` for a directory without documents, `UsageError` for an
  /// empty path.
  std::vector<std::string> find_documents(const std::vector<std::string>& paths);

  /// Reads one document. What is wrong with it goes to `found`. Throws `Error` when the file cannot
  /// be read.
  std::optional<Process> read(const std::string& path);

  /// The configuration that holds for a path. What is wrong with it goes to `config_found`, once.
  const Config& config_for(const std::string& path);

  /// The documents of the repository that `path` belongs to and that are not among `read`, the
  /// documents of this run; none when no gemba.toml holds for it. What is wrong with them,
  /// unreadable ones included, is not this run's business.
  const std::vector<Neighbour>& neighbours(const std::string& path,
                                           const std::vector<std::string>& read);

  /// The file that a path stands for: that of standard input, or itself.
  const std::string& real_path(const std::string& path) const {
    return path == "-" && !stdin_name_.empty() ? stdin_name_ : path;
  }

  /// Another one that has read nothing yet.
  Repository with_same_config() const { return Repository(config_path_, stdin_name_); }

  /// A document's path as its configuration's patterns see it.
  std::string path_in_repository(const std::string& path);

  Sources sources;
  std::map<std::string, std::string> texts;  ///< by path: what is read instead of the file
  Diagnostics found;
  Diagnostics config_found;

 private:
  bool includes(const std::string& path);

  std::string config_path_;
  std::string stdin_name_;
  std::map<std::string, Config> configs_;
  std::map<std::string, std::vector<Neighbour>> neighbours_;  ///< by path of the configuration
};

/// Adds `--config` to a command that reads documents.
void bind_config(CLI::App& app, std::string& config_path);

/// Throws `UsageError` when only gemba.toml was named, where documents are wanted.
void require_documents(const std::vector<std::string>& documents);

/// Whether a configuration that was read has errors.
bool has_faulty_config(const Repository& repository);

/// Throws `UsageError` when the configuration that holds for a path has errors, after printing
/// them.
void require_sound_config(Repository& repository, const std::string& path, Env& env);

/// Reads one document that must be sound, with a sound configuration. Its errors are printed to
/// `env.err`; none when it has any.
std::optional<Process> read_sound_process(Repository& repository, const std::string& path,
                                          Env& env);

}  // namespace gemba
