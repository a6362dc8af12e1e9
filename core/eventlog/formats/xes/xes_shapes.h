#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xes/xes_tag.h"

namespace gemba::inline eventlog {

/// How a tag looks that ends with an attribute `value`: all that stands before this value.
struct XmlShape {
  /// Where the parts of an attribute stand in `bytes`; the last one has no value there.
  struct Part {
    std::uint32_t name_begin = 0, name_size = 0, value_begin = 0, value_size = 0;
  };

  std::string bytes;  ///< white space before the tag, and the tag up to the quote of its last value
  std::uint32_t tag_begin = 0;  ///< where `<` stands
  std::uint32_t name_size = 0;
  std::uint64_t lines_before = 0, lines = 0;  ///< line ends before the tag, and in all of `bytes`
  std::vector<Part> parts;
  std::uint64_t number = XmlTag::no_shape;
  std::uint32_t next = 0;  ///< slot of the shape that followed the last time
};

/// The shapes met last. Logs repeat few of them over and over, mostly in the same order: comparing
/// bytes with the shape that is expected is much faster than taking a tag apart.
class XmlShapes {
 public:
  /// Shapes whose numbers are equal modulo this push each other out.
  static constexpr std::size_t slots = XmlTag::shape_slots;

  /// The shape that followed the current one the last time.
  const XmlShape& expected() const { return shapes_[shapes_[current_].next]; }

  /// The tag at hand has the shape that was expected.
  void advance() { current_ = shapes_[current_].next; }

  /// The shape of a number, unless another one has pushed it out.
  const XmlShape* find(std::uint64_t number) const {
    const XmlShape& shape = shapes_[number % slots];
    return shape.number == number ? &shape : nullptr;
  }

  /// Learns the shape of a tag with at least one attribute and makes it the current one. `bytes`
  /// are those of the shape, and `tag` and its attributes stand in them; returns its number.
  std::uint64_t learn(std::string_view bytes, const XmlTag& tag, std::uint64_t lines_before,
                      std::uint64_t lines);

 private:
  std::array<XmlShape, slots> shapes_;
  std::uint32_t current_ = 0;
  std::uint64_t learned_ = 0;
};

}  // namespace gemba::inline eventlog
