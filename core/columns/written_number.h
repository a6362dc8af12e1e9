#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/columns/string_pool.h"

namespace gemba::inline columns {

/// The sign between whole and fraction; the other of the two, a blank or an apostrophe may stand
/// between thousands.
enum class DecimalMark : std::uint8_t { point, comma };

/// The number that a text is to people: `1204`, `1,204.50`, `¥1,204.50`, `1204.5元`, `1.2万`,
/// `(12)` and `12-` for −12, `85%` for 0.85, `１２`. Around and between the parts may stand blanks
/// of any kind. None for anything else, also where thousands are not three digits apart (or as in
/// India, `12,34,567`), for a date, a range, an infinity.
std::optional<double> written_number(std::string_view text, DecimalMark mark = DecimalMark::point);

/// The mark that the values of a column are written with, decided by all of them: the comma where
/// some can only be read with it (`12,5`) and fewer only with the point. `1,204` and `1.204` decide
/// nothing.
DecimalMark decimal_mark_of(const StringPool& values);

}  // namespace gemba::inline columns
