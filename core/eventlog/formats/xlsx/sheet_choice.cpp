#include "core/eventlog/formats/xlsx/sheet_choice.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/eventlog/build/find_columns.h"
#include "core/eventlog/build/table_header.h"

namespace gemba::inline eventlog {

namespace {

/// What the first rows of a sheet say.
struct Head {
  const Sheet* sheet;
  std::vector<std::string> names = {};  ///< of the header; without one, the texts of the first row
  std::uint64_t row = 0;                ///< of the header; 0 without one
  std::uint64_t first_row = 0;          ///< with a value; 0 in an empty sheet
  bool has_time = false;

  bool is_log() const { return row > 0; }
};

Head look_at(const Sheet& sheet, const Archive& archive, const Workbook& book,
             const ReadOptions& options) {
  Head head{&sheet};
  HeaderSearch search(options);
  TextStore texts;
  read_sheet_rows(sheet, {archive, book}, texts, [&](const SheetRow& row) {
    if (head.first_row == 0) head.first_row = row.number;
    if (search.take(row.cells)) head.row = row.number;
    texts.clear();
    return !head.is_log() && search.goes_on();
  });
  head.names = search.names();
  head.has_time = head.is_log() && names_time(head.names, options);
  return head;
}

std::string list_of(std::vector<std::string_view> names) {
  constexpr std::size_t most = 20;
  std::string list;
  for (std::size_t at = 0; at < std::min(most, names.size()); ++at)
    add_item(list, fmt::format("'{}'", printable(names[at])));
  return list + (names.size() > most ? " …" : "");
}

// Excel does not tell names apart by capitals.
const Sheet& named_sheet(const std::string& name, const Archive& archive, const Workbook& book,
                         bool is_configured) {
  for (const Sheet& sheet : book.sheets) {
    if (sheet.name == name) return sheet;
  }
  for (const Sheet& sheet : book.sheets) {
    if (ascii_lower(sheet.name) == ascii_lower(name)) return sheet;
  }
  std::vector<std::string_view> names;
  for (const Sheet& sheet : book.sheets) names.push_back(sheet.name);
  const std::string suggestion = did_you_mean(name, names);
  std::stable_sort(names.begin(), names.end(), [&](std::string_view a, std::string_view b) {
    return edit_distance(name, a) < edit_distance(name, b);
  });
  throw UsageError(fmt::format(
      "'{}' has no sheet '{}'{}; {} {}{}", archive.path(), printable(name),
      is_configured ? " (gemba.toml names it in [log]; --sheet overrides it)" : "",
      names.size() == 1 ? "its one sheet is" : "its sheets are", list_of(names), suggestion));
}

/// The heads of the sheets that may be chosen.
std::vector<Head> heads_of(const Archive& archive, const Workbook& book,
                           const ReadOptions& options) {
  const std::string& name = options.sheet.empty() ? options.log.sheet : options.sheet;
  std::vector<Head> heads;
  if (!name.empty()) {
    const Sheet& sheet = named_sheet(name, archive, book, options.sheet.empty());
    heads.push_back(look_at(sheet, archive, book, options));
    if (heads.front().first_row > 0) return heads;
    throw Error(fmt::format("sheet '{}' of '{}' has no values; choose another one with --sheet",
                            printable(sheet.name), archive.path()));
  }
  for (const Sheet& sheet : book.sheets) {
    if (!sheet.is_visible) continue;
    Head head = look_at(sheet, archive, book, options);
    if (head.first_row > 0) heads.push_back(std::move(head));
  }
  if (heads.empty()) {
    throw Error(
        fmt::format("'{}' has no visible sheet with values; export the log again, or name "
                    "a hidden sheet with --sheet",
                    archive.path()));
  }
  return heads;
}

std::vector<std::string_view> names_of(const std::vector<Head>& heads) {
  std::vector<std::string_view> names;
  for (const Head& head : heads) names.push_back(head.sheet->name);
  return names;
}

[[noreturn]] void refuse_all(const std::vector<Head>& heads, const std::string& path) {
  throw Error(fmt::format(
      "no sheet of '{}' has a header that names a case and an activity: {} were looked at; choose "
      "one with --sheet and name its columns with --case and --activity",
      path, list_of(names_of(heads))));
}

}  // namespace

SheetChoice choose_sheet(const Archive& archive, const Workbook& book, const ReadOptions& options) {
  const std::vector<Head> heads = heads_of(archive, book, options);
  if (!options.column_names.empty()) {
    if (heads.size() > 1) {
      throw UsageError(
          fmt::format("'{}' has several sheets: {}; choose the one that --columns is "
                      "about with --sheet",
                      archive.path(), list_of(names_of(heads))));
    }
    return {.sheet = heads.front().sheet, .columns = options.column_names};
  }
  const auto is_log = [](const Head& head) { return head.is_log(); };
  const auto is_timed = [](const Head& head) { return head.has_time; };
  auto chosen = std::find_if(heads.begin(), heads.end(), is_timed);
  if (chosen == heads.end()) chosen = std::find_if(heads.begin(), heads.end(), is_log);
  if (chosen == heads.end() && heads.size() > 1) refuse_all(heads, archive.path());
  if (chosen == heads.end()) {
    // The one sheet that there is tells what it lacks.
    refuse_data_as_header(heads.front().names, "in its first row", archive.path());
    return {.sheet = heads.front().sheet,
            .columns = heads.front().names,
            .header_row = heads.front().first_row};
  }
  SheetChoice choice{.sheet = chosen->sheet, .columns = chosen->names, .header_row = chosen->row};
  for (const Head& head : heads) {
    if (&head != &*chosen && head.is_log() && head.has_time == chosen->has_time)
      choice.others.push_back(head.sheet->name);
  }
  return choice;
}

}  // namespace gemba::inline eventlog
