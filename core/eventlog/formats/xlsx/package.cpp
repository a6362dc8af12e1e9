#include "core/eventlog/formats/xlsx/package.h"

#include <fmt/format.h>

#include <charconv>

#include "core/base/error.h"

namespace gemba::inline eventlog {

namespace {

std::string_view folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? "" : part.substr(0, slash + 1);
}

// `%20` of a target is a space in the name of the part.
std::string unescaped(std::string_view target) {
  std::string text;
  for (std::size_t at = 0; at < target.size(); ++at) {
    unsigned value = 0;
    const char* digits = target.data() + at + 1;
    if (target[at] == '%' && at + 2 < target.size() &&
        std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
      text += static_cast<char>(value);
      at += 2;
    } else {
      text += target[at] == '\\' ? '/' : target[at];
    }
  }
  return text;
}

// The name of a part by the target of a relationship: from the root where it begins with a slash,
// else from the folder of the part that it belongs to (RFC 3986, section 5.2.4).
std::string resolved(std::string_view part, std::string_view target) {
  const std::string text = unescaped(target);
  const std::string whole = text.starts_with('/') ? text : std::string(folder_of(part)) + text;
  std::string name;
  for (std::size_t begin = 0; begin <= whole.size();) {
    const std::size_t end = std::min(whole.find('/', begin), whole.size());
    const std::string_view segment = std::string_view(whole).substr(begin, end - begin);
    if (segment == "..") {
      name.resize(
          name.empty() ? 0 : folder_of(std::string_view(name).substr(0, name.size() - 1)).size());
    } else if (!segment.empty() && segment != ".") {
      name += segment;
      if (end < whole.size()) name += '/';
    }
    begin = end + 1;
  }
  return name;
}

}  // namespace

bool is_of_standard(std::string_view name, std::string_view folder, std::string_view last) {
  constexpr std::string_view transitional = "http://schemas.openxmlformats.org/";
  constexpr std::string_view strict = "http://purl.oclc.org/ooxml/";
  const bool is_strict = name.starts_with(strict);
  if (!is_strict && !name.starts_with(transitional)) return false;
  name.remove_prefix(is_strict ? strict.size() : transitional.size());
  // `spreadsheetml/2006/main` and `spreadsheetml/main`
  return name == fmt::format("{}{}/{}", folder, is_strict ? "" : "/2006", last);
}

void read_part(const Archive& archive, std::string_view part, XmlHandlers handlers) {
  ArchiveFile file = archive.open(part);
  read_xml_part([&](char* to, std::size_t count) { return file.read(to, count); },
                {archive.path(), std::string(part)}, std::move(handlers));
}

void require_spreadsheet_root(const XmlPlace& place, std::string_view expected,
                              std::string_view name, std::string_view name_space) {
  if (name == expected && is_of_standard(name_space, "spreadsheetml", "main")) return;
  throw_damaged(place.path, place.part, fmt::format("is no '{}' of a workbook", expected));
}

std::vector<Relation> read_relations(const Archive& archive, std::string_view part) {
  const std::string_view folder = folder_of(part);
  const std::string file = fmt::format("{}_rels/{}.rels", folder, part.substr(folder.size()));
  std::vector<Relation> relations;
  if (!archive.has(file)) return relations;
  const auto kind_of = [](std::string_view type) -> std::string_view {
    const std::string_view last = type.substr(type.rfind('/') + 1);
    const bool known =
        is_of_standard(type, "officeDocument", fmt::format("relationships/{}", last));
    return known ? last : std::string_view();
  };
  read_part(archive, file, {.open = [&](std::string_view name, XmlAttributes attributes) {
              if (name != "Relationship" || attributes.at("TargetMode") == "External") return;
              relations.push_back({std::string(attributes.at("Id")),
                                   std::string(kind_of(attributes.at("Type"))),
                                   resolved(part, attributes.at("Target"))});
            }});
  return relations;
}

}  // namespace gemba::inline eventlog
