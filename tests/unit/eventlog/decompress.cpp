#include "core/eventlog/bytes/decompress.h"

#include <doctest/doctest.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "core/base/error.h"

using namespace gemba;
using namespace std::string_literals;

namespace {

std::string gzip(std::string_view text) {
  z_stream stream = {};
  constexpr int gzip_format = 16 + MAX_WBITS;
  REQUIRE(deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, gzip_format, 8, Z_DEFAULT_STRATEGY) ==
          Z_OK);
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

std::string zstd(std::string_view text) {
  std::string packed(ZSTD_compressBound(text.size()), '\0');
  packed.resize(ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), 1));
  return packed;
}

/// What came out, then why it ended too early.
struct Unpacked {
  std::string text;
  std::string failure;
};

Unpacked unpack(std::string_view packed, std::size_t piece, std::size_t step) {
  const ReadBytes give = [&](char* to, std::size_t count) {
    const std::size_t got = packed.copy(to, std::min(count, piece));
    packed.remove_prefix(got);
    return got;
  };
  Decompressor decompressor(sniff_compression(packed), "x");
  Unpacked unpacked;
  std::string part(step, '\0');
  try {
    while (const std::size_t got = decompressor.read(give, part.data(), step)) {
      unpacked.text.append(part, 0, got);
    }
  } catch (const Error& error) {
    unpacked.failure = error.what();
  }
  return unpacked;
}

// Lines that do not repeat, so that packed bytes come from all of the text.
std::string hard_text(std::size_t size) {
  std::string text;
  std::uint32_t number = 1;
  while (text.size() < size) {
    number = number * 1'664'525U + 1'013'904'223U;
    text += std::to_string(number) + "\n";
  }
  return text;
}

const std::string empty_skippable = "\x5E\x2A\x4D\x18\0\0\0\0"s;
const std::string skippable = "\x50\x2A\x4D\x18\3\0\0\0abc"s;

}  // namespace

TEST_CASE("the compression is told by the first bytes") {
  struct Row {
    std::string head;
    Compression compression;
  };
  const Row table[] = {{"\x1F\x8B", Compression::gzip},
                       {"\x1F", Compression::none},
                       {"\x28\xB5\x2F\xFD", Compression::zstd},
                       {"\x28\xB5\x2F", Compression::none},
                       {skippable, Compression::zstd},
                       {empty_skippable, Compression::zstd},
                       {"P*M", Compression::none},
                       {"P*Money", Compression::none},
                       {"`*M\x18", Compression::none},
                       {"", Compression::none}};
  for (const Row& row : table) {
    CAPTURE(row.head);
    CHECK(sniff_compression(row.head) == row.compression);
  }
}

TEST_CASE("members, frames and what stands between and behind them") {
  const std::string goes_on =
      "'x' goes on after the end of its compressed data; copy or export the file again";
  const std::string truncated =
      "'x' is truncated: the compressed data stops before its end; copy or export the file again";
  struct Row {
    std::string packed;
    std::string text;
    std::string failure;
  };
  const Row table[] = {
      {gzip("one\n") + gzip("two\n"), "one\ntwo\n", ""},
      {gzip("") + gzip("one\n") + gzip(""), "one\n", ""},
      {gzip(""), "", ""},
      {gzip("one\n") + std::string(1, '\0'), "one\n", ""},
      {gzip("one\n") + std::string(700'000, '\0'), "one\n", ""},
      {gzip("one\n") + std::string(700'000, '\0') + "!", "one\n", goes_on},
      {gzip("one\n") + std::string(512, '\0') + gzip("two\n"), "one\n", goes_on},
      {gzip("one\n") + "two\n", "one\n", goes_on},
      {gzip("one\n") + "\x1F", "one\n", goes_on},
      {gzip("one\n") + "\x1F\x8B", "one\n", truncated},
      {gzip("one\n") + zstd("two\n"), "one\n", goes_on},
      {zstd("one\n") + zstd("two\n"), "one\ntwo\n", ""},
      {zstd("") + zstd("one\n") + zstd(""), "one\n", ""},
      {skippable + zstd("one\n") + empty_skippable + zstd("two\n") + skippable, "one\ntwo\n", ""},
      {skippable, "", ""},
      {skippable.substr(0, 9), "", truncated},
      {zstd("one\n") + skippable.substr(0, 9), "one\n", truncated},
      {zstd("one\n") + "two\n", "one\n", goes_on},
      {zstd("one\n") + "\x28\xB5", "one\n", goes_on},
      {zstd("one\n") + std::string(8, '\0'), "one\n", goes_on},
  };
  for (const Row& row : table) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{1} << 20U}) {
      for (const std::size_t step : {std::size_t{1}, std::size_t{100}}) {
        CAPTURE(&row - table);
        CAPTURE(piece);
        CAPTURE(step);
        const Unpacked unpacked = unpack(row.packed, piece, step);
        CHECK(unpacked.text == row.text);
        CHECK(unpacked.failure == row.failure);
      }
    }
  }
}

TEST_CASE("data that is cut or damaged gives what is good of it first") {
  const std::string text = hard_text(1'000'000);
  for (const std::string& whole : {gzip(text), zstd(text)}) {
    CHECK(unpack(whole, 1000, 300'000).text == text);
    const Unpacked cut = unpack(std::string_view(whole).substr(0, whole.size() - 1), 70'000, 999);
    CHECK(cut.text.size() > text.size() - 200'000);
    CHECK(text.starts_with(cut.text));
    CHECK(cut.failure.find("is truncated") != std::string::npos);

    const Unpacked half = unpack(std::string_view(whole).substr(0, whole.size() / 2), 4096, 65'536);
    CHECK(half.text.size() > text.size() / 3);
    CHECK(text.starts_with(half.text));
    CHECK(half.failure.find("is truncated") != std::string::npos);

    std::string damaged = whole;
    const std::string rubbish = hard_text(whole.size());
    for (std::size_t at = whole.size() / 2; at < whole.size(); ++at) {
      damaged[at] = static_cast<char>(damaged[at] ^ rubbish[at]);
    }
    const Unpacked bad = unpack(damaged, 1 << 20, 1 << 20);
    CHECK(bad.text.size() > text.size() / 3);
    CHECK(bad.text.substr(0, text.size() / 3) == text.substr(0, text.size() / 3));
    CAPTURE(bad.failure);
    CHECK(bad.failure.find("is damaged") != std::string::npos);
  }
}
