#pragma once
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace gemba::inline columns {

/// Memory for large arrays: zeroed by nobody, and on huge pages where the system has them, since a
/// page fault per 4 KiB and a miss of the address cache per random access cost more than the work
/// itself.
namespace large_memory {

/// Throws `std::bad_alloc` when there is none.
void* allocate(std::size_t bytes);
void release(void* memory, std::size_t bytes) noexcept;

}  // namespace large_memory

/// Allocator of `LargeVector`: `resize` without a value leaves new elements uninitialised.
template <class T>
struct LargeAllocator {
  using value_type = T;

  LargeAllocator() = default;
  template <class U>
  LargeAllocator(const LargeAllocator<U>&) {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t count) {
    return static_cast<T*>(large_memory::allocate(count * sizeof(T)));
  }
  void deallocate(T* memory, std::size_t count) noexcept {
    large_memory::release(memory, count * sizeof(T));
  }

  template <class U>
  void construct(U* at) {
    static_assert(std::is_trivially_copyable_v<U> && std::is_trivially_destructible_v<U>);
    static_cast<void>(at);
  }
  template <class U, class... Args>
  void construct(U* at, Args&&... args) {
    std::construct_at(at, std::forward<Args>(args)...);
  }

  template <class U>
  bool operator==(const LargeAllocator<U>&) const {
    return true;
  }
};

/// A vector of plain values for millions of them; `resize(n)` does not write.
template <class T>
using LargeVector = std::vector<T, LargeAllocator<T>>;

/// Empties a vector and gives its memory back, which `vector = {}` would keep.
template <class T, class Allocator>
void release(std::vector<T, Allocator>& vector) {
  std::vector<T, Allocator>().swap(vector);
}

}  // namespace gemba::inline columns
