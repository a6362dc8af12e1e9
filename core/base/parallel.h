#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <utility>
#include <vector>

namespace gemba::inline base {

/// Threads to use when a user wants `wanted` of them; 0 stands for as many as there are processors.
inline std::size_t thread_count(std::size_t wanted) {
  if (wanted > 0) return wanted;
  const std::size_t processors = std::thread::hardware_concurrency();
  return processors == 0 ? 1 : processors;
}

/// How many of `threads` to use for so many rows: below some, threads cost more than they bring.
inline std::size_t threads_for(std::size_t rows, std::size_t threads) {
  constexpr std::size_t fewest_rows = 50'000;
  return rows < fewest_rows ? 1 : threads;
}

/// Calls `work(0)` … `work(count - 1)` at the same time, each in a thread of its own but the first,
/// and waits for all. The exception of the lowest number is thrown on.
template <class Work>
void in_parallel(std::size_t count, const Work& work) {
  std::vector<std::exception_ptr> failures(count);
  const auto guarded = [&](std::size_t number) {
    try {
      work(number);
    } catch (...) {
      failures[number] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t number = 1; number < count; ++number) others.emplace_back(guarded, number);
    if (count > 0) guarded(0);
  }
  for (const std::exception_ptr& failure : failures) {
    if (failure) std::rethrow_exception(failure);
  }
}

/// Calls `work(0)` … `work(count - 1)`, each once, by so many threads: each takes the next as soon
/// as it is free. The exception of one of them is thrown on; the others go on until all is done.
template <class Work>
void share_out(std::size_t count, std::size_t threads, const Work& work) {
  std::atomic<std::size_t> next = 0;
  in_parallel(std::min(threads, count), [&](std::size_t) {
    for (std::size_t number = next++; number < count; number = next++) work(number);
  });
}

/// Where part `number` of `count` begins when `size` things are dealt out evenly.
inline std::size_t share_begin(std::size_t size, std::size_t number, std::size_t count) {
  return size / count * number + size % count * number / count;
}

}  // namespace gemba::inline base
