#include "core/eventlog/formats/jsonl/json_object.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "core/base/text.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::string_view too_deep = "it holds more than 100 objects and arrays in each other";
constexpr std::string_view too_many = "it has more than 16384 members";
constexpr std::string_view open_string =
    "a string is not closed on its line, or holds a control character";
constexpr std::string_view half_pair = "a string holds half a surrogate pair";
constexpr std::string_view no_value = "a value is missing, or is none that JSON knows";
static_assert(JsonObject::deepest == 100 && JsonObject::max_columns == 16'384);

// The first quote, backslash or control character from `at` on. Reads up to 15 bytes behind it.
#if defined(__SSE2__)
inline const char* find_string_end(const char* at) {
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i last_control = _mm_set1_epi8(0x1F);
  while (true) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
    const __m128i marks =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, last_control), bytes);
    const auto found = static_cast<unsigned>(_mm_movemask_epi8(_mm_or_si128(marks, control)));
    if (found != 0) return at + std::countr_zero(found);
    at += sizeof bytes;
  }
}
#else
const char* find_string_end(const char* at) {
  while (*at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
}
#endif

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The value of a hexadecimal digit, or 16.
std::uint32_t hex_value(char c) {
  if (is_digit(c)) return static_cast<std::uint32_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  return 16;
}

}  // namespace

JsonObject::JsonObject() { forget_keys(); }

// Keys are remembered to be recognised, not to be known: what has too many can start anew.
void JsonObject::forget_keys() {
  keys_.assign(2, Key());
  key_numbers_.clear();
}

JsonObject::Outcome JsonObject::read(const char* begin, const char* end) {
  if (keys_.size() > max_columns) forget_keys();
  for (const std::uint32_t column : filled_) fields_[column] = {};
  filled_.clear();
  begin_ = begin;
  end_ = end;
  at_ = begin + 1;
  line_ends_ = 0;
  members_ = 0;
  reason_ = {};
  unescaped_end_ = nullptr;
  if (read_members(root, 1)) return Outcome::object;
  return reason_.empty() ? Outcome::incomplete : Outcome::bad;
}

// Nothing in JSON is a zero byte: every search ends at the one behind the text.
bool JsonObject::fail(std::string_view reason) {
  if (at_ != end_) reason_ = reason;
  return false;
}

bool JsonObject::step() {
  ++at_;
  return true;
}

void JsonObject::skip_space() {
  for (;; ++at_) {
    if (*at_ == '\n') {
      ++line_ends_;
    } else if (*at_ != ' ' && *at_ != '\t' && *at_ != '\r') {
      return;
    }
  }
}

bool JsonObject::read_members(std::uint32_t parent, int depth) {
  if (depth > deepest) return fail(too_deep);
  skip_space();
  if (*at_ == '}') return step();
  for (std::uint32_t previous = root;;) {
    if (*at_ != '"') return fail("a key in double quotes is missing");
    std::uint32_t key = nameless;
    if (!read_key(parent, previous, key)) return false;
    skip_space();
    if (*at_ != ':') return fail("a ':' is missing behind a key");
    ++at_;
    skip_space();
    if (!read_value(key, depth)) return false;
    skip_space();
    if (*at_ == '}') return step();
    if (*at_ != ',') return fail("a ',' or '}' is missing behind a value");
    ++at_;
    skip_space();
    previous = key;
  }
}

// A token has no zero byte in it: in front of the end of the text it never equals what is behind.
inline bool JsonObject::stands_here(const Key& key) const {
  Head text;
  std::memcpy(text.data(), at_, sizeof text);
  static_assert(padding >= sizeof text);
  if ((((text[0] ^ key.head[0]) & key.mask[0]) | ((text[1] ^ key.head[1]) & key.mask[1])) != 0) {
    return false;
  }
  const std::size_t size = key.token.size();
  return size <= sizeof text ||
         (static_cast<std::size_t>(end_ - at_) >= size &&
          std::memcmp(at_ + sizeof text, key.token.data() + sizeof text, size - sizeof text) == 0);
}

