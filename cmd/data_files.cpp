#include "cmd/data_files.h"

#include <cstdlib>
#include <filesystem>

#include "core/base/error.h"

namespace gemba::inline cmd {
namespace fs = std::filesystem;

std::string data_folder() {
  if (const char* given = std::getenv("GEMBA_DATA"); given != nullptr && *given != '\0') {
    return given;
  }
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
  for (const fs::path& folder : {program / ".." / "share" / "gemba", program / ".." / ".."}) {
    if (fs::is_directory(folder / "templates", error)) return folder.lexically_normal().string();
  }
  throw Error("cannot find the templates that come with gemba; set GEMBA_DATA to their folder");
}

}  // namespace gemba::inline cmd
