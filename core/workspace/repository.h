#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/interchange/read_model.h"
#include "core/model/config.h"
#include "core/model/process.h"

namespace gemba::inline workspace {

/// Where a document belongs.
struct Place {
  const Config* config = nullptr;  ///< what holds for it
  std::string path;                ///< as the patterns of its configuration see it
};

/// A document that was read, with what was wrong with its text.
struct ReadDocument {
  std::string path;
  const Place* place = nullptr;
  std::string error = {};  ///< why it could not be read; then it has no source either
  SourceId source = {};
  std::optional<Process> process = {};
  std::optional<LabelledNet> net = {};  ///< of a model of another tool: what a log is held against
  bool is_model = false;                ///< of another tool: not a document of ours
  Diagnostics found = {};

  /// Its id; of one that cannot be understood the stem of its file.
  std::string id() const;
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

  /// Reads one document, or a model of another tool. What is wrong with it goes to `found`. Throws
  /// `Error` when the file cannot be read.
  std::optional<ImportedModel> read_model(const std::string& path);

  /// The same without the net.
  std::optional<Process> read(const std::string& path);

  /// Reads documents and models by `threads`; what is wrong with them stands beside them.
  std::vector<ReadDocument> read_all(const std::vector<std::string>& paths);

  /// Where a document belongs. What is wrong with its configuration goes to `config_found`, once.
  /// Valid as long as the repository.
  const Place& place_of(const std::string& path);

  /// The configuration that holds for a path.
  const Config& config_for(const std::string& path) { return *place_of(path).config; }

  /// The documents of the repository that `path` belongs to and that are not among `read`, the
  /// documents of this run; none when no gemba.toml holds for it. What is wrong with them,
  /// unreadable ones included, is not this run's business.
  const std::vector<ReadDocument>& neighbours(const std::string& path,
                                              const std::vector<std::string>& read);

  /// The file that a path stands for: that of standard input, or itself.
  const std::string& real_path(const std::string& path) const {
    return path == "-" && !stdin_name_.empty() ? stdin_name_ : path;
  }

  /// Another one that has read nothing yet.
  Repository with_same_config() const {
    Repository other(config_path_, stdin_name_);
    other.threads = threads;
    return other;
  }

  /// Drops everything that was read and found, but for the `texts` that were given. What refers to
  /// it (places, sources, documents) is good no longer.
  void forget() {
    Repository fresh = with_same_config();
    fresh.texts = std::move(texts);
    *this = std::move(fresh);
  }

  std::size_t threads = 1;  ///< so many may read and check documents at the same time
  Sources sources;
  /// By path: what is read instead of a file, which need not exist.
  std::map<std::string, std::string> texts;
  Diagnostics found;
  Diagnostics config_found;

 private:
  bool includes(const std::string& path);
  std::string text_of(const std::string& path) const;
  const std::string& config_path(const std::string& path);
  const Config& config_at(const std::string& path);

  std::string config_path_;
  std::string stdin_name_;
  std::map<std::string, std::string> nearest_;                   ///< configuration by folder
  std::map<std::string, Config> configs_;                        ///< by path
  std::map<std::string, Place> places_;                          ///< by path as given
  std::map<std::string, std::vector<ReadDocument>> neighbours_;  ///< by path of the configuration
};

/// Whether a configuration that was read has errors.
bool has_faulty_config(const Repository& repository);

}  // namespace gemba::inline workspace
