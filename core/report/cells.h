#pragma once
#include <string>
#include <string_view>

#include "core/report/report.h"

namespace gemba::inline report {

/// `part` of `whole`; 0 where there is no whole.
double share_of(std::int64_t part, std::int64_t whole);

/// A cell as people read it, on one line: seconds as `2h 14m`, shares as `82.5%`, an empty cell as
/// `–`.
std::string humane_cell(const Cell& cell, Unit unit);

/// The titles of the columns as people read them.
std::vector<std::string> humane_titles(const Table& table);

/// Whether two rows agree in the columns that make a group.
bool same_group(const Table& table, std::size_t a, std::size_t b);

/// The cells of a row as people read them: the group of the row before it is not repeated.
std::vector<std::string> humane_row(const Table& table, std::size_t row);

/// What stands in place of the groups that people are not shown: a line without its end; empty
/// where they are shown all.
std::string groups_left_out(const Table& table);

/// A cell in full precision, for machines; a text as it is: seconds and fractions as the shortest
/// number that reads back the same.
std::string exact_cell(const Cell& cell);

/// A cell as a JSON value; an empty cell is null.
Json json_cell(const Cell& cell);

/// The member of an object with this key, or null.
const Json* find_member(const Json& json, std::string_view key);

/// A JSON value as text, on one line or indented by two spaces. Numbers that are not finite become
/// null; what `printable` makes visible is escaped, so that a text is exact and safe to look at.
std::string dump_json(const Json& value, bool indented);

}  // namespace gemba::inline report
