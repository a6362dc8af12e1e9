#include "core/eventlog/bytes/decompress.h"

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <vector>

#include "core/base/error.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::size_t packed_size = std::size_t{256} << 10U;
constexpr std::size_t longest_magic = 4;

[[noreturn]] void fail(const std::string& name, std::string_view what) {
  throw Error(fmt::format("'{}' {}; copy or export the file again", name, what));
}

bool is_skippable_frame(std::string_view head) {
  return head.size() >= longest_magic && (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50 &&
         head.substr(1).starts_with("\x2a\x4d\x18");
}

}  // namespace

Compression sniff_compression(std::string_view head) {
  if (head.starts_with("\x1f\x8b")) return Compression::gzip;
  if (head.starts_with("\x28\xb5\x2f\xfd")) return Compression::zstd;
  // 'P*M' is also the beginning of a text, but the control character behind it is not in any.
  if (is_skippable_frame(head)) return Compression::zstd;
  return Compression::none;
}

struct Decompressor::State {
  std::string name;
  Compression compression;
  std::vector<char> packed = std::vector<char>(packed_size);
  std::size_t begin = 0;  ///< the packed bytes that are not used yet
  std::size_t end = 0;
  bool packed_ended = false;
  bool in_member = false;  ///< between the start and the end mark of a member or frame
  bool at_end = false;
  z_stream gzip = {};
  ZSTD_DCtx* zstd = nullptr;
  std::size_t zstd_wants = 0;  ///< packed bytes up to the end of a block

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

  std::string_view rest() const { return {packed.data() + begin, end - begin}; }

  // Reads until there are so many packed bytes; false when they end before.
  bool provide(const ReadBytes& more, std::size_t least) {
    if (rest().size() >= least) return true;
    std::memmove(packed.data(), packed.data() + begin, rest().size());
    end -= begin;
    begin = 0;
    while (end < least && !packed_ended) {
      const std::size_t got = more(packed.data() + end, packed.size() - end);
      packed_ended = got == 0;
      end += got;
    }
    return end >= least;
  }

  // Between two members: goes to the next one, or to the end.
  void begin_member(const ReadBytes& more) {
    provide(more, longest_magic);
    if (sniff_compression(rest()) == compression) {
      if (compression == Compression::gzip) {
        inflateReset(&gzip);
      } else {
        zstd_wants = ZSTD_initDStream(zstd);
      }
      in_member = true;
      return;
    }
    // Archives on tape are padded with zeros, and gzip(1) takes no notice of them.
    while (compression == Compression::gzip && provide(more, 1) && packed[begin] == '\0') ++begin;
    if (provide(more, 1)) fail(name, "goes on after the end of its compressed data");
    at_end = true;
  }

  // Unpacks what is there into `to`; returns the bytes written.
  std::size_t inflate_some(char* to, std::size_t count) {
    gzip.next_in = reinterpret_cast<Bytef*>(packed.data() + begin);
    gzip.avail_in = static_cast<uInt>(end - begin);
    gzip.next_out = reinterpret_cast<Bytef*>(to);
    gzip.avail_out = static_cast<uInt>(count);
    const int status = inflate(&gzip, Z_NO_FLUSH);
    begin = end - gzip.avail_in;
    const std::size_t got = count - gzip.avail_out;
    if (status == Z_STREAM_END) {
      in_member = false;
    } else if (status != Z_OK && status != Z_BUF_ERROR && got == 0) {
      fail(name, "is damaged: its gzip data cannot be unpacked");
    }
    return got;
  }

  // Goes block by block: of a call that fails, Zstandard does not tell what it has written.
  std::size_t unpack_zstd(char* to, std::size_t count) {
    ZSTD_inBuffer in{packed.data() + begin, std::min(end - begin, zstd_wants), 0};
    ZSTD_outBuffer out{};
    out.dst = to;
    out.size = count;
    const std::size_t status = ZSTD_decompressStream(zstd, &out, &in);
    if (ZSTD_isError(status) != 0) fail(name, "is damaged: its Zstandard data cannot be unpacked");
    begin += in.pos;
    zstd_wants = status;
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
  while (true) {
    if (!state.in_member && !state.at_end) state.begin_member(packed);
    if (state.at_end) return 0;
    // zlib and Zstandard may hold back bytes that did not fit: ask them before the input.
    const std::size_t got = state.compression == Compression::gzip ? state.inflate_some(to, count)
                                                                   : state.unpack_zstd(to, count);
    if (got > 0) return got;
    if (state.in_member && state.rest().empty() && !state.provide(packed, 1)) {
      fail(state.name, "is truncated: the compressed data stops before its end");
    }
  }
}

}  // namespace gemba::inline eventlog
