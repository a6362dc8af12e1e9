#include <fmt/format.h>

#include <algorithm>

#include "core/toml/parts.h"
#include "core/toml/read.h"

namespace gemba::inline toml {
namespace {

std::string file_stem(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos && dot > 0) path = path.substr(0, dot);
  return std::string(path);
}

/// The id that the document gives itself, else the file's stem.
std::string document_id(const Node& root, std::string stem) {
  const Node* sop = member(root, "sop");
  const Node* header = sop != nullptr ? sop : member(root, "map");
  const Node* id = header != nullptr ? member(*header, "id") : nullptr;
  const bool given = id != nullptr && id->kind == Node::Kind::text && !id->text.empty();
  return given ? std::string(id->text) : std::move(stem);
}

/// The `[sop]` or `[map]` of a document; null when it has none, which is reported.
const Node* find_header(Reading& reading, const Node& root, Process& process) {
  const Node* sop = member(root, "sop");
  const Node* map = member(root, "map");
  const Node* first = sop;
  if (sop == nullptr || (map != nullptr && map->key_span.begin < sop->key_span.begin)) first = map;
  if (first == nullptr) {
    const SourceSpan start{reading.source, {1, 1}, {1, 1}};
    const std::string_view state =
        root.items.empty() ? "this document is empty" : "this document has neither [sop] nor [map]";
    reading.report("S004", start,
                   fmt::format("{}; begin it with [sop] and a title = \"…\"", state));
    return nullptr;
  }
  process.kind = first == sop ? Process::Kind::sop : Process::Kind::map;
  if (sop != nullptr && map != nullptr) {
    const Node* second = first == sop ? map : sop;
    reading.report("S003", second->span, "a document is either an [sop] or a [map], not both",
                   {{first->span, "the first header"}});
  }
  return read_table(reading, root, first == sop ? "sop" : "map");
}

}  // namespace

std::optional<Process> read_process(const Sources& sources, SourceId source, const Config& config,
                                    Diagnostics& found) {
  const std::string stem = file_stem(sources[source].path);
  const std::size_t before = found.size();
  std::optional<Tree> tree = parse_text(sources, source, found);
  if (!tree) {
    for (std::size_t i = before; i < found.size(); ++i) found[i].document = stem;
    return std::nullopt;
  }
  Node& root = tree->root;
  Process process;
  process.source = source;
  process.definitions = config.definitions;

  Reading reading{sources, source, found};
  find_misspelt(reading, root, keys::document);
  process.id = reading.document = document_id(root, stem);
  check_keys(reading, root, keys::document);
  const Node* header = find_header(reading, root, process);

  Scope scope(reading, process.definitions, config.definitions);
  if (header != nullptr) read_header(reading, *header, process);
  read_definitions(scope, root, false);
  if (header != nullptr) read_owner(scope, *header, process);
  read_steps(scope, root, process);
  read_pains(scope, root, process);
  read_kpis(scope, root, process);
  read_paths(scope, root, process);
  reading.sort_from(before);
  process.sound = found.size() == before;
  if (header == nullptr) return std::nullopt;
  return process;
}

}  // namespace gemba::inline toml
