#include "core/eventlog/formats/xlsx/workbook.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/formats/xlsx/foreign_archive.h"
#include "core/eventlog/formats/xlsx/package.h"
#include "core/eventlog/formats/xlsx/rich_text.h"

namespace gemba::inline eventlog {

namespace {

const Relation* find_kind(const std::vector<Relation>& relations, std::string_view kind) {
  const auto found = std::find_if(relations.begin(), relations.end(),
                                  [&](const Relation& each) { return each.kind == kind; });
  return found == relations.end() ? nullptr : &*found;
}

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

/// Reads the part that lists the sheets.
class WorkbookPart {
 public:
  WorkbookPart(const Archive& archive, const std::string& part)
      : archive_(archive), part_(part), relations_(read_relations(archive, part)) {
    read_part(archive, part,
              {.root = [this](std::string_view name, std::string_view space,
                              XmlAttributes) { check_root(name, space); },
               .open =
                   [this](std::string_view name, XmlAttributes attributes) {
                     if (name == "workbookPr")
                       book_.since_1904 = is_true(attributes.at("date1904"));
                     if (name == "sheet") add_sheet(attributes);
                   }});
    if (book_.sheets.empty())
      throw Error(
          fmt::format("'{}' has no sheet with cells; export the log again", archive.path()));
    if (const Relation* styles = find_kind(relations_, "styles"))
      book_.formats = read_cell_formats(archive, styles->target);
    if (const Relation* strings = find_kind(relations_, "sharedStrings"))
      book_.strings = SharedStrings(archive, strings->target);
  }

  Workbook take() && { return std::move(book_); }

 private:
  // The main part of a document of another program has another root.
  void check_root(std::string_view name, std::string_view space) const {
    const std::string_view other = name == "document"       ? "a Word document"
                                   : name == "presentation" ? "a PowerPoint presentation"
                                                            : std::string_view();
    if (!other.empty()) {
      throw Error(
          fmt::format("'{}' is {}; export the log as .xlsx, CSV or XES", archive_.path(), other));
    }
    require_spreadsheet_root({archive_.path(), part_}, "workbook", name, space);
  }

  // Sheets of other kinds hold charts and dialogs.
  void add_sheet(XmlAttributes attributes) {
    std::string name(attributes.at("name"));
    decode_xstring(name);
    const std::string_view id = attributes.prefixed("id");
    const auto found = std::find_if(relations_.begin(), relations_.end(),
                                    [&](const Relation& each) { return each.id == id; });
    if (found == relations_.end()) {
      throw_damaged(archive_.path(), part_,
                    fmt::format("does not say where sheet '{}' is", printable(name)));
    }
    if (found->kind != "worksheet") return;
    const std::string_view state = attributes.at("state");
    book_.sheets.push_back({std::move(name), found->target, state.empty() || state == "visible"});
  }

  const Archive& archive_;
  std::string part_;
  std::vector<Relation> relations_;
  Workbook book_;
};

}  // namespace

Workbook read_workbook(const Archive& archive) {
  refuse_foreign_archive(archive);
  const std::vector<Relation> relations = read_relations(archive, "");
  const Relation* main = find_kind(relations, "officeDocument");
  if (main == nullptr) refuse_other_archive(archive);
  if (ascii_lower(main->target).ends_with(".bin")) {
    throw Error(
        fmt::format("'{}' is a binary workbook (.xlsb); save it as .xlsx or CSV", archive.path()));
  }
  return WorkbookPart(archive, main->target).take();
}

}  // namespace gemba::inline eventlog
