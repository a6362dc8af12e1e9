#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/base/timings.h"
#include "core/model/process.h"
#include "core/render/chart/chart.h"

namespace gemba::inline render {

/// What a picture may be made of.
struct PictureInput {
  const Process& process;
  const Chart& chart;          ///< of the process, with what is shown over it
  int dpi = 110;               ///< dots per inch, of a picture made of dots
  Timings* timings = nullptr;  ///< where stages note their time, if anywhere
};

/// A file format that a chart can be written as.
struct Picture {
  std::string_view name;                  ///< on the command line: `mermaid`
  std::string_view title;                 ///< as people write it: `Mermaid`
  std::string_view ending;                ///< of file names: `.mmd`
  std::string_view summary;               ///< one line, without final stop
  Direction direction = Direction::down;  ///< which way charts flow unless told otherwise
  bool is_binary = false;                 ///< no text for a terminal
  bool has_dots = false;                  ///< made of dots: there are so many to an inch
  bool has_letters = false;               ///< drawn with this machine's fonts, not the reader's
  bool fits_page = false;                 ///< a web page can show it
  bool shows_changes = true;              ///< has room for two versions in one
  /// The same input gives the same bytes. Throws `Error` when it cannot be drawn. Not to be called
  /// by two threads at the same time.
  std::string (*draw)(const PictureInput& input) = nullptr;
};

namespace pictures {
#define PICTURE(name) extern const Picture name;
#include "core/render/pictures.def"
#undef PICTURE
}  // namespace pictures

/// All pictures, in the order of `pictures.def`. The first one is drawn unless another is asked
/// for.
std::span<const Picture* const> all_pictures();

/// The picture of this name, or of files that end like this (`.mmd`); null for anything else.
const Picture* find_picture(std::string_view name);
const Picture* picture_of_ending(std::string_view ending);

}  // namespace gemba::inline render
