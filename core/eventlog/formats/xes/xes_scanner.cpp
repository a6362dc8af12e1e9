#include "core/eventlog/formats/xes/xes_scanner.h"

#include <algorithm>
#include <cstring>

#include "core/base/text.h"
#include "core/eventlog/formats/xes/xes_characters.h"

namespace gemba::inline eventlog {

XesScanner::XesScanner(ByteStream& stream, std::size_t block)
    : stream_(stream),
      block_(block),
      buffer_(xml::padding),
      before_(buffer_.data()),
      at_(before_),
      end_(at_) {}

XesScanner::XesScanner(ByteStream& stream, std::string root, std::size_t block)
    : XesScanner(stream, block) {
  started_ = true;
  place_ = Place::content;
  open_names_ = std::move(root);
  open_begins_ = {0};
}

XesScanner::Step XesScanner::next() {
  while (true) {
    switch (scan()) {
      case Found::open:
        return Step::open;
      case Found::event:
        return Step::event;
      case Found::close:
        return Step::close;
      case Found::end:
        return Step::end;
      case Found::declined:
        return Step::declined;
      case Found::unfinished:
        if (!fill()) return Step::declined;
        break;
      case Found::other:
        break;
    }
  }
}

XmlRest XesScanner::rest() const {
  XmlRest rest{{}, {at_, left(at_)}, line_};
  if (place_ == Place::prolog) rest.before = " ";
  if (place_ == Place::epilog) rest.before = "<log></log>";
  for (std::size_t index = 0; index < open_begins_.size(); ++index) {
    const bool last = index + 1 == open_begins_.size();
    const std::size_t end = last ? open_names_.size() : open_begins_[index + 1];
    rest.before += '<';
    rest.before.append(open_names_, open_begins_[index], end - open_begins_[index]);
    rest.before += '>';
  }
  return rest;
}

// Keeps what is unfinished and takes more; false when that is longer than any log has it. A long
// tag is read in blocks that double, so that beginning it anew each time costs little.
bool XesScanner::fill() {
  const std::size_t kept = left(at_);
  if (kept > longest_xml_token) return false;
  const std::size_t more = std::max(block_, std::min(kept, longest_xml_token + block_ - kept));
  std::memmove(buffer_.data(), at_, kept);
  noted_ = nullptr;
  if (buffer_.size() < kept + more + xml::padding) buffer_.resize(kept + more + xml::padding);
  const std::size_t got = stream_.read(buffer_.data() + kept, more);
  taken_ += got;
  stream_ended_ = got < more;
  at_ = buffer_.data();
  end_ = at_ + kept + got;
  buffer_[kept + got] = '\0';
  return true;
}

// The NUL behind the text ends every search: what stops there may go on in the next block, what
// stops before is not for us to judge. Within `reach` bytes of the end, more could change it.
const char* XesScanner::stop(const char* at, std::size_t reach) {
  stopped_ = left(at) < reach && !stream_ended_ ? Found::unfinished : Found::declined;
  return nullptr;
}

XesScanner::Found XesScanner::stop_at(const char* at) {
  stop(at);
  return stopped_;
}

bool XesScanner::is_too_long(const char* end) const {
  return static_cast<std::uint64_t>(end - at_) > longest_xml_token;
}

XesScanner::Found XesScanner::take(const char* end, Found found) {
  if (is_too_long(end)) return Found::declined;
  if (place_ == Place::start && end != at_) place_ = Place::prolog;
  at_ = end;
  line_ += lines_;
  lines_ = 0;
  return found;
}

XesScanner::Found XesScanner::scan() {
  lines_ = 0;
  if (!started_) return scan_start();
  if (place_ == Place::content) {
    if (gives_events_ && open_begins_.size() == 2 && scan_event()) return Found::event;
    lines_ = 0;
    if (scan_alike()) return Found::open;
  }
  lines_ = 0;
  const char* at = skip_white(at_);
  if (at == nullptr) return stopped_;
  if (at == end_ && !stream_ended_) return Found::unfinished;
  before_ = at_;
  lines_before_ = lines_;
  if (take(at, Found::other) == Found::declined) return Found::declined;
  if (*at == '<') {
    const Found found = scan_markup();
    // White space stays with its tag, so that the tag looks the same at the end of a block.
    if (found == Found::unfinished) {
      at_ = before_;
      line_ -= lines_before_;
    }
    return found;
  }
  noted_ = nullptr;
  if (at == end_) return place_ == Place::epilog ? Found::end : Found::declined;
  return place_ == Place::content ? scan_text() : Found::declined;
}

XesScanner::Found XesScanner::scan_markup() {
  switch (at_[1]) {
    case '/':
      return scan_close();
    case '?':
      noted_ = nullptr;
      return scan_instruction();
    case '!':
      noted_ = nullptr;
      if (at_[2] == '-') return scan_comment();
      if (at_[2] == '[' && place_ == Place::content) return scan_cdata();
      return stop_at(at_ + 2);
    default:
      return scan_open();
  }
}

// Byte order mark and XML declaration.
XesScanner::Found XesScanner::scan_start() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  constexpr std::string_view declaration = "<?xml";
  if (left(at_) <= mark.size() + declaration.size() && !stream_ended_) return Found::unfinished;
  const char* at = at_;
  if (std::string_view(at, left(at)).starts_with(mark)) at += mark.size();
  if (std::string_view(at, left(at)).starts_with(declaration) &&
      !xml::is_name_character(at[declaration.size()])) {
    at = scan_attributes(at + declaration.size());
    if (at == nullptr) return stopped_;
    if (*at != '?') return stop_at(at);
    if (at[1] != '>') return stop_at(at + 1);
    if (!is_declaration()) return Found::declined;
    at += 2;
  }
  started_ = true;
  return take(at, Found::other);
}

