#include "core/eventlog/formats/jsonl/json_outline.h"

#include <algorithm>

#include "core/eventlog/formats/jsonl/json_object.h"

namespace gemba::inline eventlog {

namespace {

constexpr std::size_t most_names = 1024;
constexpr std::size_t most_arrays = 64;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// A key as it is meant: escapes are those of every other string.
std::string unescaped(const std::string& key) {
  if (key.find('\\') == std::string::npos) return key;
  std::string text = "{\"" + key + "\":0}";
  const std::size_t size = text.size();
  text.append(JsonObject::padding, '\0');
  JsonObject object;
  const bool is_good = object.read(text.data(), text.data() + size) == JsonObject::Outcome::object;
  return is_good && !object.columns().empty() ? object.columns().front() : key;
}

bool is_plain(const std::string& key) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !key.empty() && is_letter(key.front()) && std::all_of(key.begin(), key.end(), [&](char c) {
    return is_letter(c) || (c >= '0' && c <= '9');
  });
}

bool has(const std::vector<std::string>& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

}  // namespace

void JsonOutline::feed(std::string_view text) {
  for (const char c : text) {
    if (c == '\n') ++line_ends_;
    if (in_string_) {
      take_in_string(c);
    } else if (!is_blank(c)) {
      if (closed_) has_more_ = true;
      if (closed_ || is_too_deep_) return;
      take(c);
    }
    ++read_;
  }
}

void JsonOutline::take_in_string(char c) {
  if (escaped_) {
    escaped_ = false;
  } else if (c == '\\') {
    escaped_ = true;
  } else if (c == '"') {
    in_string_ = false;
    if (wants_key_) take_key();
    return;
  }
  if (wants_key_ && text_.size() < JsonObject::longest_name) text_ += c;
}

void JsonOutline::take(char c) {
  if (c == '{' || c == '[') return open(c == '{');
  if (c == '}' || c == ']') return close();
  if (levels_.empty()) return;
  array_is_fresh_ = false;
  if (c == ',') {
    wants_key_ = levels_.back().is_object;
  } else if (c == ':') {
    wants_value_ = levels_.back().is_object;
  } else {
    if (wants_value_) note_value();
    in_string_ = c == '"';
    text_.clear();
  }
}

void JsonOutline::open(bool is_object) {
  if (levels_.size() >= JsonObject::deepest) {
    is_too_deep_ = true;
    return;
  }
  const std::size_t level = array_level();
  const bool is_element = is_object && level > 0 && level + 1 == levels_.size();
  if (is_element && level <= deepest_array) {
    if (array_is_fresh_ && arrays_.size() < most_arrays)
      arrays_.push_back({.path = path(), .begin = array_begin_});
    if (!arrays_.empty() && arrays_.back().begin == array_begin_) ++arrays_.back().objects;
  }
  // Of arrays in others and in their elements nothing is told.
  array_is_fresh_ = !is_object && level == levels_.size() && wants_value_;
  if (array_is_fresh_) array_begin_ = read_;
  levels_.push_back({is_object});
  wants_key_ = is_object;
  wants_value_ = false;
}

void JsonOutline::close() {
  if (!levels_.empty()) levels_.pop_back();
  closed_ = levels_.empty();
  array_is_fresh_ = wants_key_ = wants_value_ = false;
}

void JsonOutline::take_key() {
  wants_key_ = false;
  levels_.back().key = unescaped(text_);
  if (levels_.size() == 1 && keys_.size() < most_names) keys_.push_back(levels_.back().key);
}

// The number of objects around the first open array, or all that are open.
std::size_t JsonOutline::array_level() const {
  return static_cast<std::size_t>(std::find_if(levels_.begin(), levels_.end(),
                                               [](const Level& each) { return !each.is_object; }) -
                                  levels_.begin());
}

std::string JsonOutline::path() const {
  std::string path;
  for (const Level& level : levels_) {
    if (!level.is_object) break;
    path += is_plain(level.key) ? "." + level.key : ".\"" + level.key + '"';
  }
  return path;
}

// A value that is neither object nor array is a column of the object or of an array's elements.
void JsonOutline::note_value() {
  wants_value_ = false;
  const std::size_t level = array_level();
  std::vector<std::string>* names = &names_;
  std::size_t first = 0;
  if (level < levels_.size()) {
    const bool is_in_first = !arrays_.empty() && arrays_.back().begin == array_begin_ &&
                             arrays_.back().objects == 1 && level <= deepest_array;
    if (!is_in_first) return;
    names = &arrays_.back().names;
    first = level + 1;
  }
  std::string name;
  for (std::size_t at = first; at < levels_.size(); ++at) {
    if (!levels_[at].is_object) return;
    if (at > first) name += '.';
    name += levels_[at].key;
  }
  if (names->size() < most_names) names->push_back(std::move(name));
}

void JsonOutline::pass_array(std::uint64_t objects) {
  arrays_.push_back({.path = path(), .begin = read_, .objects = objects});
  array_begin_ = read_;
  wants_key_ = wants_value_ = false;
}

bool JsonOutline::is_object_centric() const {
  const bool has_types = has(keys_, "eventTypes") || has(keys_, "objectTypes");
  const bool has_both = has(keys_, "eventTypes") && has(keys_, "objectTypes");
  return has(keys_, "ocel:events") || has(keys_, "ocel:objects") || has(keys_, "ocel:global-log") ||
         has(keys_, "ocel:global-event") || has(keys_, "ocel:global-object") || has_both ||
         (has_types && (has(keys_, "events") || has(keys_, "objects")));
}

}  // namespace gemba::inline eventlog
