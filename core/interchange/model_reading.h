#pragma once
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"
#include "core/interchange/read_model.h"
#include "core/interchange/xml_tree.h"

namespace gemba::inline interchange {

/// The reading of one model: where what is wrong goes.
struct ModelReading {
  SourceId source;
  std::string stem;  ///< of the file: names what has no name
  Diagnostics& found;

  void report(Code code, const SourceSpan& span, std::string message,
              std::string_view element = {}) const {
    found.push_back({.code = code,
                     .level = Level::error,
                     .message = std::move(message),
                     .span = span,
                     .element = std::string(element)});
  }
};

/// The words of an element, which stand in a child `text` (in old files `value`); empty when there
/// are none.
std::string words_of(const XmlNode* node);

/// Reads the element `pnml`. None when anything was reported.
std::optional<ImportedModel> read_pnml(const XmlNode& root, const ModelReading& reading);

/// Reads the element `definitions` of BPMN. None when anything was reported.
std::optional<ImportedModel> read_bpmn(const XmlNode& root, const ModelReading& reading);

}  // namespace gemba::inline interchange
