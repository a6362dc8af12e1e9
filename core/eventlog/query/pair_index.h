#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace gemba::inline eventlog {

/// Distinct pairs of numbers, numbered 0, 1, 2 … in order of first appearance.
class PairIndex {
 public:
  /// Both numbers of every pair are below `bound`. Where all pairs there can be fit into a table,
  /// they are looked up in it, else by hashing.
  explicit PairIndex(std::size_t bound)
      : bound_(bound),
        is_table_(bound <= largest_bound),
        slots_(is_table_ ? bound * bound : initial_slots, none),
        mask_(initial_slots - 1) {}

  /// Number of a pair; it is added when it is new.
  std::uint32_t operator()(std::uint32_t first, std::uint32_t second) {
    if (!is_table_) return find_hashed(std::uint64_t{first} << 32U | second);
    std::uint32_t& slot = slots_[first * bound_ + second];
    if (slot == none) slot = add(std::uint64_t{first} << 32U | second);
    return slot;
  }

  std::size_t size() const { return keys_.size(); }

  std::pair<std::uint32_t, std::uint32_t> operator[](std::uint32_t number) const {
    return {static_cast<std::uint32_t>(keys_[number] >> 32U),
            static_cast<std::uint32_t>(keys_[number])};
  }

 private:
  static constexpr std::uint32_t none = 0xFFFF'FFFF;
  static constexpr std::size_t initial_slots = 256;
  static constexpr std::size_t largest_bound = 1024;

  std::uint32_t find_hashed(std::uint64_t key) {
    std::size_t at = hash(key) & mask_;
    for (; slots_[at] != none; at = (at + 1) & mask_) {
      if (keys_[slots_[at]] == key) return slots_[at];
    }
    const std::uint32_t number = slots_[at] = add(key);
    if (keys_.size() * 2 > slots_.size()) grow();
    return number;
  }

  static std::uint64_t hash(std::uint64_t key) {
    key *= 0x9E3779B97F4A7C15ULL;
    return key ^ key >> 32U;
  }

  std::uint32_t add(std::uint64_t key) {
    keys_.push_back(key);
    return static_cast<std::uint32_t>(keys_.size() - 1);
  }

  void grow() {
    slots_.assign(slots_.size() * 2, none);
    mask_ = slots_.size() - 1;
    for (std::uint32_t number = 0; number < keys_.size(); ++number) {
      std::size_t at = hash(keys_[number]) & mask_;
      while (slots_[at] != none) at = (at + 1) & mask_;
      slots_[at] = number;
    }
  }

  std::size_t bound_;
  bool is_table_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> slots_;  ///< of the table, or open addressing, at most half full
  std::size_t mask_;
};

}  // namespace gemba::inline eventlog
