#include "core/rules/mending.h"

#include <algorithm>

#include "core/base/text.h"

namespace gemba::inline rules {
namespace {

/// The lines of a text around what is taken out of it.
struct Lines {
  std::string_view text;

  std::size_t begin_of(std::size_t at) const {
    const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  /// Behind the line end.
  std::size_t end_of(std::size_t at) const {
    const std::size_t end = text.find('\n', at);
    return end == std::string_view::npos ? text.size() : end + 1;
  }
  /// Without spaces, line end and byte order mark.
  std::string_view line(std::size_t begin) const {
    std::string_view whole = text.substr(begin, end_of(begin) - begin);
    if (begin == 0 && whole.starts_with("\xEF\xBB\xBF")) whole.remove_prefix(3);
    return trimmed(whole);
  }
  bool is_blank(std::size_t begin) const { return line(begin).empty(); }
  bool is_comment(std::size_t begin) const { return line(begin).starts_with('#'); }
  std::size_t first() const { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }
};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t", at), text.size());
}

bool ends_line(std::string_view text, std::size_t at) {
  return at >= text.size() || text[at] == '\n' || text.substr(at).starts_with("\r\n");
}

/// Whether only spaces stand between the beginning of a line and `at`.
bool begins_line(std::string_view text, std::size_t at) {
  const std::size_t line = Lines{text}.begin_of(at);
  return skip_blanks(text, line) == at;
}

bool has_comment(std::string_view text, std::size_t begin, std::size_t end) {
  return text.substr(begin, end - begin).find('#') != std::string_view::npos;
}

/// What goes with an item and the comma behind it.
std::pair<std::size_t, std::size_t> with_comma(std::string_view text, std::size_t begin,
                                               std::size_t comma) {
  const std::size_t after = skip_blanks(text, comma + 1);
  if (!ends_line(text, after) || !begins_line(text, begin)) return {begin, after};
  const Lines lines{text};
  return {lines.begin_of(begin), lines.end_of(after)};
}

/// What goes with the last item, which has no comma behind it; the one before it goes too, or stays
/// in front of a comment.
std::pair<std::size_t, std::size_t> with_comma_before(std::string_view text,
                                                      const WrittenItem& before,
                                                      const WrittenItem& item) {
  if (!has_comment(text, before.comma, item.begin)) return {before.comma, item.end};
  const std::size_t after = skip_blanks(text, item.end);
  if (!ends_line(text, after) || !begins_line(text, item.begin)) return {item.begin, item.end};
  const Lines lines{text};
  return {lines.begin_of(item.begin), lines.end_of(after)};
}

}  // namespace

const TomlLayout& Mending::layout() {
  if (!layout_) layout_.emplace(text_->text);
  return *layout_;
}

TextEdit Mending::remove(std::size_t begin, std::size_t end) const {
  return {{source_, position_at(*text_, begin), position_at(*text_, end)}, {}};
}

TextEdit Mending::remove_lines(const Statement& first, const Statement& last) const {
  const Lines lines{text_->text};
  std::size_t begin = lines.begin_of(first.begin);
  std::size_t end = lines.end_of(last.end);
  while (begin > 0 && lines.is_comment(lines.begin_of(begin - 1)))
    begin = lines.begin_of(begin - 1);
  begin = std::max(begin, lines.first());
  const auto is_blank_above = [&] {
    return begin <= lines.first() || lines.is_blank(lines.begin_of(begin - 1));
  };
  if (is_blank_above()) {
    while (end < text_->text.size() && lines.is_blank(end)) end = lines.end_of(end);
  }
  while (end >= text_->text.size() && begin > lines.first() && is_blank_above()) {
    begin = std::max(lines.begin_of(begin - 1), lines.first());
  }
  return remove(begin, end);
}

std::vector<TextEdit> Mending::remove_table(std::string_view table, std::string_view id) {
  if (text_ == nullptr) return {};
  const std::vector<Statement>& all = layout().statements;
  const auto belongs = [&](std::size_t i) {
    const auto path = layout().path(i);
    return path.size() >= 2 && path[0]->text == table && path[1]->text == id;
  };
  std::vector<TextEdit> edits;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!belongs(i)) continue;
    const std::size_t first = i;
    while (i + 1 < all.size() && belongs(i + 1)) ++i;
    if (!add_edits(edits, {remove_lines(all[first], all[i])})) return {};
  }
  return edits;
}

std::vector<TextEdit> Mending::remove_element(const SourceSpan& inside, std::string_view array,
                                              std::initializer_list<std::string_view> known) {
  if (text_ == nullptr) return {};
  const std::vector<Statement>& all = layout().statements;
  const auto place = layout().statement_at(offset_of(*text_, inside.begin));
  if (!place || all[*place].header == Statement::none) return {};
  const std::size_t header = all[*place].header;
  const auto& name = all[header].keys;
  if (all[header].kind != Statement::Kind::array || name.size() != 1 || name[0].text != array) {
    return {};
  }
  std::size_t last = header;
  while (last + 1 < all.size() && all[last + 1].header == header) {
    const auto& keys = all[++last].keys;
    if (std::find(known.begin(), known.end(), keys.front().text) == known.end()) return {};
  }
  // `[step.time]` belongs to it too.
  const bool goes_on =
      last + 1 < all.size() && all[last + 1].keys.size() > 1 && all[last + 1].keys[0].text == array;
  if (goes_on) return {};
  return {remove_lines(all[header], all[last])};
}

std::vector<TextEdit> Mending::remove_item(const SourceSpan& inside) {
  if (text_ == nullptr) return {};
  const std::string_view text = text_->text;
  const std::size_t at = offset_of(*text_, inside.begin);
  const auto place = layout().statement_at(at);
  if (!place) return {};
  const Statement& pair = layout().statements[*place];
  if (pair.kind != Statement::Kind::pair || text[pair.value] != '[') return {};
  const std::vector<WrittenItem> items = written_items(text, pair.value);
  const auto item = std::find_if(items.begin(), items.end(), [&](const WrittenItem& each) {
    return each.begin <= at && at < each.end;
  });
  if (item == items.end() || items.size() < 2) return {};
  if (item->comma == WrittenItem::none) {
    const auto [begin, end] = with_comma_before(text, *std::prev(item), *item);
    return {remove(begin, end)};
  }
  if (has_comment(text, item->end, item->comma)) return {};
  const auto [begin, end] = with_comma(text, item->begin, item->comma);
  return {remove(begin, end)};
}

std::optional<TextEdit> Mending::respell(const SourceSpan& span, std::string_view before,
                                         std::string_view word) const {
  if (text_ == nullptr) return std::nullopt;
  const std::size_t begin = offset_of(*text_, span.begin);
  const std::string_view written =
      std::string_view(text_->text).substr(begin, offset_of(*text_, span.end) - begin);
  const auto text = respelled(written, before, word);
  if (!text) return std::nullopt;
  return TextEdit{span, *text};
}

}  // namespace gemba::inline rules
