#include "core/eventlog/formats/csv/csv_marks.h"

#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace gemba::inline eventlog {

namespace {

static_assert(std::endian::native == std::endian::little, "offsets follow the order of bits");

constexpr std::uint64_t every_byte = 0x0101'0101'0101'0101ULL;
constexpr std::uint64_t low_bits = 0x7F7F'7F7F'7F7F'7F7FULL;

// The high bit of every byte that equals the byte repeated in `pattern`; exact, unlike the shorter
// forms, which carry from byte to byte (Warren, Hacker's Delight, section 6-1).
std::uint64_t equal_bytes(std::uint64_t word, std::uint64_t pattern) {
  const std::uint64_t different = word ^ pattern;
  return ~(((different & low_bits) + low_bits) | different | low_bits);
}

std::uint64_t repeated(char c) { return every_byte * static_cast<unsigned char>(c); }

std::size_t find_in_tail(const char* text, std::size_t begin, std::size_t size, CsvMarks marks,
                         std::uint32_t base, std::uint32_t* out) {
  std::size_t count = 0;
  for (std::size_t at = begin; at < size; ++at) {
    const char c = text[at];
    if (c != marks.separator && c != marks.line_end && c != marks.quote) continue;
    out[count++] = base + static_cast<std::uint32_t>(at);
  }
  return count;
}

#if defined(__x86_64__)

// Four offsets at a time, some of them in vain: a branch per offset would be mispredicted.
__attribute__((target("avx2,bmi,popcnt"))) inline std::uint32_t* put_offsets(std::uint64_t bits,
                                                                             std::uint32_t base,
                                                                             std::uint32_t* out) {
  constexpr std::size_t at_once = 4;
  const auto count = static_cast<std::size_t>(_mm_popcnt_u64(bits));
  std::uint32_t* const end = out + count;
  while (out < end) {
    for (std::size_t index = 0; index < at_once; ++index) {
      out[index] = base + static_cast<std::uint32_t>(_tzcnt_u64(bits));
      bits &= bits - 1;
    }
    out += at_once;
  }
  return end;
}

__attribute__((target("avx2,bmi,popcnt"))) std::size_t find_marks_avx2(
    const char* text, std::size_t size, CsvMarks marks, std::uint32_t base, std::uint32_t* out) {
  constexpr std::size_t step = 64;
  const __m256i separator = _mm256_set1_epi8(marks.separator);
  const __m256i line_end = _mm256_set1_epi8(marks.line_end);
  const __m256i quote = _mm256_set1_epi8(marks.quote);
  const auto matches = [&](const char* at) __attribute__((target("avx2,bmi,popcnt"))) {
    const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
    const __m256i any = _mm256_or_si256(
        _mm256_or_si256(_mm256_cmpeq_epi8(bytes, separator), _mm256_cmpeq_epi8(bytes, line_end)),
        _mm256_cmpeq_epi8(bytes, quote));
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm256_movemask_epi8(any)));
  };
  std::uint32_t* next = out;
  std::size_t at = 0;
  for (; at + step <= size; at += step) {
    const std::uint64_t bits = matches(text + at) | matches(text + at + step / 2) << 32U;
    next = put_offsets(bits, base + static_cast<std::uint32_t>(at), next);
  }
  next += find_in_tail(text, at, size, marks, base, next);
  return static_cast<std::size_t>(next - out);
}

#endif

}  // namespace

std::size_t find_marks_portable(const char* text, std::size_t size, CsvMarks marks,
                                std::uint32_t base, std::uint32_t* out) {
  const std::uint64_t separator = repeated(marks.separator);
  const std::uint64_t line_end = repeated(marks.line_end);
  const std::uint64_t quote = repeated(marks.quote);
  std::size_t count = 0;
  std::size_t at = 0;
  for (; at + sizeof(std::uint64_t) <= size; at += sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, text + at, sizeof word);
    std::uint64_t found =
        equal_bytes(word, separator) | equal_bytes(word, line_end) | equal_bytes(word, quote);
    for (; found != 0; found &= found - 1) {
      out[count++] = base + static_cast<std::uint32_t>(at) +
                     static_cast<std::uint32_t>(std::countr_zero(found)) / 8;
    }
  }
  return count + find_in_tail(text, at, size, marks, base, out + count);
}

FindMarks best_find_marks() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
      __builtin_cpu_supports("popcnt")) {
    return find_marks_avx2;
  }
#endif
  return find_marks_portable;
}

}  // namespace gemba::inline eventlog
