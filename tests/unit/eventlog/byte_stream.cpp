#include "core/eventlog/bytes/byte_stream.h"

#include <doctest/doctest.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>

#include "core/base/error.h"
#include "core/eventlog/read_log.h"

using namespace gemba;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view plain = "case,activity,time\nc1,a,2026-01-05\nc1,b,2026-01-06\n";
constexpr std::string_view more = "c1,c,2026-01-07\n";

// `plain` and `more` as gzip, `plain` as Zstandard.
constexpr std::string_view plain_gzip =
    "1f8b08000000000002034b4e2c4ed5494c2ec92ccb2ca9d429c9cc4de54a36d449d431323032d33530d4353005f193"
    "107c332e00265d4d8d"
    "33000000";
constexpr std::string_view more_gzip =
    "1f8b08000000000002034b36d449d631323032d33530d43530e70200d016ddab10000000";
constexpr std::string_view plain_zstd =
    "28b52ffd0458990100636173652c61637469766974792c74696d650a63312c612c323032362d30312d30350a63312c"
    "622c323032362d30312d30360a8a178428";

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    bytes += static_cast<char>(std::stoi(std::string(hex.substr(at, 2)), nullptr, 16));
  }
  return bytes;
}

StreamOptions blocks_of(std::size_t size) {
  StreamOptions options;
  options.block_size = size;
  return options;
}

std::string rest_of(ByteStream& stream) {
  std::string text(1 << 20, '\0');
  text.resize(stream.read(text.data(), text.size()));
  return text;
}

std::string unpacked(std::string_view bytes, const StreamOptions& options = {}) {
  ByteStream stream = ByteStream::of_text(bytes, "x", options);
  return rest_of(stream);
}

// A long text as many gzip members.
std::string many_members(int count) {
  std::string packed;
  for (int member = 0; member < count; ++member) packed += from_hex(plain_gzip);
  return packed;
}

std::string many_plain(int count) {
  std::string text;
  for (int member = 0; member < count; ++member) text += plain;
  return text;
}

// A thread that was waited for may take a moment to disappear.
std::size_t threads() {
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  const fs::directory_iterator tasks("/proc/self/task");
  return static_cast<std::size_t>(std::distance(begin(tasks), end(tasks)));
}

