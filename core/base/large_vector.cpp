#include "core/base/large_vector.h"

#include <sys/mman.h>

#include <cstdlib>

namespace gemba::large_memory {

namespace {

constexpr std::size_t huge_page = std::size_t{2} << 20U;

bool is_large(std::size_t bytes) { return bytes >= huge_page; }

std::size_t rounded(std::size_t bytes) { return (bytes + huge_page - 1) / huge_page * huge_page; }

}  // namespace

void* allocate(std::size_t bytes) {
  if (!is_large(bytes)) return ::operator new(bytes);
  if (bytes > static_cast<std::size_t>(-1) / 2) throw std::bad_alloc();
  void* memory = std::aligned_alloc(huge_page, rounded(bytes));
  if (memory == nullptr) throw std::bad_alloc();
  // Where huge pages are not to be had everything works as well, only slower.
  ::madvise(memory, rounded(bytes), MADV_HUGEPAGE);
  return memory;
}

void release(void* memory, std::size_t bytes) noexcept {
  if (is_large(bytes)) {
    std::free(memory);
  } else {
    ::operator delete(memory);
  }
}

}  // namespace gemba::large_memory