// Most objects have their keys in the order of the one before.
bool JsonObject::read_key(std::uint32_t parent, std::uint32_t previous, std::uint32_t& key) {
  const char* begin = at_;
  const std::uint32_t guess = previous == root ? keys_[parent].first : keys_[previous].next;
  if (parent != nameless && ++members_ > max_columns) return fail(too_many);
  if (guess != nameless && stands_here(keys_[guess])) {
    at_ += keys_[guess].token.size();
    key = guess;
    return true;
  }
  ++at_;
  std::string_view name;
  if (!read_string(name)) return false;
  if (parent == nameless) return true;
  key = find_key(parent, std::string_view(begin, static_cast<std::size_t>(at_ - begin)), name);
  // What follows a key without a name is not told by it: it stands for many.
  if (previous != nameless) (previous == root ? keys_[parent].first : keys_[previous].next) = key;
  return true;
}

std::uint32_t JsonObject::find_key(std::uint32_t parent, std::string_view token,
                                   std::string_view name) {
  const std::size_t around = parent == root ? 0 : keys_[parent].name.size() + 1;
  if (token.size() > longest_name || around + name.size() > longest_name) return nameless;
  wanted_key_ = std::to_string(parent);
  wanted_key_ += token;
  const auto [known, is_new] =
      key_numbers_.try_emplace(wanted_key_, static_cast<std::uint32_t>(keys_.size()));
  if (is_new) {
    Key key;
    key.token = token;
    const std::size_t head_size = std::min(token.size(), sizeof key.head);
    std::memcpy(key.head.data(), token.data(), head_size);
    std::memset(key.mask.data(), 0xFF, head_size);
    if (parent != root) key.name = keys_[parent].name + '.';
    key.name += name;
    key.column = find_column(key.name);
    if (key.column == none) key.column = unresolved;
    keys_.push_back(std::move(key));
  }
  return known->second;
}

std::uint32_t JsonObject::find_column(const std::string& name) const {
  const auto found = column_numbers_.find(name);
  return found == column_numbers_.end() ? none : found->second;
}

std::uint32_t JsonObject::add_column(const std::string& name) {
  const std::uint32_t found = find_column(name);
  if (found == none && settled_) note_late(name);
  if (found != none || settled_ || columns_.size() > max_columns) return found;
  columns_.push_back(name);
  fields_.emplace_back();
  return column_numbers_[name] = static_cast<std::uint32_t>(columns_.size() - 1);
}

void JsonObject::know_columns(const std::vector<std::string>& names) {
  for (const std::string& name : names) add_column(name);
}

void JsonObject::note_late(const std::string& name) {
  if (late_names_.size() < max_columns && late_known_.insert(name).second)
    late_names_.push_back(name);
}

void JsonObject::put(std::uint32_t key, std::string_view text) {
  std::uint32_t& column = keys_[key].column;
  if (column == unresolved) column = add_column(keys_[key].name);
  if (column == none) return;
  fields_[column] = text;
  filled_.push_back(column);
}

bool JsonObject::read_value(std::uint32_t key, int depth) {
  std::string_view text;
  switch (*at_) {
    case '"':
      ++at_;
      if (!read_string(text)) return false;
      break;
    case '{':
      // An object is no column of its own; but where the same key had another value, that is gone.
      if (keys_[key].column < unresolved) put(key, {});
      ++at_;
      return read_members(key, depth + 1);
    case '[':
      ++at_;
      if (!read_array(depth + 1)) return false;
      break;
    case 't':
    case 'f':
      text = *at_ == 't' ? "true" : "false";
      if (!read_word(text)) return false;
      break;
    case 'n':
      if (!read_word("null")) return false;
      break;
    case 'N':
      if (!read_word("NaN")) return false;
      break;
    case 'I':
      if (!read_word("Infinity")) return false;
      break;
    default:
      if (!read_number(text)) return false;
  }
  put(key, text);
  return true;
}

bool JsonObject::read_array(int depth) {
  if (depth > deepest) return fail(too_deep);
  skip_space();
  if (*at_ == ']') return step();
  while (true) {
    if (!read_value(nameless, depth)) return false;
    skip_space();
    if (*at_ == ']') return step();
    if (*at_ != ',') return fail("a ',' or ']' is missing behind a value");
    ++at_;
    skip_space();
  }
}