// Section 2.8. The encoding is not looked at: what we are given is UTF-8, or declined where it is
// not.
bool XesScanner::is_declaration() const {
  const auto is_word = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
      return xml::is_name_character(c) && c != ':';
    });
  };
  std::size_t at = 0;
  const auto next_is = [&](std::string_view name) {
    return at < attribute_count_ && attributes_[at].name == name;
  };
  if (encoded_ != 0 || !next_is("version") || !is_word(attributes_[at++].value)) return false;
  if (next_is("encoding")) {
    const std::string_view encoding = attributes_[at++].value;
    if (!is_word(encoding) || !xml::is_name_start(encoding.front()) || encoding.front() == '_') {
      return false;
    }
  }
  if (next_is("standalone")) {
    const std::string_view standalone = attributes_[at++].value;
    if (standalone != "yes" && standalone != "no") return false;
  }
  return at == attribute_count_;
}

XesScanner::Found XesScanner::scan_open() {
  const char* at = at_ + 1;
  if (place_ == Place::epilog || !xml::is_name_start(*at)) return stop_at(at);
  while (xml::is_name_character(*at)) ++at;
  const std::string_view name(at_ + 1, static_cast<std::size_t>(at - at_ - 1));
  at = scan_attributes(at);
  if (at == nullptr) return stopped_;
  const bool closed = *at == '/';
  if (closed) ++at;
  if (*at != '>') return stop_at(at);
  ++at;
  if (has_name_twice() || is_too_long(at)) return Found::declined;
  tag_ = {name, std::span(attributes_.data(), attribute_count_), line_, closed, XmlTag::no_shape};
  learn_shape();
  if (!decode_values(at)) return Found::declined;
  return take_open(at);
}

// What the tag says is known: it begins an element.
XesScanner::Found XesScanner::take_open(const char* end) {
  if (!tag_.closed) {
    open_begins_.push_back(open_names_.size());
    open_names_ += tag_.name;
  }
  place_ = open_begins_.empty() ? Place::epilog : Place::content;
  if (gives_events_) note_tag();
  return take(end, Found::open);
}

// A tag that ends with the value of an attribute, as nearly all of a log do. Values before it must
// stand for themselves.
void XesScanner::learn_shape() {
  if (attribute_count_ == 0 || attributes_[attribute_count_ - 1].name != "value") return;
  const std::uint32_t last = 1U << (attribute_count_ - 1);
  if ((encoded_ & ~last) != 0) return;
  const char* value = attributes_[attribute_count_ - 1].value.data();
  tag_.shape =
      shapes_.learn({before_, value}, tag_, lines_before_, lines_before_ + lines_to_value_);
}

