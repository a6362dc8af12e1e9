#include "core/eventlog/bytes/read_ahead.h"

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace gemba::inline eventlog {

namespace {

struct Block {
  std::vector<char> bytes;
  std::size_t size = 0;
  bool is_last = false;
  std::exception_ptr failure;  ///< what happened behind the last block
};

// Fills a block as far as the bytes reach.
void fill(Block& block, const ReadBytes& produce) {
  block.size = 0;
  try {
    while (block.size < block.bytes.size()) {
      const std::size_t got =
          produce(block.bytes.data() + block.size, block.bytes.size() - block.size);
      block.is_last = got == 0;
      if (block.is_last) return;
      block.size += got;
    }
  } catch (...) {
    block.is_last = true;
    block.failure = std::current_exception();
  }
}

}  // namespace

// The block numbered n lives in place n of the ring. Blocks from `taken` up to `filled` are the
// reader's, all others the producer's; both numbers and `stopped` are guarded by `lock`.
struct ReadAhead::State {
  ReadBytes produce;
  std::vector<Block> ring;
  std::mutex lock;
  std::condition_variable changed;
  std::size_t filled = 0;
  std::size_t taken = 0;
  bool stopped = false;
  std::size_t used = 0;  ///< bytes the reader has taken of its block
  std::thread thread;

  void run() {
    for (std::size_t number = 0;; ++number) {
      {
        std::unique_lock guard(lock);
        changed.wait(guard, [&] { return stopped || filled - taken < ring.size(); });
        if (stopped) return;
      }
      Block& block = ring[number % ring.size()];
      fill(block, produce);
      const bool is_last = block.is_last;
      {
        const std::lock_guard guard(lock);
        ++filled;
      }
      changed.notify_one();
      if (is_last) return;
    }
  }

  const Block& wait_for_block() {
    std::unique_lock guard(lock);
    changed.wait(guard, [&] { return taken < filled; });
    return ring[taken % ring.size()];
  }

  void release_block() {
    {
      const std::lock_guard guard(lock);
      ++taken;
    }
    changed.notify_one();
    used = 0;
  }
};

ReadAhead::ReadAhead(ReadBytes produce, std::size_t blocks, std::size_t block_size)
    : state_(std::make_unique<State>()) {
  state_->produce = std::move(produce);
  state_->ring.resize(blocks);
  for (Block& block : state_->ring) block.bytes.resize(block_size);
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

ReadAhead::~ReadAhead() {
  {
    const std::lock_guard guard(state_->lock);
    state_->stopped = true;
  }
  state_->changed.notify_one();
  state_->thread.join();
}

std::size_t ReadAhead::read(char* to, std::size_t count) {
  State& state = *state_;
  const Block& block = state.wait_for_block();
  if (state.used == block.size) {  // only the last block stays when it is used up
    if (block.failure) std::rethrow_exception(block.failure);
    return 0;
  }
  const std::size_t got = std::min(count, block.size - state.used);
  std::memcpy(to, block.bytes.data() + state.used, got);
  state.used += got;
  if (state.used == block.size && !block.is_last) state.release_block();
  return got;
}

}  // namespace gemba::inline eventlog
