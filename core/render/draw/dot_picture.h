#pragma once
#include <string>

#include "core/render/picture.h"

namespace gemba::inline render {

/// The chart laid out, as `to_dot` writes it: what Graphviz draws pictures of.
std::string dot_text(const PictureInput& input);

}  // namespace gemba::inline render