// Whether the next tag looks like the one that came after the last one before, so that only its
// last value must be read. Otherwise nothing is taken.
bool XesScanner::scan_alike() {
  const XmlShape& shape = shapes_.expected();
  const std::size_t size = shape.bytes.size();
  if (shape.number == XmlTag::no_shape || left(at_) <= size ||
      std::memcmp(at_, shape.bytes.data(), size) != 0) {
    return false;
  }
  attribute_count_ = shape.parts.size() - 1;
  encoded_ = 0;
  lines_ = shape.lines;
  const char* at = scan_value(at_ + size - 1);
  if (at == nullptr) return false;
  const bool closed = *at == '/';
  if (closed) ++at;
  if (*at != '>' || is_too_long(at + 1)) return false;
  for (std::size_t index = 0; index < shape.parts.size(); ++index) {
    const XmlShape::Part& part = shape.parts[index];
    attributes_[index].name = {at_ + part.name_begin, part.name_size};
    if (index < attribute_count_)
      attributes_[index].value = {at_ + part.value_begin, part.value_size};
  }
  ++attribute_count_;
  if (!decode_values(at)) return false;
  tag_ = {{at_ + shape.tag_begin + 1, shape.name_size},
          std::span(attributes_.data(), attribute_count_),
          line_ + shape.lines_before,
          closed,
          shape.number};
  shapes_.advance();
  take_open(at + 1);
  return true;
}

XesScanner::Found XesScanner::scan_close() {
  if (open_begins_.empty()) return stop_at(at_);
  const char* at = skip_word(at_ + 2, std::string_view(open_names_).substr(open_begins_.back()));
  if (at != nullptr) at = skip_white(at);
  if (at == nullptr) return stopped_;
  if (*at != '>') return stop_at(at);
  if (is_too_long(at + 1)) return Found::declined;
  open_names_.resize(open_begins_.back());
  open_begins_.pop_back();
  if (open_begins_.empty()) place_ = Place::epilog;
  if (noted_ != nullptr) learn_form(at + 1);
  return take(at + 1, Found::close);
}

// Notes the parts of an event, as long as it holds nothing but tags of a shape. Only the element
// itself begins it, and no event within it is taken for an attribute.
void XesScanner::note_tag() {
  constexpr std::size_t depth_within = 3;
  if (open_begins_.size() == depth_within && !tag_.closed) {
    noted_ = tag_.name == "event" && attribute_count_ == 0 ? before_ : nullptr;
    noted_values_.clear();
    noted_shapes_.clear();
  } else if (noted_ != nullptr) {
    const bool has_shape = tag_.closed && tag_.shape != XmlTag::no_shape;
    if (!has_shape || tag_.name.ends_with("event") ||
        noted_values_.size() == XesForms::most_values) {
      noted_ = nullptr;
      return;
    }
    noted_values_.push_back(raw_value_);
    noted_shapes_.push_back(tag_.shape);
  }
}

void XesScanner::learn_form(const char* end) {
  const std::string_view bytes(noted_, static_cast<std::size_t>(end - noted_));
  forms_.learn(bytes, noted_values_, noted_shapes_, shapes_);
  noted_ = nullptr;
}

// Whether what comes next is an event like the one that came after the last one before, so that
// only its values must be read. Otherwise nothing is taken. Values that must be decoded are left to
// others.
bool XesScanner::scan_event() {
  const XesForm* form = forms_.expected();
  if (form == nullptr) return false;
  const char* at = at_;
  attribute_count_ = 0;
  encoded_ = 0;
  event_.values.resize(form->pieces.size() - 1);
  for (std::size_t index = 0;; ++index) {
    const std::string& piece = form->pieces[index];
    if (left(at) < piece.size() || std::memcmp(at, piece.data(), piece.size()) != 0) return false;
    at += piece.size();
    if (index == event_.values.size()) break;
    at = scan_value(at - 1);
    if (at == nullptr) return false;
    --at;
    event_.values[index] = raw_value_;
  }
  if (encoded_ != 0 || is_too_long(at)) return false;
  event_.form = form;
  event_.line = line_ + form->lines_before;
  lines_ = form->lines;
  forms_.advance();
  take(at, Found::event);
  return true;
}

}  // namespace gemba::inline eventlog
