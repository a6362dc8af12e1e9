#include "core/eventlog/formats/xlsx/random_bytes.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"

namespace gemba::inline eventlog {

RandomBytes::RandomBytes(ByteStream& stream) : stream_(stream), reader_(stream.from(0)) {
  if (reader_) {
    size_ = stream.size_hint();
    return;
  }
  constexpr std::size_t block = std::size_t{1} << 20U;
  for (std::size_t got = block; got == block;) {
    if (kept_.size() > most_kept) {
      throw Error(
          fmt::format("'{}' is a workbook of more than {} MiB that does not come from a "
                      "plain file; save it unpacked and name that file",
                      stream.name(), most_kept >> 20U));
    }
    const std::size_t size = kept_.size();
    kept_.resize(size + block);
    got = stream.read(kept_.data() + size, block);
    kept_.resize(size + got);
  }
  size_ = kept_.size();
}

std::size_t RandomBytes::read(std::uint64_t offset, char* to, std::size_t count) {
  if (offset >= size_) return 0;
  if (!reader_) return kept_.copy(to, count, offset);
  if (offset != reader_at_) {
    reader_ = stream_.from(offset);
    reader_at_ = offset;
  }
  const std::size_t got = reader_->read(to, count);
  reader_at_ += got;
  return got;
}

}  // namespace gemba::inline eventlog
