#include "cmd/output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ostream>

#include "core/base/error.h"

namespace gemba::inline cmd {
namespace {

/// Path of the temporary file that Ctrl-C must take with it. A signal handler can only see a
/// global.
std::array<char, 4096> unfinished_path{};

extern "C" void remove_unfinished(int signal_number) {
  ::unlink(unfinished_path.data());
  std::signal(signal_number, SIG_DFL);
  std::raise(signal_number);
}

[[noreturn]] void fail_to_write(const std::string& path) {
  throw Error(fmt::format("cannot write '{}': {}", path, std::strerror(errno)));
}

void write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail_to_write(path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Devices and pipes cannot be replaced by renaming: they are written as they stand.
void write_in_place(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (file < 0) fail_to_write(path);
  try {
    write_all(file, bytes, path);
  } catch (const Error&) {
    ::close(file);
    throw;
  }
  if (::close(file) != 0) fail_to_write(path);
}

/// Only the owner of all files may give some away; others keep what they write.
void keep_owner(int file, const struct stat& before) {
  const bool kept = ::fchown(file, before.st_uid, before.st_gid) == 0;
  if (!kept) errno = 0;
  ::fchmod(file, before.st_mode & 0777U);
}

/// `replaced`: the file that there is already, whose owner and permissions are kept; or null.
void write_and_rename(const std::string& path, std::string_view bytes,
                      const struct stat* replaced) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, ::getpid());
  if (temporary.size() >= unfinished_path.size()) {
    throw Error(fmt::format("cannot write '{}': the path is too long", path));
  }
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                          replaced != nullptr ? replaced->st_mode & 0777U : 0666U);
  if (file < 0) fail_to_write(path);
  std::memcpy(unfinished_path.data(), temporary.c_str(), temporary.size() + 1);
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) std::signal(each, remove_unfinished);
  try {
    if (replaced != nullptr) keep_owner(file, *replaced);
    write_all(file, bytes, path);
    if (::close(file) != 0 || ::rename(temporary.c_str(), path.c_str()) != 0) fail_to_write(path);
  } catch (const Error&) {
    ::unlink(temporary.c_str());
    throw;
  }
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) std::signal(each, SIG_DFL);
}

bool wants_colour(const OutputOptions& options, const Env& env) {
  if (options.colour != "auto") return options.colour == "always";
  const char* no_colour = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_colour != nullptr && *no_colour != '\0') return false;
  if (terminal != nullptr && std::string_view(terminal) == "dumb") return false;
  return env.out_is_terminal && options.path == "-";
}

}  // namespace

void write_output(const std::string& path, std::string_view bytes, Env& env) {
  if (path == "-") {
    env.out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return;
  }
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) {
    throw Error(fmt::format("cannot write '{}': it is a directory; give a file name", path));
  }
  if (exists && !S_ISREG(status.st_mode)) return write_in_place(path, bytes);
  write_and_rename(path, bytes, exists ? &status : nullptr);
}

void write_report(const Report& report, const Sources& sources, const OutputOptions& options,
                  Env& env) {
  const Writer& writer = writer_of(options);
  const WriteOptions how{.colour = writer.for_terminal && wants_colour(options, env),
                         .width = options.path == "-" ? env.width : 0,
                         .quiet = options.quiet,
                         .sources = &sources,
                         .version = GEMBA_VERSION};
  write_output(options.path, writer.write(report, how), env);
}

}  // namespace gemba::inline cmd
