#include <doctest/doctest.h>

#include "core/render/draw/bitmap.h"

using namespace gemba;

namespace {

/// A white bitmap of this size.
std::string white_bitmap(unsigned width, unsigned height, unsigned bits = 24) {
  std::string bitmap(54, '\0');
  bitmap[0] = 'B';
  bitmap[1] = 'M';
  bitmap[10] = 54;
  bitmap[18] = static_cast<char>(width);
  bitmap[22] = static_cast<char>(height);
  bitmap[28] = static_cast<char>(bits);
  return bitmap + std::string(std::size_t{(width * 3 + 3) / 4 * 4} * height, '\xFF');
}

}  // namespace

TEST_CASE("a bitmap becomes a PNG without its last column and lowest row") {
  const auto png = png_of_bitmap(white_bitmap(5, 4));
  REQUIRE(png.has_value());
  CHECK(png->starts_with("\x89PNG"));
  REQUIRE(png->size() > 24);
  CHECK((*png)[19] == 4);  // width, low byte
  CHECK((*png)[23] == 3);  // height, low byte
}

TEST_CASE("what is no such bitmap is refused") {
  CHECK_FALSE(png_of_bitmap("").has_value());
  CHECK_FALSE(png_of_bitmap("BM").has_value());
  CHECK_FALSE(png_of_bitmap(white_bitmap(5, 4, 32)).has_value());
  CHECK_FALSE(png_of_bitmap(white_bitmap(1, 4)).has_value());
  CHECK_FALSE(png_of_bitmap(white_bitmap(5, 4).substr(0, 90)).has_value());
  std::string top_down = white_bitmap(5, 4);
  top_down[25] = '\xFF';
  CHECK_FALSE(png_of_bitmap(top_down).has_value());
}
