#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/diagnostic.h"

namespace gemba::inline report {

/// A JSON-like value; object keys keep their order.
struct Json {
  using Array = std::vector<Json>;
  using Object = std::vector<std::pair<std::string, Json>>;
  std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, Array, Object> value =
      nullptr;

  Json() = default;
  Json(std::nullptr_t) {}                            // NOLINT(google-explicit-constructor)
  Json(bool v) : value(v) {}                         // NOLINT(google-explicit-constructor)
  Json(int v) : value(std::int64_t{v}) {}            // NOLINT(google-explicit-constructor)
  Json(std::int64_t v) : value(v) {}                 // NOLINT(google-explicit-constructor)
  Json(std::uint32_t v) : value(std::int64_t{v}) {}  // NOLINT(google-explicit-constructor)
  Json(std::size_t v)
      : value(static_cast<std::int64_t>(v)) {}         // NOLINT(google-explicit-constructor)
  Json(double v) : value(v) {}                         // NOLINT(google-explicit-constructor)
  Json(std::string v) : value(std::move(v)) {}         // NOLINT(google-explicit-constructor)
  Json(const char* v) : value(std::string(v)) {}       // NOLINT(google-explicit-constructor)
  Json(std::string_view v) : value(std::string(v)) {}  // NOLINT(google-explicit-constructor)
  Json(Array v) : value(std::move(v)) {}               // NOLINT(google-explicit-constructor)
  Json(Object v) : value(std::move(v)) {}              // NOLINT(google-explicit-constructor)
};

/// What a column's numbers are: text output shows seconds and shares in a humane form, machine
/// formats in full. What `by_row` stands for, each row says.
enum class Unit : std::uint8_t { text, count, seconds, share, number, by_row };

struct Column {
  std::string key;    ///< machine name: `median_seconds`
  std::string title;  ///< what people read: `median`
  Unit unit = Unit::text;
};

/// An empty cell is `monostate`.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

struct Table {
  std::string key;    ///< machine name: `activities`
  std::string title;  ///< what people read: `Activities`
  std::vector<Column> columns;
  std::vector<std::vector<Cell>> rows;
  std::size_t shown = 0;       ///< rows (of each group) that text shows before "… N more"; 0: all
  std::size_t group = 0;       ///< leading columns that text shows only where they change
  std::size_t groups_cut = 0;  ///< groups at the end that text and Markdown leave out
  std::size_t rows_cut = 0;    ///< the rows of these
  std::vector<Unit> row_units = {};  ///< by row: of its cells in columns of `Unit::by_row`
};

/// A heading with the paragraphs under it, for a text that is read top-down. A paragraph is one
/// line to the writers, which break it where they must.
struct Section {
  std::string heading;
  std::vector<std::string> paragraphs;
  std::string listing;  ///< text that stands as it is, in lines: a TOML patch
};

/// Something that is to hold, and whether it does: a test of the (first) document.
struct Check {
  enum class Outcome : std::uint8_t { passed, failed, skipped };
  std::string name;  ///< stays the same from run to run: servers follow a test by it
  Outcome outcome = Outcome::passed;
  std::string message;  ///< the figures; one sentence without final stop
};

/// What of a report is needed: large logs have no room for all of it.
enum class ReportParts : std::uint8_t { everything, data, tables };

/// What a command has to say, free of any format, in texts as the documents and logs have them.
/// Writers turn it into text that is safe to look at (`readable.h`).
struct Report {
  Json data;                           ///< the whole result, for JSON
  std::vector<Diagnostic> findings;    ///< faults with their places; sections tell them at length
  std::string summary;                 ///< of a command with findings: their numbers, in one line
  std::vector<std::string> documents;  ///< paths of what was looked at, with or without findings
  std::vector<Unread> unread;
  std::vector<Check> checks;      ///< of a command that measures instead of finding faults
  std::vector<std::string> lead;  ///< the verdict: first lines of a text, last ones after findings
  std::vector<Section> sections;
  std::vector<Table> tables;
  std::vector<std::string> notes;  ///< assumptions and warnings that belong to the figures
};

}  // namespace gemba::inline report
