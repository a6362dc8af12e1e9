#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xlsx/archive.h"
#include "core/eventlog/formats/xlsx/xml_part.h"

namespace gemba::inline eventlog {

/// A relationship of a part to another one (ECMA-376 Part 2, 6.5.3).
struct Relation {
  std::string id;
  std::string kind;    ///< the last word of its type: `worksheet`; empty for a type of others
  std::string target;  ///< the name of the other part, from the root of the package
};

/// The relationships of a part, or of the package itself (an empty name) to parts of the package;
/// those to what lies outside are left out. None where the part has no relationships.
std::vector<Relation> read_relations(const Archive& archive, std::string_view part);

/// Whether a name space or type is of ECMA-376 in its transitional or strict form (Part 4, annex A)
/// and ends so: `spreadsheetml/main`, `relationships/worksheet`.
bool is_of_standard(std::string_view name, std::string_view folder, std::string_view last);

/// Reads a part of an archive; `read_xml_part` says how.
void read_part(const Archive& archive, std::string_view part, XmlHandlers handlers);

/// Throws `Error` unless the root of a part is this element of SpreadsheetML.
void require_spreadsheet_root(const XmlPlace& place, std::string_view expected,
                              std::string_view name, std::string_view name_space);

}  // namespace gemba::inline eventlog
