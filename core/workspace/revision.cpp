#include "core/workspace/revision.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <vector>

#include "core/base/error.h"
#include "core/base/text.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): POSIX leaves it to the program

namespace gemba::inline workspace {
namespace fs = std::filesystem;
namespace {

/// What a program said, and whether it succeeded.
struct Outcome {
  bool good = false;
  std::string output;  ///< standard output and standard error
};

/// Runs a program without a shell, so that no name is taken for anything else.
Outcome run(const std::vector<std::string>& words) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) throw Error(fmt::format("no pipe: {}", std::strerror(errno)));
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  ::posix_spawn_file_actions_addclose(&actions, ends[0]);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_t child = 0;
  const int failure =
      ::posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  Outcome outcome;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 1; failure == 0 && got > 0;) {
    got = ::read(ends[0], buffer.data(), buffer.size());
    if (got > 0) outcome.output.append(buffer.data(), static_cast<std::size_t>(got));
    if (got < 0 && errno == EINTR) got = 1;
  }
  ::close(ends[0]);
  if (failure != 0) {
    throw Error(
        fmt::format("cannot run '{}': {}; --diff-base needs it", words[0], std::strerror(failure)));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  outcome.good = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return outcome;
}

std::string first_line(const std::string& text) {
  return printable(text.substr(0, text.find('\n')));
}

}  // namespace

Revision::Revision(const std::string& revision, const std::string& path) {
  const fs::path place = fs::absolute(path == "-" ? "." : path).lexically_normal();
  const std::string inside =
      fs::is_directory(place) ? place.string() : place.parent_path().string();
  const Outcome top = run({"git", "-C", inside, "rev-parse", "--show-toplevel"});
  if (!top.good) {
    throw UsageError(fmt::format("--diff-base needs a git repository, and '{}' is in none: {}",
                                 printable(path), first_line(top.output)));
  }
  top_ = trimmed(top.output);
  const Outcome known =
      run({"git", "-C", top_, "rev-parse", "--verify", "--quiet", revision + "^{commit}"});
  if (!known.good || revision.starts_with('-')) {
    throw UsageError(
        fmt::format("--diff-base: git knows no revision '{}'; in CI, fetch the branch "
                    "to compare with first",
                    printable(revision)));
  }
  std::string folder = (fs::temp_directory_path() / ("gemba-" + std::string(6, 'X'))).string();
  if (::mkdtemp(folder.data()) == nullptr) {
    throw Error(
        fmt::format("no folder '{}' for earlier versions: {}", folder, std::strerror(errno)));
  }
  folder_ = folder;
  const std::string packed = folder_ + "/documents.tar";
  // Fails where the revision has no documents at all; then there is nothing earlier.
  if (!run({"git", "-C", top_, "archive", "-o", packed, std::string(trimmed(known.output)),
            "*.toml"})
           .good)
    return;
  const Outcome unpacked = run({"tar", "-xf", packed, "-C", folder_});
  fs::remove(packed);
  if (!unpacked.good) {
    const std::string why = first_line(unpacked.output);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
    throw Error(fmt::format("cannot unpack the documents of '{}': {}", revision, why));
  }
}

Revision::~Revision() {
  std::error_code ignored;
  if (!folder_.empty()) fs::remove_all(folder_, ignored);
}

std::string Revision::earlier(const std::string& path) const {
  // The folder of the working tree may be reached over a link; git says where it really is.
  std::error_code ignored;
  const fs::path real = fs::weakly_canonical(path, ignored);
  return (fs::path(folder_) / real.lexically_relative(fs::weakly_canonical(top_, ignored)))
      .lexically_normal()
      .string();
}

}  // namespace gemba::inline workspace
