#pragma once
#include <string>

namespace gemba::inline cmd {

/// The folder with templates and other files that come with the program: `$GEMBA_DATA`,
/// `../share/gemba` beside an installed program, or the source tree of one that was just built.
/// Throws `Error` when there is none.
std::string data_folder();

}  // namespace gemba::inline cmd
