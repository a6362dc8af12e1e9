// What stands between tags, and within them: text, white space and the values of attributes.
#include <algorithm>

#include "core/base/text.h"
#include "core/eventlog/formats/xes/xes_characters.h"
#include "core/eventlog/formats/xes/xes_scanner.h"

namespace gemba::inline eventlog {

XesScanner::Found XesScanner::scan_text() {
  const char* at = at_;
  while (true) {
    at = skip_to(at, ']', true);
    if (at == nullptr) return stopped_;
    if (*at == '<') return take(at, Found::other);
    if (*at == '&') {
      const auto reference = xml::read_reference({at, left(at)});
      if (!reference) {
        stop(at, xml::longest_reference);
        return stopped_;
      }
      at += reference->size;
    } else {
      if (at[1] == ']' && at[2] == '>') return Found::declined;
      ++at;
    }
  }
}

XesScanner::Found XesScanner::scan_comment() {
  const char* at = skip_word(at_, "<!--");
  while (true) {
    if (at != nullptr) at = skip_to(at, '-', false);
    if (at == nullptr) return stopped_;
    ++at;
    if (*at != '-') continue;
    ++at;
    return *at == '>' ? take(at + 1, Found::other) : stop_at(at);
  }
}

XesScanner::Found XesScanner::scan_cdata() {
  const char* at = skip_word(at_, "<![CDATA[");
  while (true) {
    if (at != nullptr) at = skip_to(at, ']', false);
    if (at == nullptr) return stopped_;
    ++at;
    if (*at == ']' && at[1] == '>') return take(at + 2, Found::other);
  }
}

XesScanner::Found XesScanner::scan_instruction() {
  const char* at = at_ + 2;
  if (!xml::is_name_start(*at)) return stop_at(at);
  while (xml::is_name_character(*at)) ++at;
  if (*at != '?' && !xml::is_space(*at)) return stop_at(at);
  if (ascii_lower({at_ + 2, at}) == "xml") return Found::declined;
  if (*at == '?' && at[1] != '>') return stop_at(at + 1);
  while (true) {
    at = skip_to(at, '?', false);
    if (at == nullptr) return stopped_;
    ++at;
    if (*at == '>') return take(at + 1, Found::other);
  }
}

// A line end of one CR alone is left to the other reader, so that lines are counted one way.
const char* XesScanner::skip_white(const char* at) {
  while (xml::is_space(*at)) {
    if (*at == '\n') ++lines_;
    if (*at == '\r' && at[1] != '\n') return stop(at + 1);
    ++at;
  }
  return at;
}

const char* XesScanner::skip_word(const char* at, std::string_view word) {
  if (std::string_view(at, left(at)).starts_with(word)) return at + word.size();
  const char* same = std::mismatch(word.begin(), word.end(), at).second;
  return stop(same);
}

// Over characters that may stand in any text, to the next `wanted`, and with `markup_too` to the
// next `<` or `&`.
const char* XesScanner::skip_to(const char* at, char wanted, bool markup_too) {
  while (true) {
    at = xml::find_special(at, wanted);
    const char c = *at;
    if (c == wanted) return at;
    if (c == '<' || c == '&') {
      if (markup_too) return at;
      ++at;
    } else if (xml::is_space(c)) {
      if (c == '\n') ++lines_;
      if (c == '\r' && at[1] != '\n') return stop(at + 1);
      white_seen_ = true;
      ++at;
    } else {
      const char* begin = at;
      while (static_cast<unsigned char>(*at) >= 0x80) {
        const std::size_t length = xml::utf8_length({at, left(at)});
        if (length == 0) return stop(at, 4);
        at += length;
      }
      if (at == begin) return stop(at);
    }
  }
}

// Stands behind the last attribute afterwards.
const char* XesScanner::scan_attributes(const char* at) {
  attribute_count_ = 0;
  encoded_ = 0;
  while (true) {
    const char* next = skip_white(at);
    if (next == nullptr || !xml::is_name_start(*next)) return next;
    if (next == at || attribute_count_ == most_attributes) return stop(next);
    at = scan_attribute(next);
    if (at == nullptr) return nullptr;
  }
}

const char* XesScanner::scan_attribute(const char* at) {
  const char* begin = at;
  while (xml::is_name_character(*at)) ++at;
  attributes_[attribute_count_].name = {begin, static_cast<std::size_t>(at - begin)};
  if (*at != '=') at = skip_white(at);
  if (at == nullptr) return nullptr;
  if (*at != '=') return stop(at);
  ++at;
  if (xml::is_space(*at)) at = skip_white(at);
  if (at == nullptr) return nullptr;
  if (*at != '"' && *at != '\'') return stop(at);
  at = scan_value(at);
  if (at != nullptr) ++attribute_count_;
  return at;
}

const char* XesScanner::scan_value(const char* at) {
  lines_to_value_ = lines_;
  const char quote = *at++;
  const char* begin = at;
  at = xml::find_special(at, quote);
  if (*at != quote) {
    white_seen_ = false;
    bool reference_seen = false;
    while (true) {
      at = skip_to(at, quote, true);
      if (at == nullptr) return nullptr;
      if (*at == quote) break;
      if (*at == '<') return stop(at);
      reference_seen = true;
      ++at;
    }
    if (white_seen_ || reference_seen) encoded_ |= 1U << attribute_count_;
  }
  raw_value_ = {begin, static_cast<std::size_t>(at - begin)};
  attributes_[attribute_count_].value = raw_value_;
  return at + 1;
}

bool XesScanner::has_name_twice() const {
  for (std::size_t index = 1; index < attribute_count_; ++index) {
    for (std::size_t other = 0; other < index; ++other) {
      if (attributes_[index].name == attributes_[other].name) return true;
    }
  }
  return false;
}

// Decoding makes no text longer: there is room for all values, and no view moves.
bool XesScanner::decode_values(const char* end) {
  if (encoded_ == 0) return true;
  decoded_.clear();
  decoded_.reserve(static_cast<std::size_t>(end - at_));
  for (std::size_t index = 0; index < attribute_count_; ++index) {
    if ((encoded_ >> index & 1U) == 0) continue;
    const std::size_t begin = decoded_.size();
    if (!xml::append_value(decoded_, attributes_[index].value)) return false;
    attributes_[index].value = std::string_view(decoded_).substr(begin);
  }
  return true;
}

}  // namespace gemba::inline eventlog