/// A folder that is removed in the end, with spaces and Chinese in its name.
struct Folder {
  fs::path path = fs::temp_directory_path() / "gemba 字节流 test";
  Folder() { fs::create_directories(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }

  std::string write(const char* name, std::string_view text) const {
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
};

/// A pipe whose reading end has a path.
struct Pipe {
  int ends[2] = {-1, -1};
  Pipe() { REQUIRE(::pipe(ends) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    ::close(ends[0]);
    close_writer();
  }

  std::string path() const { return "/dev/fd/" + std::to_string(ends[0]); }
  void write(std::string_view text) const {
    REQUIRE(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void close_writer() {
    if (ends[1] >= 0) ::close(ends[1]);
    ends[1] = -1;
  }
};

/// Standard input is another file (or none, for -1) as long as this lives.
struct Stdin {
  int saved = ::dup(STDIN_FILENO);
  explicit Stdin(int file) {
    if (file >= 0) {
      ::dup2(file, STDIN_FILENO);
    } else {
      ::close(STDIN_FILENO);
    }
  }
  Stdin(const Stdin&) = delete;
  Stdin& operator=(const Stdin&) = delete;
  ~Stdin() {
    ::close(STDIN_FILENO);
    if (saved >= 0) {
      ::dup2(saved, STDIN_FILENO);
      ::close(saved);
    }
  }
};

}  // namespace

TEST_CASE("packed bytes are unpacked, whatever the name") {
  CHECK(unpacked(plain) == plain);
  CHECK(unpacked(from_hex(plain_gzip)) == plain);
  CHECK(unpacked(from_hex(plain_zstd)) == plain);
  CHECK(unpacked(from_hex(plain_gzip) + from_hex(more_gzip)) ==
        std::string(plain) + std::string(more));
  CHECK(unpacked(from_hex(plain_zstd) + from_hex(plain_zstd)) ==
        std::string(plain) + std::string(plain));
  CHECK(read_log_text(from_hex(plain_gzip), "log.xes").size() == 2);
  CHECK(unpacked("") == "");
}

TEST_CASE("every truncation and every damaged byte is an error or leaves the text as it is") {
  for (const std::string_view hex : {plain_gzip, plain_zstd}) {
    const std::string whole = from_hex(hex);
    // Below four bytes nothing says that the text is packed.
    for (std::size_t size = 4; size < whole.size(); ++size) {
      CAPTURE(size);
      CHECK_THROWS_WITH_AS(unpacked(whole.substr(0, size)), doctest::Contains("truncated"), Error);
    }
    for (std::size_t at = 4; at < whole.size(); ++at) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      try {
        const std::string text = unpacked(damaged);
        CHECK(text == plain);
      } catch (const Error&) {
      }
    }
  }
  constexpr std::string_view packed_twice =
      "1f8b080000000000020393efe66000012666660618000064eed52a14000000";
  CHECK_THROWS_WITH_AS(read_log_text(from_hex(packed_twice), "x.gz"), doctest::Contains("twice"),
                       Error);
  CHECK_THROWS_WITH_AS(unpacked(from_hex(plain_gzip) + "rubbish"), doctest::Contains("goes on"),
                       Error);
}

TEST_CASE("peeking takes nothing") {
  ByteStream stream = ByteStream::of_text("abc", "x");
  CHECK(stream.peek() == "abc");
  CHECK(stream.peek() == "abc");
  char two[2];
  CHECK(stream.read(two, 2) == 2);
  CHECK(stream.peek() == "c");
  CHECK(stream.read(two, 2) == 1);
  CHECK(stream.peek() == "");
  CHECK(stream.read(two, 2) == 0);
}

TEST_CASE("a long packed text comes through a thread, a short one does not") {
  const std::string packed = many_members(200);
  const std::string text = many_plain(200);
  std::thread([] {}).join();  // sanitizers start their own with the first one
  const std::size_t before = threads();
  {
    const ByteStream whole_in_head = ByteStream::of_text(packed, "x");
    CHECK(threads() == before);
    const ByteStream plain_text = ByteStream::of_text(text, "x", blocks_of(16));
    CHECK(threads() == before);
    const ByteStream stream = ByteStream::of_text(packed, "x", blocks_of(64));
    CHECK(threads() == before + 1);
  }
  for (const std::size_t block : {4, 5, 64, 1000, 1 << 20}) {
    CAPTURE(block);
    CHECK(unpacked(packed, blocks_of(block)) == text);
  }
}

TEST_CASE("what is good in front of a failure can be taken, but never passes for the whole") {
  const std::string text = many_plain(20);
  const std::string packed = many_members(20) + "rubbish";
  for (const std::size_t block : {16, 100, 1000, 1 << 20}) {
    CAPTURE(block);
    std::string all(1 << 16, '\0');
    ByteStream stream = ByteStream::of_text(packed, "x", blocks_of(block));
    CHECK(text.starts_with(stream.peek()));
    CHECK_THROWS_AS(stream.read(all.data(), all.size()), Error);

    ByteStream again = ByteStream::of_text(packed, "x", blocks_of(block));
    CHECK(again.read(all.data(), text.size()) == text.size());
    CHECK(all.substr(0, text.size()) == text);
    CHECK_THROWS_WITH_AS(again.read(all.data(), 1), doctest::Contains("goes on"), Error);
    CHECK_THROWS_WITH_AS(again.peek(), doctest::Contains("goes on"), Error);

    ByteStream in_pieces = ByteStream::of_text(packed, "x", blocks_of(block));
    std::size_t done = 0;
    while (done < text.size()) done += in_pieces.read_some(all.data() + done, 1000);
    CHECK(all.substr(0, done) == text);
    CHECK_THROWS_WITH_AS(in_pieces.read_some(all.data(), 1), doctest::Contains("goes on"), Error);
  }
}

TEST_CASE("a stream that is not read to its end stops at once") {
  const std::string packed = many_members(5000);
  for (int round = 0; round < 50; ++round) {
    ByteStream stream = ByteStream::of_text(packed, "x", blocks_of(128));
    char some[100];
    if (round % 2 == 1) CHECK(stream.read(some, sizeof some) == sizeof some);
  }
  // Of a pipe whose writer writes no more but does not close it, too.
  for (const std::size_t taken : {0, 300, 800}) {
    CAPTURE(taken);
    const Pipe pipe;
    pipe.write(many_members(20));
    ByteStream stream = ByteStream::open(pipe.path(), blocks_of(128));
    std::string some(taken, '\0');
    CHECK(stream.read(some.data(), taken) == taken);
  }
}

TEST_CASE("pipes: plain, packed, recoded, and made not to wait by somebody else") {
  for (const bool waits : {true, false}) {
    for (const bool is_packed : {false, true}) {
      CAPTURE(waits);
      CAPTURE(is_packed);
      Pipe pipe;
      const int file = ::open(pipe.path().c_str(), waits ? O_RDONLY : O_RDONLY | O_NONBLOCK);
      if (!waits) REQUIRE(::fcntl(pipe.ends[0], F_SETFL, O_NONBLOCK) == 0);
      const Stdin as_input(pipe.ends[0]);
      std::thread writer([&] {
        for (int part = 0; part < 40; ++part) {
          pipe.write(is_packed ? from_hex(plain_gzip) : std::string(plain));
          if (part % 10 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        pipe.close_writer();
      });
      ByteStream stream = ByteStream::open("-", blocks_of(64));
      CHECK(stream.size_hint() == 0);
      CHECK_FALSE(stream.from(0));
      CHECK(rest_of(stream) == many_plain(40));
      writer.join();
      ::close(file);
    }
  }
  Pipe pipe;
  pipe.write(
      "\xEF\xBB\xBF"
      "a,b\n");
  pipe.close_writer();
  ByteStream marked = ByteStream::open(pipe.path());
  CHECK(marked.size_hint() == 0);
  CHECK(rest_of(marked) == "a,b\n");
}

TEST_CASE("of a packed input the packed bytes are counted") {
  const std::string bytes = from_hex(plain_gzip);
  ReadProgress progress;
  StreamOptions options;
  options.progress = &progress;
  CHECK(unpacked(bytes, options) == plain);
  CHECK(progress.total == bytes.size());
  CHECK(progress.taken == bytes.size());
}
TEST_CASE("a second stream over the same bytes begins anywhere") {
  const Folder folder;
  std::string text = "\xEF\xBB\xBF";
  for (int line = 0; line < 100'000; ++line) text += std::to_string(line) + "\n";
  const std::string path = folder.write("日志 1.csv", text);
  text.erase(0, 3);
  for (const bool in_memory : {false, true}) {
    CAPTURE(in_memory);
    const ByteStream first =
        in_memory ? ByteStream::of_text(text, "x") : ByteStream::open(path, blocks_of(1000));
    for (const std::size_t offset : {std::size_t{0}, std::size_t{1}, std::size_t{999},
                                     std::size_t{1000}, std::size_t{400'000}, text.size() - 1}) {
      CAPTURE(offset);
      std::optional<ByteStream> second = first.from(offset);
      REQUIRE(second);
      CHECK(second->name() == first.name());
      CHECK(second->encoding() == "UTF-8");
      CHECK(second->size_hint() == text.size() - offset);
      CHECK(second->peek() == std::string_view(text).substr(offset, second->peek().size()));
      CHECK(rest_of(*second) == std::string_view(text).substr(offset));
    }
    for (const std::uint64_t beyond : {std::uint64_t{text.size()}, ~std::uint64_t{0}}) {
      std::optional<ByteStream> nothing = first.from(beyond);
      REQUIRE(nothing);
      CHECK(rest_of(*nothing).empty());
    }
  }
  std::optional<ByteStream> middle = ByteStream::open(path).from(1000);  // outlives the first
  REQUIRE(middle);
  std::optional<ByteStream> later = middle->from(1000);
  REQUIRE(later);
  std::string ahead;
  std::thread other([&] { ahead = rest_of(*middle); });
  CHECK(rest_of(*later) == std::string_view(text).substr(2000));
  other.join();
  CHECK(ahead == std::string_view(text).substr(1000));
  CHECK_FALSE(ByteStream::of_text(from_hex(plain_gzip), "x").from(0));
}

TEST_CASE("a file that becomes shorter is an error, one that grows ends where it did") {
  const Folder folder;
  const std::string text(500'000, 'x');
  const std::string path = folder.write("a.csv", text);
  ByteStream grown = ByteStream::open(path);
  std::ofstream(path, std::ios::app) << "more";
  CHECK(rest_of(grown) == text);

  folder.write("a.csv", text);
  ByteStream shrunk = ByteStream::open(path);
  fs::resize_file(path, 300'000);
  CHECK_THROWS_WITH_AS(rest_of(shrunk),
                       doctest::Contains("became shorter while it was read: 300000 of 500000 bytes "
                                         "are left; read a copy of it that nothing writes to"),
                       Error);
}

TEST_CASE("standard input: a file from where it stands, closed, a directory") {
  const Folder folder;
  const std::string path = folder.write("a.csv", "skipped\na,b\n");
  const int file = ::open(path.c_str(), O_RDONLY);
  ::lseek(file, 8, SEEK_SET);
  {
    const Stdin as_input(file);
    ByteStream stream = ByteStream::open("-");
    CHECK(stream.size_hint() == 4);
    std::optional<ByteStream> second = stream.from(2);
    REQUIRE(second);
    CHECK(rest_of(stream) == "a,b\n");
    CHECK(rest_of(*second) == "b\n");
  }
  ::close(file);
  {
    const Stdin none(-1);
    CHECK_THROWS_WITH_AS(ByteStream::open("-"),
                         "standard input is closed; name a log file or pipe a log into the program",
                         Error);
  }
  const int directory = ::open(folder.path.c_str(), O_RDONLY);
  {
    const Stdin as_input(directory);
    CHECK_THROWS_WITH_AS(ByteStream::open("-"), doctest::Contains("is a directory"), Error);
  }
  ::close(directory);
}

TEST_CASE("files: read whole, missing, directory, without permission, devices") {
  const Folder folder;
  const std::string file = folder.write("日志 1.csv", plain);
  CHECK(read_log(file).size() == 2);
  CHECK(ByteStream::open(file).size_hint() == plain.size());
  CHECK_THROWS_WITH_AS(read_log(folder.path.string()), doctest::Contains("is a directory"), Error);
  CHECK_THROWS_WITH_AS(read_log((folder.path / "没有.csv").string()),
                       doctest::Contains("没有.csv': No such file or directory; check the path"),
                       Error);
  CHECK_THROWS_WITH_AS(read_log("/dev/null"), doctest::Contains("is empty"), Error);
  CHECK_THROWS_WITH_AS(read_log("/dev/full"), doctest::Contains("is a binary file"), Error);
  // A file that has bytes though its size is zero.
  ByteStream status = ByteStream::open("/proc/self/status");
  CHECK(rest_of(status).starts_with("Name:"));
  if (::geteuid() == 0) return;  // root may read everything
  fs::permissions(file, fs::perms::none);
  CHECK_THROWS_WITH_AS(read_log(file), doctest::Contains("Permission denied; check"), Error);
}
