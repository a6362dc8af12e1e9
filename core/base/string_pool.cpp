#include "core/base/string_pool.h"

#include <cassert>

namespace gemba {

namespace {
constexpr std::size_t initial_slots = 64;
}

StringPool::StringPool() : slots_(initial_slots, Slot{}), mask_(initial_slots - 1) {}

std::uint64_t StringPool::hash_long(std::string_view text) {
  std::uint64_t hash = text.size();
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) hash = mix(hash, load<std::uint64_t>(text.data() + at));
  return hash;
}

std::uint32_t StringPool::append(std::string_view text) {
  assert(ends_.size() < none);
  bytes_ += text;
  ends_.push_back(bytes_.size());
  return static_cast<std::uint32_t>(ends_.size() - 1);
}

std::uint32_t StringPool::intern(std::string_view text, const Key& key) {
  const std::uint32_t known = find(text, key);
  if (known != none) return known;
  const std::uint32_t number = append(text);
  place({key.first, key.last, static_cast<std::uint32_t>(text.size()), number}, key.hash);
  if (++used_ * 2 > slots_.size()) grow();
  return number;
}

std::uint32_t StringPool::add_apart(std::string_view text) { return append(text); }

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
    if (slot.number != none) place(slot, key_of((*this)[slot.number]).hash);
  }
}

}  // namespace gemba
