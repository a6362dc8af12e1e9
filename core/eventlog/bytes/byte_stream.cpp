#include "core/eventlog/bytes/byte_stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/eventlog/bytes/container.h"
#include "core/eventlog/bytes/decompress.h"
#include "core/eventlog/bytes/encoding.h"
#include "core/eventlog/bytes/raw_input.h"
#include "core/eventlog/bytes/read_ahead.h"
#include "core/eventlog/bytes/transcode.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t blocks_ahead = 4;

/// Bytes that were looked at before they are taken, and how they end.
struct Head {
  std::string bytes;
  std::size_t begin = 0;
  bool is_last = false;
  std::exception_ptr failure;  ///< what happened behind the last byte

  std::string_view rest() const { return std::string_view(bytes).substr(begin); }

  // These bytes first, then those of the source.
  template <class Source>
  std::size_t read(const Source& source, char* to, std::size_t count) {
    if (begin < bytes.size()) {
      const std::size_t got = bytes.copy(to, count, begin);
      begin += got;
      return got;
    }
    if (failure) std::rethrow_exception(failure);
    return is_last ? 0 : source(to, count);
  }
};

template <class Source>
Head look_at(const Source& source, std::size_t count) {
  Head head;
  head.bytes.resize(count);
  std::size_t size = 0;
  try {
    while (size < count && !head.is_last) {
      const std::size_t got = source(head.bytes.data() + size, count - size);
      head.is_last = got == 0;
      size += got;
    }
  } catch (...) {
    head.failure = std::current_exception();
    head.is_last = true;
  }
  head.bytes.resize(size);
  return head;
}

}  // namespace

struct ByteStream::State {
  RawInput input;
  StreamOptions options;
  std::string encoding, misfit;
  std::uint64_t mark_size = 0;  ///< bytes of a byte order mark that was dropped
  bool is_doubtful = false;     ///< the encoding was named and looks wrong
  bool is_changed = false;      ///< what is given are not the bytes of the input

  Head packed;  ///< what was looked at to tell the compression, where there is one
  std::optional<Decompressor> decompressor;
  Head encoded;  ///< what was looked at to tell the encoding, where there is another one
  std::optional<Transcoder> transcoder;
  Head head;  ///< what was looked at and will be read
  std::optional<ReadAhead> ahead;

