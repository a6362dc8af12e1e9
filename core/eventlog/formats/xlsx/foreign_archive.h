#pragma once
#include "core/eventlog/formats/xlsx/archive.h"

namespace gemba::inline eventlog {

/// Throws `Error` for the archives that other programs keep documents in: OpenDocument (version
/// 1.3, part 2, section 3.3) and iWork.
void refuse_foreign_archive(const Archive& archive);

/// Throws `Error` for an archive that is no document of Office Open XML: says which logs it holds,
/// or what it lacks.
[[noreturn]] void refuse_other_archive(const Archive& archive);

}  // namespace gemba::inline eventlog
