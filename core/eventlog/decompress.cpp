#include "core/eventlog/decompress.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <vector>

#include "core/base/error.h"

namespace gemba {

namespace {

constexpr std::size_t packed_size = std::size_t{256} << 10U;

[[noreturn]] void fail(const std::string& name, std::string_view what) {
  throw Error(fmt::format("'{}' {}; copy or export the file again", name, what));
}

}  // namespace

Compression sniff_compression(std::string_view head) {
  if (head.starts_with("\x1f\x8b")) return Compression::gzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::zstd;
  return Compression::none;
}

struct Decompressor::State {
  std::string name;
  Compression compression;
  std::vector<char> packed = std::vector<char>(packed_size);
  std::size_t begin = 0;  ///< the packed bytes that are not used yet
  std::size_t end = 0;
  bool in_member = false;  ///< between the start and the end mark of a member or frame
  bool at_end = false;
  z_stream gzip = {};
  ZSTD_DCtx* zstd = nullptr;

  State(std::string n, Compression c) : name(std::move(n)), compression(c) {
    constexpr int gzip_format = 16 + MAX_WBITS;
    if (compression == Compression::gzip && inflateInit2(&gzip, gzip_format) != Z_OK) {
      throw Error("not enough memory to unpack gzip data");
    }
    if (compression == Compression::zstd && (zstd = ZSTD_createDCtx()) == nullptr) {
      throw Error("not enough memory to unpack Zstandard data");
    }
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (compression == Compression::gzip) inflateEnd(&gzip);
    ZSTD_freeDCtx(zstd);
  }

  // Unpacks what is there into `to`; returns the bytes written.
  std::size_t inflate_some(char* to, std::size_t count) {
    if (!in_member) {
      inflateReset(&gzip);
      in_member = true;
    }
    gzip.next_in = reinterpret_cast<Bytef*>(packed.data() + begin);
    gzip.avail_in = static_cast<uInt>(end - begin);
    gzip.next_out = reinterpret_cast<Bytef*>(to);
    gzip.avail_out = static_cast<uInt>(count);
    const int status = inflate(&gzip, Z_NO_FLUSH);
    begin = end - gzip.avail_in;
    if (status == Z_STREAM_END) {
      in_member = false;
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      fail(name, "is damaged: its gzip data cannot be unpacked");
    }
    return count - gzip.avail_out;
  }

  std::size_t unpack_zstd(char* to, std::size_t count) {
    ZSTD_inBuffer in{packed.data() + begin, end - begin, 0};
    ZSTD_outBuffer out{to, count, 0};
    const std::size_t status = ZSTD_decompressStream(zstd, &out, &in);
    if (ZSTD_isError(status) != 0) fail(name, "is damaged: its Zstandard data cannot be unpacked");
    begin += in.pos;
    in_member = status != 0;
    return out.pos;
  }
};

Decompressor::Decompressor(Compression compression, std::string name)
    : state_(std::make_unique<State>(std::move(name), compression)) {
  assert(compression != Compression::none);
}
Decompressor::Decompressor(Decompressor&&) noexcept = default;
Decompressor& Decompressor::operator=(Decompressor&&) noexcept = default;
Decompressor::~Decompressor() = default;

std::size_t Decompressor::read(const ReadBytes& packed, char* to, std::size_t count) {
  State& state = *state_;
  constexpr std::size_t most_at_once = std::size_t{1} << 30U;
  count = std::min(count, most_at_once);
  while (!state.at_end && count > 0) {
    // zlib and Zstandard may hold back bytes that did not fit: ask them before the input.
    if (state.begin < state.end || state.in_member) {
      const std::size_t got = state.compression == Compression::gzip ? state.inflate_some(to, count)
                                                                     : state.unpack_zstd(to, count);
      if (got > 0) return got;
    }
    if (state.begin < state.end) continue;
    state.begin = 0;
    state.end = packed(state.packed.data(), state.packed.size());
    if (state.end == 0) {
      if (state.in_member)
        fail(state.name, "is truncated: the compressed data stops before its end");
      state.at_end = true;
    }
  }
  return 0;
}

}  // namespace gemba
