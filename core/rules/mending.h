#pragma once
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/text_edit.h"
#include "core/toml/edit/toml_layout.h"

namespace gemba::inline rules {

/// Writes the edits that mend one document. Without a text it never has any.
class Mending {
 public:
  /// `text`: a TOML text without fault, or null. It must stay where it is.
  Mending(const Source* text, SourceId source) : text_(text), source_(source) {}

  /// Takes `[table.id]` out, however it is written, with the comments directly above. None where it
  /// stands within a value, as in `roles = { … }`.
  std::vector<TextEdit> remove_table(std::string_view table, std::string_view id);

  /// Takes out the element of `[[array]]` that the place `inside` belongs to, with the comments
  /// directly above. None when it has other keys than `known`.
  std::vector<TextEdit> remove_element(const SourceSpan& inside, std::string_view array,
                                       std::initializer_list<std::string_view> known);

  /// Takes the item that the place `inside` belongs to out of the list that a key is set to.
  /// Comments stay. None when there is no such list, or a comment stands before the comma.
  std::vector<TextEdit> remove_item(const SourceSpan& inside);

  /// Writes another word in the place of a text that says `before`.
  std::optional<TextEdit> respell(const SourceSpan& span, std::string_view before,
                                  std::string_view word) const;

 private:
  const TomlLayout& layout();
  TextEdit remove(std::size_t begin, std::size_t end) const;
  TextEdit remove_lines(const Statement& first, const Statement& last) const;

  const Source* text_;
  SourceId source_;
  std::optional<TomlLayout> layout_;
};

}  // namespace gemba::inline rules
