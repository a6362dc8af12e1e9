#include "core/eventlog/byte_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <system_error>

#include "core/base/error.h"
#include "core/eventlog/decompress.h"

namespace gemba {

namespace {

constexpr std::size_t head_size = std::size_t{64} << 10U;

[[noreturn]] void fail(std::string_view what, const std::string& path, int code) {
  throw Error(fmt::format("cannot {} '{}': {}; check the path and its permissions", what, path,
                          std::generic_category().message(code)));
}

}  // namespace

struct ByteStream::State {
  std::string name;
  int file = -1;
  bool owns_file = false;
  std::string_view text;  ///< what is left of a text in memory
  std::uint64_t size = 0;
  std::optional<Decompressor> decompressor;
  std::string head;  ///< bytes that were looked at and not taken yet, from `head_begin`
  std::size_t head_begin = 0;
  std::string packed_head;  ///< the bytes that told the compression, still to be unpacked
  std::string_view packed_rest;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (owns_file) ::close(file);
  }

  std::size_t read_packed(char* to, std::size_t count) {
    if (file < 0) {
      const std::size_t got = text.copy(to, count);
      text.remove_prefix(got);
      return got;
    }
    while (true) {
      const ssize_t got = ::read(file, to, count);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) fail("read", name, errno);
    }
  }

  // What is in `head` comes first, so that sniffing costs nothing.
  std::size_t read_some(char* to, std::size_t count) {
    if (head_begin < head.size()) {
      const std::size_t got = head.copy(to, count, head_begin);
      head_begin += got;
      return got;
    }
    if (!decompressor) return read_packed(to, count);
    const ReadBytes packed = [this](char* at, std::size_t most) {
      if (packed_rest.empty()) return read_packed(at, most);
      const std::size_t got = packed_rest.copy(at, most);
      packed_rest.remove_prefix(got);
      return got;
    };
    return decompressor->read(packed, to, count);
  }

  std::size_t read_fully(char* to, std::size_t count) {
    std::size_t done = 0;
    while (done < count) {
      const std::size_t got = read_some(to + done, count - done);
      if (got == 0) break;
      done += got;
    }
    return done;
  }

  void fill_head() {
    head.clear();
    head_begin = 0;
    std::string next(head_size, '\0');
    next.resize(read_fully(next.data(), next.size()));
    head = std::move(next);
  }

  // Looks at the first bytes; when they are packed, they and all others go through a decompressor.
  void unpack() {
    fill_head();
    const Compression compression = sniff_compression(head);
    if (compression == Compression::none) return;
    size = 0;
    packed_head = std::move(head);
    packed_rest = packed_head;
    decompressor.emplace(compression, name);
    fill_head();
  }
};

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

ByteStream ByteStream::open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->name = path;
  if (path == "-") {
    state->file = STDIN_FILENO;
  } else {
    state->file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (state->file < 0) fail("open", path, errno);
    state->owns_file = true;
  }
  struct stat about = {};
  if (::fstat(state->file, &about) != 0) fail("open", path, errno);
  if (S_ISDIR(about.st_mode)) {
    throw Error(fmt::format("'{}' is a directory; name the log file in it", path));
  }
  if (S_ISREG(about.st_mode)) state->size = static_cast<std::uint64_t>(about.st_size);
  state->unpack();
  return ByteStream(std::move(state));
}

ByteStream ByteStream::of_text(std::string_view text, std::string name) {
  auto state = std::make_unique<State>();
  state->name = std::move(name);
  state->text = text;
  state->size = text.size();
  state->unpack();
  return ByteStream(std::move(state));
}

const std::string& ByteStream::name() const { return state_->name; }

std::string_view ByteStream::peek() {
  if (state_->head_begin == state_->head.size()) state_->fill_head();
  return std::string_view(state_->head).substr(state_->head_begin);
}

std::size_t ByteStream::read(char* to, std::size_t count) { return state_->read_fully(to, count); }

std::uint64_t ByteStream::size_hint() const { return state_->size; }

}  // namespace gemba
