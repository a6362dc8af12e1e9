#include "core/eventlog/byte_stream.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/eventlog/event_log.h"

using namespace gemba;
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

std::string unpacked(std::string_view bytes) {
  ByteStream stream = ByteStream::of_text(bytes, "x");
  std::string text(1 << 20, '\0');
  text.resize(stream.read(text.data(), text.size()));
  return text;
}

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
  CHECK_THROWS_WITH_AS(unpacked(from_hex(plain_gzip) + "rubbish"), doctest::Contains("damaged"),
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

TEST_CASE("files: read whole, missing, directory, without permission") {
  const fs::path folder = fs::temp_directory_path() / "gemba-byte-stream-test";
  fs::create_directories(folder);
  const fs::path file = folder / "日志.csv";
  std::ofstream(file) << plain;
  CHECK(read_log(file.string()).size() == 2);
  CHECK(ByteStream::open(file.string()).size_hint() == plain.size());
  CHECK_THROWS_WITH_AS(read_log(folder.string()), doctest::Contains("is a directory"), Error);
  CHECK_THROWS_WITH_AS(read_log((folder / "no.csv").string()), doctest::Contains("cannot open"),
                       Error);
  fs::remove_all(folder);
}