  State(RawInput from, StreamOptions with) : input(std::move(from)), options(std::move(with)) {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { input.interrupt(); }  // `ahead` then waits for its thread

  // The bytes after each stage. Behind the head, `ahead` alone calls them where it is there.
  std::size_t read_raw(char* to, std::size_t count) {
    return packed.read([this](char* at, std::size_t most) { return input.read(at, most); }, to,
                       count);
  }

  std::size_t read_unpacked(char* to, std::size_t count) {
    if (!decompressor) return read_raw(to, count);
    return decompressor->read([this](char* at, std::size_t most) { return read_raw(at, most); }, to,
                              count);
  }

  std::size_t read_recoded(char* to, std::size_t count) {
    const auto read_encoded = [this](char* at, std::size_t most) {
      return encoded.read([this](char* a, std::size_t m) { return read_unpacked(a, m); }, at, most);
    };
    return transcoder ? transcoder->read(read_encoded, to, count) : read_encoded(to, count);
  }

  std::size_t read_behind_head(char* to, std::size_t count) {
    return ahead ? ahead->read(to, count) : read_recoded(to, count);
  }

  void look() {
    head = look_at([this](char* to, std::size_t count) { return read_behind_head(to, count); },
                   options.block_size);
  }

  void prepare() {
    look();
    const Compression compression = sniff_compression(head.bytes);
    if (compression != Compression::none) {
      is_changed = true;
      packed = std::move(head);
      decompressor.emplace(compression, input.name());
      look();
    }
    if (sniff_container(head.bytes) == Container::none) {
      recode();
      drop_mark();
      correct_declaration();
    }
    if ((decompressor || transcoder) && !head.is_last) start_thread();
  }

  void recode() {
    const bool is_named = !options.encoding.empty();
    const std::string told = detect_encoding(head.bytes, head.is_last);
    encoding = is_named ? canonical_encoding(options.encoding) : told;
    is_doubtful = is_named && contradicts(encoding, told, head.bytes);
    misfit = describe_misfit(options.encoding, is_named && !is_doubtful ? "" : told);
    if (encoding.empty() || encoding == "UTF-8") return;
    try {
      transcoder.emplace(encoding);
    } catch (const UsageError&) {
      if (is_named) throw;
      throw Error(fmt::format(
          "'{}' is in the encoding '{}', which is not known here; name another one with "
          "--encoding or save the file as UTF-8",
          input.name(), encoding));
    }
    is_changed = true;
    encoded = std::move(head);
    look();
  }

  void drop_mark() {
    if (!head.rest().starts_with(byte_order_mark)) return;
    mark_size = byte_order_mark.size();
    head.begin = byte_order_mark.size();
  }

  // An XML parser would take the encoding for the one that the text is still in.
  void correct_declaration() {
    const std::string_view declared = declared_encoding(head.rest());
    if (declared.empty() || encoding.empty() || ascii_lower(declared) == "utf-8") return;
    is_changed = true;
    const auto begin = static_cast<std::size_t>(declared.data() - head.bytes.data());
    head.bytes.replace(begin, declared.size(), "UTF-8");
  }

  // Where the system has no more threads, everything goes its way in this one.
  void start_thread() {
    input.make_interruptible();
    try {
      ahead.emplace([this](char* to, std::size_t count) { return read_recoded(to, count); },
                    blocks_ahead, options.block_size);
    } catch (const std::system_error&) {
      ahead.reset();
    }
  }
};

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

ByteStream ByteStream::open(const std::string& path, const StreamOptions& options) {
  auto state = std::make_unique<State>(RawInput::open(path, options.progress), options);
  state->prepare();
  return ByteStream(std::move(state));
}

ByteStream ByteStream::of_text(std::string_view text, std::string name,
                               const StreamOptions& options) {
  auto state =
      std::make_unique<State>(RawInput::of_text(text, std::move(name), options.progress), options);
  state->prepare();
  return ByteStream(std::move(state));
}

const std::string& ByteStream::name() const { return state_->input.name(); }

const std::string& ByteStream::encoding() const { return state_->encoding; }

const std::string& ByteStream::misfit() const { return state_->misfit; }

bool ByteStream::is_doubtful() const { return state_->is_doubtful; }

std::string_view ByteStream::peek() {
  Head& head = state_->head;
  if (head.rest().empty() && !head.is_last) state_->look();
  if (head.rest().empty() && head.failure) std::rethrow_exception(head.failure);
  return head.rest();
}

std::size_t ByteStream::read_some(char* to, std::size_t count) {
  return state_->head.read(
      [this](char* at, std::size_t most) { return state_->read_behind_head(at, most); }, to, count);
}

std::size_t ByteStream::read(char* to, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const std::size_t got = read_some(to + done, count - done);
    if (got == 0) break;
    done += got;
  }
  return done;
}

std::optional<ByteStream> ByteStream::from(std::uint64_t offset) const {
  if (state_->is_changed) return std::nullopt;
  constexpr std::uint64_t largest = ~std::uint64_t{0};
  std::optional<RawInput> input =
      state_->input.from(state_->mark_size + std::min(offset, largest - state_->mark_size));
  if (!input) return std::nullopt;
  auto state = std::make_unique<State>(std::move(*input), state_->options);
  state->encoding = state_->encoding;
  state->misfit = state_->misfit;
  return ByteStream(std::move(state));
}

std::uint64_t ByteStream::size_hint() const {
  if (state_->is_changed) return 0;
  return state_->input.size().value_or(state_->mark_size) - state_->mark_size;
}

}  // namespace gemba::inline eventlog
