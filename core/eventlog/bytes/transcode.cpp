#include "core/eventlog/bytes/transcode.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/eventlog/bytes/encoding.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::size_t encoded_size = std::size_t{64} << 10U;
constexpr char no_character = '\xFF';
constexpr std::string_view euro = "\xE2\x82\xAC";

// The characters of GB18030 that take two bytes, as UTF-8. Nearly all text is made of them and of
// ASCII, for which iconv(3) is several times slower than a look into a table. A short text uses few
// rows of it: each is made when it is needed.
class PairTable {
 public:
  using Utf8 = std::array<char, 4>;  ///< begins with 0 when there is no such character

  /// `converter`, which must outlive the table, is left as it was: GB18030 has no states.
  explicit PairTable(iconv_t converter) : converter_(converter), characters_(leads * trails) {}

  /// Null when these bytes are no character.
  const Utf8* find(char lead, char trail) {
    const std::size_t row = static_cast<std::uint8_t>(lead) - first_lead;
    const std::size_t column = static_cast<std::uint8_t>(trail) - first_trail;
    if (row >= leads || column >= trails) return nullptr;
    const Utf8& utf8 = characters_[row * trails + column];
    if (utf8.front() == '\0' && !is_made_[row]) make(row);
    return utf8.front() == '\0' ? nullptr : &utf8;
  }

 private:
  static constexpr std::size_t first_lead = 0x81;
  static constexpr std::size_t leads = 0xFE - first_lead + 1;
  static constexpr std::size_t first_trail = 0x40;
  static constexpr std::size_t trails = 0xFE - first_trail + 1;

  void make(std::size_t row) {
    is_made_[row] = true;
    for (std::size_t trail = 0; trail < trails; ++trail) {
      char pair[] = {static_cast<char>(first_lead + row), static_cast<char>(first_trail + trail)};
      Utf8& utf8 = characters_[row * trails + trail];
      char* in = pair;
      std::size_t in_left = sizeof pair;
      char* out = utf8.data();
      std::size_t out_left = utf8.size();
      ::iconv(converter_, &in, &in_left, &out, &out_left);
      if (in_left > 0) utf8 = {};
      ::iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    }
  }

  iconv_t converter_;
  std::array<bool, leads> is_made_{};
  std::vector<Utf8> characters_;
};

std::size_t utf8_length(char first) {
  const auto byte = static_cast<std::uint8_t>(first);
  if (byte < 0xE0) return byte < 0x80 ? 1 : 2;
  return byte < 0xF0 ? 3 : 4;
}

// Copies ASCII; returns how many bytes.
std::size_t copy_ascii(const char* from, char* to, std::size_t most) {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::size_t at = 0;
  for (std::uint64_t word = 0; at + sizeof word <= most; at += sizeof word) {
    std::memcpy(&word, from + at, sizeof word);
    if ((word & high_bits) != 0) break;
    std::memcpy(to + at, &word, sizeof word);
  }
  for (; at < most && static_cast<std::uint8_t>(from[at]) < 0x80; ++at) to[at] = from[at];
  return at;
}

}  // namespace

struct Transcoder::State {
  iconv_t converter;
  std::size_t unit;
  std::optional<PairTable> pairs;  ///< for GB18030
  std::vector<char> encoded = std::vector<char>(encoded_size);
  std::size_t begin = 0;  ///< the encoded bytes that are not used yet
  std::size_t end = 0;
  bool encoded_ended = false;
  bool flushed = false;
  std::string spill;  ///< UTF-8 that did not fit, from `spill_begin`
  std::size_t spill_begin = 0;

  explicit State(std::string_view name)
      : converter(::iconv_open("UTF-8", std::string(name).c_str())),
        unit(static_cast<std::size_t>(bytes_per_unit(name))) {
    if (is_open() && name == "GB18030") pairs.emplace(converter);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (is_open()) ::iconv_close(converter);
  }

  // iconv_open tells its failure by this value of a pointer.
  bool is_open() const { return reinterpret_cast<std::intptr_t>(converter) != -1; }

  void refill(const ReadBytes& more) {
    std::memmove(encoded.data(), encoded.data() + begin, end - begin);
    end -= begin;
    begin = 0;
    const std::size_t got = more(encoded.data() + end, encoded.size() - end);
    encoded_ended = got == 0;
    end += got;
  }

