#include "core/eventlog/formats/jsonl/json_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/base/error.h"

namespace gemba::inline eventlog {

namespace {

// What the cache of a core holds; a short text, known to be short, takes less.
std::size_t first_size(std::uint64_t size_hint) {
  constexpr std::uint64_t least = std::uint64_t{4} << 10U;
  constexpr std::uint64_t most = std::uint64_t{256} << 10U;
  return static_cast<std::size_t>(size_hint == 0 ? most : std::clamp(size_hint + 1, least, most));
}

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

JsonLines::JsonLines(ByteStream& stream)
    : stream_(stream), buffer_(first_size(stream.size_hint()) + JsonObject::padding) {
  begin_ = at_ = end_ = buffer_.data();
  refill();
  if (std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(byte_order_mark)) {
    at_ += byte_order_mark.size();
  }
}

void JsonLines::enter_array(std::uint64_t before) {
  while (before > 0 && (at_ != end_ || refill())) {
    const auto size = std::min(before, static_cast<std::uint64_t>(end_ - at_));
    line_ += static_cast<std::uint64_t>(std::count(at_, at_ + size, '\n'));
    at_ += size;
    before -= size;
  }
  has_text_around_ = true;
}

std::string_view JsonLines::take_rest() {
  found_line_ = line_;
  if (at_ == end_ && !refill()) return {};
  const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
  line_ += static_cast<std::uint64_t>(std::count(rest.begin(), rest.end(), '\n'));
  at_ = end_;
  return rest;
}

JsonLines::Found JsonLines::next() {
  if (!skip_to_object()) {
    // After a bad line nobody can say whether it closed the array.
    if (in_array_ && last_ != Last::closing && last_ != Last::bad_line) {
      fail("the array is not closed with ']'; is the file complete?", line_);
    }
    return Found::end;
  }
  found_line_ = line_;
  if (last_ == Last::closing) fail("text stands behind the ']' that closes the array", line_);
  if (*at_ == '{' && may_stand('{')) return read_object();
  if (*at_ == ']' && last_ == Last::comma) fail("a ',' stands before the closing ']'", line_);
  return refuse(*at_ == '{' ? "a ',' is missing before the object" : "it is no JSON object", line_);
}

// Goes behind white space and the brackets and commas of an array to what must be an object; false
// at the end.
bool JsonLines::skip_to_object() {
  while (!has_text_around_ || last_ != Last::closing) {
    if (at_ == end_) {
      if (!refill()) return false;
      continue;
    }
    const char c = *at_;
    if (c == '\n') {
      ++line_;
      line_is_fresh_ = true;
    } else if (!is_blank(c)) {
      if (c == '{' || !may_stand(c)) return true;
      in_array_ = true;
      line_is_fresh_ = line_is_fresh_ && c == ',';
      last_ = c == '[' ? Last::opening : c == ',' ? Last::comma : Last::closing;
    }
    ++at_;
  }
  return false;
}

bool JsonLines::may_stand(char mark) const {
  switch (mark) {
    case '[':
      return last_ == Last::nothing;
    case '{':
      return last_ != Last::closing && (last_ != Last::object || !in_array_);
    case ',':
      return in_array_ && (last_ == Last::object || last_ == Last::bad_line);
    case ']':
      return in_array_ &&
             (last_ == Last::opening || last_ == Last::object || last_ == Last::bad_line);
    default:
      return false;
  }
}

JsonLines::Found JsonLines::read_object() {
  JsonObject::Outcome outcome;
  const char* behind = nullptr;
  while (true) {
    outcome = object_.read(at_, end_);
    behind = object_.position();
    if (outcome == JsonObject::Outcome::bad) break;
    while (is_blank(*behind)) ++behind;
    if (behind != end_ || at_end_) break;
    refill();
  }
  const std::uint64_t last_line = line_ + object_.line_ends();
  if (outcome == JsonObject::Outcome::incomplete) return refuse("it ends too early", last_line);
  if (outcome == JsonObject::Outcome::bad) return refuse(object_.reason(), last_line);
  if (!ends_well(behind)) return refuse("text stands behind the object", last_line);
  found_one_ = true;
  spans_lines_ = spans_lines_ || last_line != line_;
  line_is_fresh_ = false;
  line_ = last_line;
  at_ = object_.position();
  last_ = Last::object;
  return Found::object;
}

// Whether an object may end where this stands behind it.
bool JsonLines::ends_well(const char* behind) const {
  if (behind == end_ || *behind == '\n') return true;
  return in_array_ ? *behind == ',' || *behind == ']' : *behind == '{';
}

// Leaves out the line at hand, where it is clear that only this line is lost.
JsonLines::Found JsonLines::refuse(std::string_view reason, std::uint64_t line) {
  const bool is_line = line == line_ || found_one_;
  if (!line_is_fresh_ || spans_lines_ || !is_line) {
    fail(fmt::format("{}; mend it, or write each object on a line of its own", reason), line);
  }
  reason_ = reason;
  last_ = Last::bad_line;
  skip_line();
  return Found::bad_line;
}

void JsonLines::skip_line() {
  while (true) {
    const auto* found =
        static_cast<const char*>(std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_)));
    at_ = found == nullptr ? end_ : found;
    if (found != nullptr || !refill()) return;
  }
}

// Moves what was not taken to the front and reads behind it; false when there is no more.
bool JsonLines::refill() {
  if (at_end_) return false;
  taken_ += static_cast<std::uint64_t>(at_ - begin_);
  const auto kept = static_cast<std::size_t>(end_ - at_);
  std::memmove(buffer_.data(), at_, kept);
  std::size_t capacity = buffer_.size() - JsonObject::padding;
  if (kept == capacity) {
    if (capacity >= max_object) {
      fail(fmt::format("an object is longer than {} MiB; is this a log?", max_object >> 20U),
           line_);
    }
    capacity *= 2;
    buffer_.resize(capacity + JsonObject::padding);
  }
  const std::size_t got = stream_.read(buffer_.data() + kept, capacity - kept);
  at_end_ = got < capacity - kept;
  begin_ = at_ = buffer_.data();
  end_ = begin_ + kept + got;
  std::memset(buffer_.data() + kept + got, 0, JsonObject::padding);
  return got > 0;
}

void JsonLines::fail(std::string_view reason, std::uint64_t line) const {
  throw Error(fmt::format("'{}', line {}: {}", stream_.name(), line, reason));
}

}  // namespace gemba::inline eventlog