// Reads from behind the opening quote on.
bool JsonObject::read_string(std::string_view& text) {
  const char* begin = at_;
  at_ = find_string_end(at_);
  if (*at_ == '\\') return read_escaped(begin, text);
  if (*at_ != '"') return fail(open_string);
  text = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  ++at_;
  return true;
}

bool JsonObject::read_escaped(const char* begin, std::string_view& text) {
  if (unescaped_end_ == nullptr) {
    const auto most = static_cast<std::size_t>(end_ - begin_);
    if (unescaped_.size() < most) unescaped_.resize(most);
    unescaped_end_ = unescaped_.data();
  }
  char* first = unescaped_end_;
  char* to = first;
  while (true) {
    const auto size = static_cast<std::size_t>(at_ - begin);
    std::memcpy(to, begin, size);
    to += size;
    if (*at_ != '\\') break;
    ++at_;
    if (!read_escape(to)) return false;
    begin = at_;
    at_ = find_string_end(at_);
  }
  if (*at_ != '"') return fail(open_string);
  ++at_;
  text = std::string_view(first, static_cast<std::size_t>(to - first));
  unescaped_end_ = to;
  return true;
}

// Reads from behind the backslash on.
bool JsonObject::read_escape(char*& to) {
  constexpr std::string_view escapes = "\"\\/bfnrt";
  constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
  if (*at_ != 'u') {
    const std::size_t which = escapes.find(*at_);
    if (which == std::string_view::npos) return fail("a string holds an unknown escape");
    ++at_;
    *to++ = meanings[which];
    return true;
  }
  constexpr std::uint32_t high_surrogates = 0xD800;
  constexpr std::uint32_t low_surrogates = 0xDC00;
  constexpr std::uint32_t end_of_surrogates = 0xE000;
  std::uint32_t code_point = 0;
  if (!read_code_unit(code_point)) return false;
  if (code_point >= high_surrogates && code_point < end_of_surrogates) {
    std::uint32_t low = 0;
    if (*at_ != '\\') return fail(half_pair);
    ++at_;
    if (*at_ != 'u') return fail(half_pair);
    if (!read_code_unit(low)) return false;
    if (code_point >= low_surrogates || low < low_surrogates || low >= end_of_surrogates) {
      return fail(half_pair);
    }
    code_point = 0x10000 + ((code_point - high_surrogates) << 10U) + (low - low_surrogates);
  }
  const std::string bytes = encode_utf8(code_point);
  to = bytes.copy(to, bytes.size()) + to;
  return true;
}

// Reads from the `u` on.
bool JsonObject::read_code_unit(std::uint32_t& unit) {
  ++at_;
  for (int digit = 0; digit < 4; ++digit, ++at_) {
    const std::uint32_t value = hex_value(*at_);
    if (value > 15) return fail("a '\\u' without four hexadecimal digits stands in a string");
    unit = unit << 4U | value;
  }
  return true;
}

bool JsonObject::read_digits() {
  if (!is_digit(*at_)) return fail("a number is not written as JSON writes it");
  while (is_digit(*at_)) ++at_;
  return true;
}

bool JsonObject::read_number(std::string_view& text) {
  const char* begin = at_;
  if (*at_ == '-') {
    ++at_;
    if (*at_ == 'I') return read_word("Infinity");
  } else if (!is_digit(*at_)) {
    return fail(no_value);
  }
  if (*at_ == '0') {
    ++at_;
  } else if (!read_digits()) {
    return false;
  }
  if (*at_ == '.') {
    ++at_;
    if (!read_digits()) return false;
  }
  if (*at_ == 'e' || *at_ == 'E') {
    ++at_;
    if (*at_ == '+' || *at_ == '-') ++at_;
    if (!read_digits()) return false;
  }
  text = std::string_view(begin, static_cast<std::size_t>(at_ - begin));
  return true;
}

bool JsonObject::read_word(std::string_view word) {
  for (const char c : word) {
    if (*at_ != c) return fail(no_value);
    ++at_;
  }
  return true;
}

}  // namespace gemba::inline eventlog
