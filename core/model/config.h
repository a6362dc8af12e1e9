#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/diagnostic.h"
#include "core/model/definitions.h"

namespace gemba::inline model {

/// What `gemba.toml` says about one rule. `rule` is a code or a name, as written.
struct RuleSetting {
  std::string rule;
  std::optional<Level> level = {};
  std::vector<std::pair<std::string, double>> parameters = {};  ///< numbers; true is 1, false is 0
  SourceSpan span = {};
  std::vector<std::pair<std::string, std::vector<std::string>>> lists = {};  ///< of texts
};

/// Rule levels for some paths.
struct PathOverride {
  std::vector<std::string> paths;  ///< globs relative to the configuration's folder
  std::vector<RuleSetting> rules;
  SourceSpan span;
};

/// How event logs are read; what is empty is told by content, columns by their names.
struct LogConfig {
  std::string timezone;
  std::string time_format;  ///< as `--time-format` takes it
  std::string encoding;     ///< any name that iconv(3) knows
  std::string sheet;        ///< of a workbook; other logs have none
  std::string case_column, activity_column, timestamp_column, start_column, resource_column,
      lifecycle_column;
  std::optional<std::vector<std::string>> missing;  ///< words for a missing value; none: the usual
};

/// The configuration of a repository of documents: the nearest `gemba.toml` upwards, or nothing but
/// defaults.
struct Config {
  std::string path;    ///< of gemba.toml; empty when there is none
  std::string folder;  ///< of gemba.toml, without a final slash; empty for the working directory
  std::string language = "zh";
  std::vector<std::string> include = {"**/*.toml"};
  std::vector<std::string> exclude;
  std::vector<RuleSetting> rules;
  std::vector<PathOverride> overrides;
  LogConfig log;
  Definitions definitions;  ///< shared by every document, all marked `shared`
};

}  // namespace gemba::inline model
