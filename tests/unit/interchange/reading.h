#pragma once
#include <optional>
#include <string>

#include "core/interchange/read_model.h"

namespace gemba::test {

/// A model that was read, with the text that spans point into.
struct ModelRead {
  Sources sources;
  Diagnostics found;
  std::optional<ImportedModel> model;
};

inline ModelRead read_model_text(std::string text, const std::string& path = "model.xml") {
  ModelRead read;
  const SourceId id = read.sources.add(path, std::move(text));
  read.model = read_model(read.sources, id, read.found);
  return read;
}

/// What is wrong, as `S006 12:5 message`, a line each.
inline std::string faults_of(const ModelRead& read) {
  std::string text;
  for (const Diagnostic& each : read.found) {
    text += (text.empty() ? "" : "\n") + std::string(each.code) + " " +
            std::to_string(each.span.begin.line) + ":" + std::to_string(each.span.begin.column) +
            " " + each.message;
  }
  return text;
}

/// The flow of a process: `start>a a>end`, by ids.
inline std::string flow_of(const Process& process) {
  std::string text;
  for (const Flow& flow : process.flows) {
    text += (text.empty() ? "" : " ") + process[flow.from].id + ">" + process[flow.to].id;
  }
  return text;
}

}  // namespace gemba::test
