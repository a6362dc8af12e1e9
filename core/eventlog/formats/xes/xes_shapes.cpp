#include "core/eventlog/formats/xes/xes_shapes.h"

#include <functional>

namespace gemba::inline eventlog {

std::uint64_t XmlShapes::learn(std::string_view bytes, const XmlTag& tag,
                               std::uint64_t lines_before, std::uint64_t lines) {
  const auto slot = static_cast<std::uint32_t>(std::hash<std::string_view>{}(bytes) % slots);
  XmlShape& shape = shapes_[slot];
  shapes_[current_].next = slot;
  current_ = slot;
  if (shape.bytes == bytes) return shape.number;
  const auto place = [&](std::string_view text) {
    return static_cast<std::uint32_t>(text.data() - bytes.data());
  };
  const auto size = [](std::string_view text) { return static_cast<std::uint32_t>(text.size()); };
  shape.bytes = bytes;
  shape.tag_begin = place(tag.name) - 1;
  shape.name_size = size(tag.name);
  shape.lines_before = lines_before;
  shape.lines = lines;
  shape.parts.clear();
  for (const XmlAttribute& each : tag.attributes) {
    shape.parts.push_back({place(each.name), size(each.name), place(each.value), size(each.value)});
  }
  shape.number = ++learned_ * slots + slot;
  return shape.number;
}

}  // namespace gemba::inline eventlog
