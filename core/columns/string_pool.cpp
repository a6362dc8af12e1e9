#include "core/columns/string_pool.h"

namespace gemba::inline columns {

namespace {
// Enough that the few names of a log (activities, people) hardly ever share a slot: every probe
// behind the first is a branch that is mispredicted.
constexpr std::size_t initial_slots = 1024;
}  // namespace

StringPool::StringPool() : slots_(initial_slots, Slot{}), mask_(initial_slots - 1) {}

std::uint64_t StringPool::hash_long(std::string_view text) {
  std::uint64_t hash = text.size();
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) hash = mix(hash, load<std::uint64_t>(text.data() + at));
  return hash;
}

std::uint32_t StringPool::add_new(std::string_view text, const Key& key) {
  const std::uint32_t number = texts_.add(text);
  place({key.first, key.last, static_cast<std::uint32_t>(text.size()), number}, key.hash);
  if (++used_ * 2 > slots_.size()) grow();
  return number;
}

void StringPool::place(const Slot& slot, std::uint64_t hash) {
  std::size_t at = hash & mask_;
  while (slots_[at].number != none) at = (at + 1) & mask_;
  slots_[at] = slot;
}

void StringPool::grow() {
  LargeVector<Slot> old(slots_.size() * 2, Slot{});
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.number == none) continue;
    // The key of a short text says all about it.
    const bool is_short = slot.size <= inline_bytes;
    place(slot,
          is_short ? mix(slot.first, slot.last ^ slot.size) : key_of(texts_[slot.number]).hash);
  }
}

}  // namespace gemba::inline columns
