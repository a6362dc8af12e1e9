#include "core/columns/large_vector.h"

#include <sys/mman.h>

#include <cstdlib>
#include <iterator>
#include <map>
#include <mutex>
#include <utility>

namespace gemba::inline columns::large_memory {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20U;

/// Less than this comes from the allocator of small things.
constexpr std::size_t piece = std::size_t{64} << 10U;

bool is_large(std::size_t bytes) { return bytes >= piece; }

std::size_t rounded(std::size_t bytes, std::size_t unit) {
  return (bytes + unit - 1) / unit * unit;
}

std::size_t size_of_block(std::size_t bytes) {
  return rounded(bytes, bytes < huge_page ? piece : huge_page);
}

/// Memory that was given back. It is handed out again, in smaller pieces where that fits: the
/// system takes longer to clear a new page than most work on it does. What is more than
/// `most_kept` has no pages until it is used again.
class FreeBlocks {
 public:
  /// Null when none is large enough. Throws `std::bad_alloc`.
  void* take(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    auto best = blocks_.end();
    for (auto block = blocks_.begin(); block != blocks_.end(); ++block) {
      if (block->second < bytes) continue;
      if (best == blocks_.end() || block->second < best->second) best = block;
    }
    if (best == blocks_.end()) return nullptr;
    char* const begin = best->first;
    if (best->second == bytes) {
      used_.insert(blocks_.extract(best));
    } else {
      used_.emplace(begin, bytes);
      auto rest = blocks_.extract(best);
      rest.key() += bytes;
      rest.mapped() -= bytes;
      blocks_.insert(std::move(rest));
    }
    free_ -= bytes;
    return begin;
  }

  /// Takes over memory of which the first `bytes` are in use and the others are free. When it
  /// throws `std::bad_alloc`, it has taken nothing.
  void add(char* begin, std::size_t size, std::size_t bytes) {
    Blocks used = {{begin, bytes}};
    Blocks rest;
    if (size > bytes) rest.emplace(begin + bytes, size - bytes);
    const std::lock_guard lock(mutex_);
    used_.merge(used);
    if (!rest.empty()) put_back(rest.extract(rest.begin()));
  }

  void give(char* begin) noexcept {
    const std::lock_guard lock(mutex_);
    put_back(used_.extract(begin));
  }

 private:
  using Blocks = std::map<char*, std::size_t>;

  static constexpr std::size_t most_kept = std::size_t{256} << 20U;

  void put_back(Blocks::node_type node) noexcept {
    free_ += node.mapped();
    if (free_ > most_kept) ::madvise(node.key(), node.mapped(), MADV_DONTNEED);
    const auto block = blocks_.insert(std::move(node)).position;
    join(block, std::next(block));
    if (block != blocks_.begin()) join(std::prev(block), block);
  }

  void join(Blocks::iterator block, Blocks::iterator behind) {
    if (behind == blocks_.end() || block->first + block->second != behind->first) return;
    block->second += behind->second;
    blocks_.erase(behind);
  }

  std::mutex mutex_;
  Blocks blocks_;  ///< size by beginning; neighbours are joined
  Blocks used_;    ///< what is in use: a node for each, so that giving it back needs no memory
  std::size_t free_ = 0;  ///< sum of the sizes of `blocks_`
};

// Never destroyed: a static vector may end its life later.
FreeBlocks& free_blocks() {
  static auto* const blocks = new FreeBlocks;
  return *blocks;
}

void* allocate_block(std::size_t bytes) {
  const std::size_t size = rounded(bytes, huge_page);
  auto* const memory = static_cast<char*>(std::aligned_alloc(huge_page, size));
  if (memory == nullptr) throw std::bad_alloc();
  // Where huge pages are not to be had everything works as well, only slower.
  ::madvise(memory, size, MADV_HUGEPAGE);
  try {
    free_blocks().add(memory, size, bytes);
  } catch (...) {
    std::free(memory);
    throw;
  }
  return memory;
}

}  // namespace

void* allocate(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes);
  if (bytes > static_cast<std::size_t>(-1) / 2) throw std::bad_alloc();
  const std::size_t size = size_of_block(bytes);
  void* memory = free_blocks().take(size);
  return memory != nullptr ? memory : allocate_block(size);
}

void release(void* memory, std::size_t bytes) noexcept {
  if (is_large(bytes)) {
    free_blocks().give(static_cast<char*>(memory));
  } else {
    ::operator delete(memory);
  }
}

}  // namespace gemba::inline columns::large_memory
