#include "core/interchange/read_model.h"

#include <fmt/format.h>

#include <filesystem>

#include "core/base/text.h"
#include "core/interchange/model_reading.h"

namespace gemba::inline interchange {

std::string words_of(const XmlNode* node) {
  if (node == nullptr) return {};
  const XmlNode* words = node->child("text");
  if (words == nullptr) words = node->child("value");
  return words == nullptr ? std::string() : std::string(trimmed(words->text));
}

bool is_model_xml(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '<';
}

std::optional<ImportedModel> read_model(const Sources& sources, SourceId source,
                                        Diagnostics& found) {
  const std::optional<XmlNode> root = read_xml_tree(sources, source, found);
  if (!root) return std::nullopt;
  const std::string& path = sources[source].path;
  const ModelReading reading{
      source, path == "-" ? "model" : std::filesystem::path(path).stem().string(), found};
  if (root->name == "pnml") return read_pnml(*root, reading);
  if (root->name == "definitions") return read_bpmn(*root, reading);
  reading.report("S001", root->span,
                 fmt::format("'{}' is neither a net of PNML nor a model of BPMN; export the model "
                             "as PNML or BPMN 2.0",
                             root->name));
  return std::nullopt;
}

}  // namespace gemba::inline interchange