  std::size_t convert_by_table(char* to, std::size_t count) {
    std::size_t made = 0;
    while (begin < end) {
      const std::size_t copied =
          copy_ascii(encoded.data() + begin, to + made, std::min(end - begin, count - made));
      begin += copied;
      made += copied;
      while (end - begin >= 2 && count - made >= sizeof(PairTable::Utf8)) {
        const PairTable::Utf8* utf8 = pairs->find(encoded[begin], encoded[begin + 1]);
        if (utf8 == nullptr) break;
        std::memcpy(to + made, utf8->data(), utf8->size());
        made += utf8_length(utf8->front());
        begin += 2;
      }
      const bool goes_on =
          begin < end && made < count && static_cast<std::uint8_t>(encoded[begin]) < 0x80;
      if (!goes_on) break;
    }
    return made;
  }

  // Converts what is there and returns the bytes made and why it went no further, or 0; of
  // GB18030, one or two characters: the table is for the others.
  std::pair<std::size_t, int> convert(char* to, std::size_t count) {
    constexpr std::size_t longest_in_gb18030 = 4;
    char* in = encoded.data() + begin;
    const std::size_t given = pairs ? std::min(end - begin, longest_in_gb18030) : end - begin;
    std::size_t in_left = given;
    char* out = to;
    std::size_t out_left = count;
    const bool failed =
        ::iconv(converter, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1);
    const int reason = failed ? errno : 0;
    begin += given - in_left;
    return {count - out_left, reason};
  }

  void spill_text(std::string_view text) {
    spill = text;
    spill_begin = 0;
  }

  // A character that does not fit into what the reader has left goes there in parts.
  void spill_character() {
    constexpr std::size_t longest = 64;
    std::string text(longest, '\0');
    // One byte more at a time: iconv then stops behind the first character.
    for (std::size_t room = 1; room <= longest; ++room) {
      const auto [made, reason] = convert(text.data(), room);
      if (made == 0) continue;
      spill_text(std::string_view(text).substr(0, made));
      return;
    }
  }

  void spill_wrong_bytes() {
    // Windows writes the euro sign so into what it calls GBK.
    if (pairs && encoded[begin] == '\x80') {
      spill_text(euro);
      ++begin;
      return;
    }
    spill_text({&no_character, 1});
    begin = std::min(begin + unit, end);
  }

  // Encodings with combining characters may have held one back.
  void flush() {
    std::string text(64, '\0');
    char* out = text.data();
    std::size_t left = text.size();
    ::iconv(converter, nullptr, nullptr, &out, &left);
    spill_text(std::string_view(text).substr(0, text.size() - left));
    flushed = true;
  }
};

Transcoder::Transcoder(std::string_view canonical_name) {
  // iconv would take what stands behind a slash as a wish to drop characters, and no name as the
  // encoding of the locale.
  const bool is_name =
      !canonical_name.empty() && canonical_name.find('/') == std::string_view::npos;
  if (is_name) state_ = std::make_unique<State>(canonical_name);
  if (!state_ || !state_->is_open()) {
    throw UsageError(fmt::format("the encoding '{}' is not known{}", canonical_name,
                                 suggest_encoding(canonical_name)));
  }
}
Transcoder::Transcoder(Transcoder&&) noexcept = default;
Transcoder& Transcoder::operator=(Transcoder&&) noexcept = default;
Transcoder::~Transcoder() = default;

std::size_t Transcoder::read(const ReadBytes& encoded, char* to, std::size_t count) {
  State& state = *state_;
  while (true) {
    if (state.spill_begin < state.spill.size()) {
      const std::size_t got = state.spill.copy(to, count, state.spill_begin);
      state.spill_begin += got;
      return got;
    }
    if (state.begin == state.end) {
      if (!state.encoded_ended) state.refill(encoded);
      if (state.begin == state.end && state.flushed) return 0;
      if (state.begin == state.end) {
        state.flush();
        continue;
      }
    }
    if (state.pairs) {
      const std::size_t made = state.convert_by_table(to, count);
      if (made > 0) return made;
    }
    const auto [made, reason] = state.convert(to, count);
    if (made > 0) return made;
    if (reason == E2BIG) {
      state.spill_character();
    } else if (reason == EINVAL && !state.encoded_ended) {
      state.refill(encoded);
    } else if (reason != 0) {
      state.spill_wrong_bytes();
    }
  }
}

}  // namespace gemba::inline eventlog
