#include "core/eventlog/formats/xes/xes_forms.h"

#include <algorithm>

namespace gemba::inline eventlog {

void XesForms::learn(std::string_view bytes, std::span<const std::string_view> values,
                     std::span<const std::uint64_t> numbers, const XmlShapes& shapes) {
  pieces_.clear();
  const char* at = bytes.data();
  for (const std::string_view value : values) {
    pieces_.emplace_back(at, static_cast<std::size_t>(value.data() - at));
    at = value.data() + value.size();
  }
  pieces_.emplace_back(at, static_cast<std::size_t>(bytes.data() + bytes.size() - at));
  const auto same = [&](const XesForm& form) {
    return std::equal(form.pieces.begin(), form.pieces.end(), pieces_.begin(), pieces_.end());
  };
  const auto known = std::find_if(forms_.begin(), forms_.end(), same);
  const auto number = static_cast<std::size_t>(known - forms_.begin());
  if (known == forms_.end() && !add(pieces_, numbers, shapes)) return;
  forms_[current_].next = number;
  current_ = number;
}

bool XesForms::add(const std::vector<std::string_view>& pieces,
                   std::span<const std::uint64_t> numbers, const XmlShapes& shapes) {
  if (forms_.size() == most) return false;
  XesForm form;
  for (const std::uint64_t number : numbers) {
    const XmlShape* shape = shapes.find(number);
    if (shape == nullptr) return false;
    form.shapes.push_back(*shape);
  }
  for (const std::string_view piece : pieces) {
    form.lines += static_cast<std::uint64_t>(std::count(piece.begin(), piece.end(), '\n'));
    form.pieces.emplace_back(piece);
  }
  const std::string_view first = pieces.front();
  form.lines_before = static_cast<std::uint64_t>(
      std::count(first.begin(), std::find(first.begin(), first.end(), '<'), '\n'));
  form.number = form.next = forms_.size();
  forms_.push_back(std::move(form));
  return true;
}

}  // namespace gemba::inline eventlog
