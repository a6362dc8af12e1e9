#include "core/eventlog/bytes/raw_input.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <system_error>

#include "core/base/error.h"

namespace gemba::inline eventlog {

namespace {

[[noreturn]] void fail(std::string_view what, const std::string& path, int code) {
  if (path == "-" && code == EBADF) {
    throw Error("standard input is closed; name a log file or pipe a log into the program");
  }
  throw Error(fmt::format("cannot {} '{}': {}; check the path and its permissions", what, path,
                          std::generic_category().message(code)));
}

}  // namespace

struct RawInput::State {
  std::string name;
  std::string_view text;
  int file = -1;  ///< none for a text
  bool owns_file = false;
  std::optional<std::uint64_t> end;  ///< place in the file or text where reading ends
  std::uint64_t begin = 0;           ///< the first place
  std::uint64_t position = 0;        ///< the next place; not used for pipes
  std::atomic<bool> interrupted = false;
  int stop = -1;  ///< becomes readable to end a read that waits
  ReadProgress* progress = nullptr;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (owns_file) ::close(file);
    if (stop >= 0) ::close(stop);
  }

  // A size of zero says nothing: the files of /proc have it.
  void measure() {
    struct stat about = {};
    if (::fstat(file, &about) != 0) fail("read", name, errno);
    if (S_ISDIR(about.st_mode)) {
      throw Error(fmt::format("'{}' is a directory; name the log file in it", name));
    }
    if (!S_ISREG(about.st_mode) || about.st_size == 0) return;
    const off_t place = ::lseek(file, 0, SEEK_CUR);
    begin = position = static_cast<std::uint64_t>(std::clamp<off_t>(place, 0, about.st_size));
    end = static_cast<std::uint64_t>(about.st_size);
  }

  void report_to(ReadProgress* to) {
    progress = to;
    if (progress != nullptr && end) progress->total = *end - begin;
  }

  std::size_t read_text(char* to, std::size_t count) {
    const std::size_t got = text.copy(to, count, position);
    position += got;
    return got;
  }

  std::size_t read_regular(char* to, std::size_t count) {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(count, *end - position));
    if (most == 0) return 0;
    while (true) {
      const ssize_t got = ::pread(file, to, most, static_cast<off_t>(position));
      if (got > 0) {
        position += static_cast<std::uint64_t>(got);
        return static_cast<std::size_t>(got);
      }
      if (got == 0) {
        throw Error(
            fmt::format("'{}' became shorter while it was read: {} of {} bytes are left; read a "
                        "copy of it that nothing writes to",
                        name, position, *end));
      }
      if (errno != EINTR) fail("read", name, errno);
    }
  }

  // Whether the next read will not wait; false when it is interrupted.
  bool wait() const {
    pollfd ready[] = {{file, POLLIN, 0}, {stop, POLLIN, 0}};
    while (::poll(ready, 2, -1) < 0) {
      if (errno != EINTR && errno != EAGAIN) fail("read", name, errno);
    }
    return ready[1].revents == 0;
  }

  // Somebody else may have made the pipe one that does not wait (`EAGAIN`).
  std::size_t read_pipe(char* to, std::size_t count) const {
    while (true) {
      if (stop >= 0 && !wait()) return 0;
      const ssize_t got = ::read(file, to, count);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EAGAIN) {
        if (!wait()) return 0;
      } else if (errno != EINTR) {
        fail("read", name, errno);
      }
    }
  }
};

RawInput::RawInput(std::unique_ptr<State> state) : state_(std::move(state)) {}
RawInput::RawInput(RawInput&&) noexcept = default;
RawInput& RawInput::operator=(RawInput&&) noexcept = default;
RawInput::~RawInput() = default;

RawInput RawInput::open(const std::string& path, ReadProgress* progress) {
  auto state = std::make_unique<State>();
  state->name = path;
  if (path == "-") {
    state->file = STDIN_FILENO;
  } else {
    state->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (state->file < 0) fail("open", path, errno);
    state->owns_file = true;
  }
  state->measure();
  state->report_to(progress);
  return RawInput(std::move(state));
}

RawInput RawInput::of_text(std::string_view text, std::string name, ReadProgress* progress) {
  auto state = std::make_unique<State>();
  state->name = std::move(name);
  state->text = text;
  state->end = text.size();
  state->report_to(progress);
  return RawInput(std::move(state));
}

const std::string& RawInput::name() const { return state_->name; }

std::optional<std::uint64_t> RawInput::size() const {
  if (!state_->end) return std::nullopt;
  return *state_->end - state_->begin;
}

std::size_t RawInput::read(char* to, std::size_t count) {
  if (state_->interrupted) return 0;
  const std::size_t got = state_->file < 0 ? state_->read_text(to, count)
                          : state_->end    ? state_->read_regular(to, count)
                                           : state_->read_pipe(to, count);
  if (state_->progress != nullptr)
    state_->progress->taken.fetch_add(got, std::memory_order_relaxed);
  return got;
}

std::optional<RawInput> RawInput::from(std::uint64_t offset) const {
  if (!state_->end) return std::nullopt;
  auto state = std::make_unique<State>();
  state->name = state_->name;
  state->text = state_->text;
  state->end = state_->end;
  state->progress = state_->progress;
  state->begin = state->position = state_->begin + std::min(offset, *state_->end - state_->begin);
  if (state_->file >= 0) {
    state->file = ::fcntl(state_->file, F_DUPFD_CLOEXEC, 0);
    if (state->file < 0) fail("open", state->name, errno);
    state->owns_file = true;
  }
  return RawInput(std::move(state));
}

void RawInput::make_interruptible() {
  if (state_->file < 0 || state_->end) return;  // such a read never waits for others
  state_->stop = ::eventfd(0, EFD_CLOEXEC);
  if (state_->stop < 0) fail("read", state_->name, errno);
}

void RawInput::interrupt() {
  state_->interrupted = true;
  if (state_->stop >= 0) ::eventfd_write(state_->stop, 1);
}

}  // namespace gemba::inline eventlog
