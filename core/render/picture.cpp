#include "core/render/picture.h"

namespace gemba::inline render {
namespace {

const Picture* find_by(std::string_view Picture::*part, std::string_view text) {
  for (const Picture* picture : all_pictures()) {
    if (picture->*part == text) return picture;
  }
  return nullptr;
}

}  // namespace

std::span<const Picture* const> all_pictures() {
  static constexpr const Picture* all[] = {
#define PICTURE(name) &pictures::name,
#include "core/render/pictures.def"
#undef PICTURE
  };
  return all;
}

const Picture* find_picture(std::string_view name) { return find_by(&Picture::name, name); }

const Picture* picture_of_ending(std::string_view ending) {
  return find_by(&Picture::ending, ending);
}

}  // namespace gemba::inline render
