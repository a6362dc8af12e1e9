#pragma once
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include "core/columns/large_vector.h"
#include "core/columns/text_list.h"

namespace gemba::inline columns {

/// Distinct texts, numbered 0, 1, 2 … in order of first appearance. Owns a copy of every text. A
/// plain value: copies and moves are independent of each other.
class StringPool {
 public:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

  /// What a text is looked up by. To make the keys of many texts first, and to `prefetch` them,
  /// hides the time that memory takes.
  struct Key {
    std::uint64_t first, last, hash;
  };

  StringPool();

  /// The key of a text; the same in every pool.
  [[gnu::always_inline]] static inline Key key_of(std::string_view text) {
    const char* begin = text.data();
    const std::size_t size = text.size();
    Key key{0, 0, 0};
    // Two loads that overlap where the text is shorter than both: no byte outside of the text is
    // read.
    if (size >= 8) {
      key.first = load<std::uint64_t>(begin);
      key.last = load<std::uint64_t>(begin + size - 8);
    } else if (size >= 4) {
      key.first = load<std::uint32_t>(begin);
      key.last = load<std::uint32_t>(begin + size - 4);
    } else if (size > 0) {
      key.first = static_cast<unsigned char>(begin[0]) |
                  std::uint64_t{static_cast<unsigned char>(begin[size / 2])} << 8U;
      key.last = static_cast<unsigned char>(begin[size - 1]);
    }
    key.hash = mix(key.first, key.last ^ size);
    if (size > 3 * inline_bytes) {
      key.hash = mix(key.hash, hash_long(text));
    } else if (size > inline_bytes) {
      key.hash =
          mix(key.hash ^ load<std::uint64_t>(begin + 8), load<std::uint64_t>(begin + size - 16));
      if (size > 2 * inline_bytes) {
        key.hash ^= mix(load<std::uint64_t>(begin + 16), load<std::uint64_t>(begin + size - 24));
      }
    }
    return key;
  }

  /// Asks for the memory that looking up `key` will need: the slot where it begins and the next,
  /// which may lie in two lines of the cache.
  void prefetch(const Key& key) const {
    const auto* slot = reinterpret_cast<const char*>(&slots_[key.hash & mask_]);
    __builtin_prefetch(slot);
    __builtin_prefetch(slot + 2 * sizeof(Slot) - 1);
  }

  /// Number of a text; it is added when it is new. Texts are shorter than 4 GiB.
  std::uint32_t intern(std::string_view text) { return intern(text, key_of(text)); }
  std::uint32_t intern(std::string_view text, const Key& key) {
    const std::uint32_t known = find(text, key);
    return known != none ? known : add_new(text, key);
  }

  /// Adds a text that `find` did not find.
  std::uint32_t add_new(std::string_view text, const Key& key);

  /// Number of a text, or `none` when it was never added.
  std::uint32_t find(std::string_view text) const { return find(text, key_of(text)); }
  std::uint32_t find(std::string_view text, const Key& key) const {
    for (std::size_t at = key.hash & mask_;; at = (at + 1) & mask_) {
      const Slot& slot = slots_[at];
      if (slot.number == none) return none;
      if (slot.first == key.first && slot.last == key.last && slot.size == text.size() &&
          (text.size() <= inline_bytes || has_middle(slot.number, text))) {
        return slot.number;
      }
    }
  }

  /// Adds a text that stays apart from equal ones: `intern` and `find` never return its number.
  std::uint32_t add_apart(std::string_view text) { return texts_.add(text); }

  /// The text of a number. Valid until the next text is added.
  std::string_view operator[](std::uint32_t number) const { return texts_[number]; }

  std::size_t size() const { return texts_.size(); }

  /// The texts without what they are looked up by; the pool is empty afterwards.
  TextList take_texts() {
    TextList texts = std::move(texts_);
    *this = {};
    return texts;
  }

 private:
  /// Up to this many bytes two words and the length tell texts apart without looking at the text
  /// itself.
  static constexpr std::size_t inline_bytes = 16;

  struct Slot {
    std::uint64_t first = 0, last = 0;
    std::uint32_t size = 0;
    std::uint32_t number = none;
  };

  static std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = (a ^ (b >> 29U) ^ (b << 35U)) * 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 32U) ^ b) * 0xD6E8FEB86659FD93ULL;
    return x ^ (x >> 32U);
  }

  template <class Word>
  static std::uint64_t load(const char* at) {
    Word word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }

  // Whether a text is that of a number, when length, first and last eight bytes are; longer than
  // `inline_bytes`.
  bool has_middle(std::uint32_t number, std::string_view text) const {
    const std::string_view own = texts_[number];
    if (text.size() > 2 * inline_bytes) return own == text;
    const std::size_t last = text.size() - inline_bytes;
    return load<std::uint64_t>(own.data() + 8) == load<std::uint64_t>(text.data() + 8) &&
           load<std::uint64_t>(own.data() + last) == load<std::uint64_t>(text.data() + last);
  }

  static std::uint64_t hash_long(std::string_view text);

  void place(const Slot& slot, std::uint64_t hash);
  void grow();

  TextList texts_;
  LargeVector<Slot> slots_;  ///< open addressing, at most half full
  std::size_t mask_ = 0;
  std::size_t used_ = 0;
};

}  // namespace gemba::inline columns
