#include "core/render/draw/bitmap.h"

#include <png.h>

#include <cstdint>

namespace gemba::inline render {
namespace {

constexpr std::size_t header_size = 54;

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  for (std::size_t i = count; i-- > 0;) {
    value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

}  // namespace

std::optional<std::string> png_of_bitmap(std::string_view bitmap) {
  if (bitmap.size() < header_size || !bitmap.starts_with("BM")) return std::nullopt;
  const std::uint32_t offset = little_endian(bitmap, 10, 4);
  const std::uint32_t width = little_endian(bitmap, 18, 4);
  const std::uint32_t height = little_endian(bitmap, 22, 4);
  const std::size_t stride = (std::size_t{width} * 3 + 3) / 4 * 4;
  constexpr std::uint32_t most = 1U << 16U;  // also keeps a top-down bitmap's negative height out
  if (width < 2 || height < 2 || width > most || height > most) return std::nullopt;
  if (little_endian(bitmap, 28, 2) != 24 || little_endian(bitmap, 30, 4) != 0) return std::nullopt;
  if (offset > bitmap.size() || (bitmap.size() - offset) / stride < height) return std::nullopt;

  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  // The page covers the last column and the lowest row in part only, which would leave a grey edge.
  image.width = width - 1;
  image.height = height - 1;
  image.format = PNG_FORMAT_BGR;
  image.flags = PNG_IMAGE_FLAG_FAST;
  std::string png(PNG_IMAGE_PNG_SIZE_MAX(image) + stride, '\0');
  png_alloc_size_t size = png.size();
  // A negative stride: the first row in memory is the lowest.
  if (png_image_write_to_memory(&image, png.data(), &size, 0, bitmap.data() + offset + stride,
                                -static_cast<png_int_32>(stride), nullptr) == 0) {
    return std::nullopt;
  }
  png.resize(size);
  return png;
}

}  // namespace gemba::inline render
