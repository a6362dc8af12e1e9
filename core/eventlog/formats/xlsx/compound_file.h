#pragma once
#include <string_view>

#include "core/eventlog/formats/xlsx/random_bytes.h"

namespace gemba::inline eventlog {

/// What a compound file is, and what to do about it, to follow "it is": told by the names of its
/// streams ([MS-CFB], section 2.6; [MS-OFFCRYPTO], section 2.3 for encrypted documents).
std::string_view describe_compound_file(RandomBytes& bytes);

}  // namespace gemba::inline eventlog
