#include "core/eventlog/formats/xes/xes_reader.h"
#include "core/eventlog/read_options.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/suggest.h"
#include "core/base/text.h"
#include "core/eventlog/formats/object_centric.h"

namespace gemba::inline eventlog {

namespace {

constexpr int deepest_nesting = 256;
constexpr int trace_depth = 2;  // the log is at depth 1
constexpr int event_depth = 3;

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view attribute(const XmlTag& tag, std::string_view name) {
  for (const XmlAttribute& each : tag.attributes) {
    if (each.name == name) return each.value;
  }
  return {};
}

struct KeyAndValue {
  std::string_view key, value;
  bool has_value = false;
};

// Lists and containers have a key but no value of their own: what they hold is nested and says
// nothing about the event.
KeyAndValue key_and_value(std::string_view name, const XmlTag& tag) {
  KeyAndValue found;
  for (const XmlAttribute& each : tag.attributes) {
    if (each.name == "key") found.key = each.value;
    if (each.name != "value") continue;
    found.value = each.value;
    found.has_value = true;
  }
  if (name == "list" || name == "container" || name == "values") found.has_value = false;
  return found;
}

std::string quoted_list(const std::vector<std::string_view>& names) {
  constexpr std::size_t most = 20;
  constexpr std::size_t widest = 40;
  std::string list;
  for (std::size_t index = 0; index < std::min(most, names.size()); ++index) {
    add_item(list, fmt::format("'{}'", truncate_to_width(printable(names[index]), widest)));
  }
  return names.size() > most ? list + " …" : list;
}

}  // namespace

const XesKeys::Slots* XesKeys::find(std::string_view key) const {
  const std::uint32_t number = numbers_.find(key);
  return number == StringPool::none ? nullptr : &slots_[number];
}

const XesKeys::Slots& XesKeys::add(std::string_view key, Slots slots) {
  numbers_.intern(key);
  return slots_.emplace_back(std::move(slots));
}

void XesKeys::remember(std::uint64_t shape, const Slots& slots) {
  if (shape != XmlTag::no_shape) shapes_[shape % shapes_.size()] = {shape, &slots};
}

XesReader::XesReader(const ReadOptions& options, EventLog& log, LogBuilder& builder)
    : options_(options),
      log_(log),
      builder_(builder),
      field_keys_(field_count),
      texts_(field_count + options.attributes.size()),
      trace_texts_(1 + options.attributes.size()),
      attributes_(options.attributes.size()) {
  const LogConfig& wanted = options.log;
  const auto key = [](const std::string& named, const char* standard) {
    return named.empty() ? standard : named;
  };
  field_keys_[activity] = key(wanted.activity_column, "concept:name");
  field_keys_[timestamp] = key(wanted.timestamp_column, "time:timestamp");
  field_keys_[start] = key(wanted.start_column, "start_timestamp");
  // The user gave the attribute one of the two meanings; its name suggested the other.
  if (field_keys_[start] == field_keys_[timestamp]) {
    field_keys_[wanted.start_column.empty() ? start : timestamp].clear();
  }
  field_keys_[resource] = key(wanted.resource_column, "org:resource");
  field_keys_[lifecycle] = key(wanted.lifecycle_column, "lifecycle:transition");
  field_keys_[instance] = "concept:instance";
  case_key_ = key(wanted.case_column, "concept:name");
  if (case_key_.starts_with(trace_prefix)) case_key_.erase(0, trace_prefix.size());
  log_.columns.activity = field_keys_[activity];
}

void XesReader::open(const XmlTag& tag) {
  ++depth_;
  const int attribute_depth = where_ == Where::event ? event_depth + 1 : event_depth;
  const bool is_at_hand = where_ != Where::outside && depth_ == attribute_depth;
  if (is_at_hand) {
    // The same tag as before, up to its value: what it means is known.
    const XesKeys::Slots* slots =
        (where_ == Where::event ? event_keys_ : trace_keys_).recall(tag.shape);
    if (slots != nullptr) return put(*slots, tag.attributes.back().value);
  }
  const std::string_view name = without_prefix(tag.name);
  if (depth_ > deepest_nesting) {
    failure_ = "elements are nested too deeply";
  } else if (depth_ == 1) {
    if (name != "log") failure_ = fmt::format("its root element is '{}', not 'log'", name);
  } else if (where_ == Where::outside) {
    if (depth_ == trace_depth) open_in_log(name, tag);
  } else if (name == "event") {
    if (where_ == Where::trace && is_at_hand) return open_event(tag.line);
    builder_.bad_row(tag.line, "the event stands inside of another element than a trace");
  } else if (is_at_hand) {
    take_attribute(name, tag);
  }
}

// Extensions, defaults of attributes and attributes of the log say nothing about events.
void XesReader::open_in_log(std::string_view name, const XmlTag& tag) {
  if (name == "trace") open_trace();
  if (name == "event") builder_.bad_row(tag.line, "the event stands outside of a trace");
  if (name == "classifier") take_classifier(tag);
  if (name == "events" || name == "objects" || name == "event-types" || name == "object-types")
    throw Error(describe_object_centric(log_.path));
}

std::string XesReader::describe_cut() const {
  if (depth_ == 0) return {};
  const auto named = [](const std::string& name) {
    constexpr std::size_t widest = 40;
    return name.empty() ? std::string()
                        : fmt::format(" '{}'", truncate_to_width(printable(name), widest));
  };
  std::string place = "the file ends in the middle";
  if (where_ != Where::outside)
    place += fmt::format(" of {}trace{}", trace_texts_.front().empty() ? "a " : "",
                         named(trace_texts_.front()));
  if (!last_trace_.empty()) place += fmt::format("; the last whole trace is{}", named(last_trace_));
  return place;
}

// Classifiers stand before the first trace. Those of traces (`scope`) tell cases apart, not events.
void XesReader::take_classifier(const XmlTag& tag) {
  if (attribute(tag, "scope") == "trace") return;
  XesClassifier classifier{std::string(attribute(tag, "name")),
                           classifier_keys(attribute(tag, "keys"))};
  const bool is_activity = !classifier.name.empty() && !classifier.keys.empty() &&
                           classifier.name == options_.log.activity_column &&
                           classifier_.keys.empty() && !has_event_keys();
  if (is_activity) use_classifier(classifier);
  classifiers_.push_back(std::move(classifier));
}

void XesReader::use_classifier(const XesClassifier& classifier) {
  classifier_ = classifier;
  texts_.resize(field_count + options_.attributes.size() + classifier.keys.size());
}

XesReader XesReader::next_part(LogBuilder& builder) const {
  XesReader next(options_, log_, builder);
  next.use_classifier(classifier_);
  next.classifiers_ = classifiers_;
  next.inherited_classifiers_ = classifiers_.size();
  next.event_keys_seen_ = has_event_keys();
  next.traces_seen_ = traces_seen_;
  next.depth_ = depth_;
  next.last_trace_ = last_trace_;
  return next;
}

// Whether a classifier counts, and for which events, depends on all that stands before it.
bool XesReader::fits(const XesReader& next) const {
  const bool has_more = next.classifiers_.size() > next.inherited_classifiers_;
  return next.inherited_classifiers_ == classifiers_.size() &&
         (!has_more || has_event_keys() == next.event_keys_seen_);
}

void XesReader::append(const XesReader& next) {
  classifiers_ = next.classifiers_;
  use_classifier(next.classifier_);
  last_trace_ = next.last_trace_;
  event_keys_seen_ = has_event_keys() || next.has_event_keys();
  for (std::uint32_t number = 0; number < next.keys_.size(); ++number)
    keys_.intern(next.keys_[number]);
}

void XesReader::open_trace() {
  where_ = Where::trace;
  traces_seen_ = true;
  trace_begin_ = builder_.size();
  trace_has_events_ = false;
  for (std::string& text : trace_texts_) text.clear();
}

void XesReader::open_event(std::uint64_t line) {
  where_ = Where::event;
  event_line_ = line;
  trace_has_events_ = true;
  for (std::string& text : texts_) text.clear();
}

XesKeys::Slots XesReader::event_slots(std::string_view key) const {
  XesKeys::Slots slots;
  std::uint32_t slot = 0;
  const auto compare = [&](const std::vector<std::string>& wanted) {
    for (const std::string& each : wanted) {
      if (each == key) slots.push_back(slot);
      ++slot;
    }
  };
  compare(field_keys_);
  compare(options_.attributes);
  compare(classifier_.keys);
  return slots;
}

XesKeys::Slots XesReader::trace_slots(std::string_view key) const {
  XesKeys::Slots slots;
  if (case_key_ == key) slots.push_back(0);
  for (std::uint32_t index = 0; index < options_.attributes.size(); ++index) {
    const std::string_view name = options_.attributes[index];
    if (name.starts_with(trace_prefix) && name.substr(trace_prefix.size()) == key) {
      slots.push_back(index + 1);
    }
  }
  return slots;
}

// An attribute that stands twice has the value that stands last.
void XesReader::put(const XesKeys::Slots& slots, std::string_view value) {
  std::vector<std::string>& texts = where_ == Where::event ? texts_ : trace_texts_;
  for (const std::uint32_t slot : slots) texts[slot] = value;
}

void XesReader::take_attribute(std::string_view name, const XmlTag& tag) {
  const KeyAndValue found = key_and_value(name, tag);
  if (found.key.empty() || !found.has_value) return;
  XesKeys& known = where_ == Where::event ? event_keys_ : trace_keys_;
  const XesKeys::Slots& slots = slots_of(known, found.key);
  known.remember(tag.shape, slots);
  put(slots, found.value);
}

const XesKeys::Slots& XesReader::slots_of(XesKeys& known, std::string_view key) {
  const XesKeys::Slots* slots = known.find(key);
  return slots == nullptr ? known.add(key, slots_of_new_key(key)) : *slots;
}

// Within elements other than a trace, what looks like an event is nothing.
void XesReader::take_event(const XesEvent& event) {
  if (where_ != Where::trace) return;
  open_event(event.line);
  if (event.form->number >= form_slots_.size() || form_slots_[event.form->number].empty())
    learn_form(*event.form);
  const std::vector<Wanted>& wanted = form_slots_[event.form->number];
  for (const Wanted& each : wanted) texts_[each.slot] = event.values[each.value];
  close_event();
  where_ = Where::trace;
}

void XesReader::learn_form(const XesForm& form) {
  if (form.number >= form_slots_.size()) form_slots_.resize(form.number + 1);
  for (std::uint32_t value = 0; value < form.shapes.size(); ++value) {
    const XmlShape& shape = form.shapes[value];
    const std::string_view bytes = shape.bytes;
    std::vector<XmlAttribute> attributes;
    for (const XmlShape::Part& part : shape.parts) {
      attributes.push_back({bytes.substr(part.name_begin, part.name_size),
                            bytes.substr(part.value_begin, part.value_size)});
    }
    const std::string_view name = bytes.substr(shape.tag_begin + 1, shape.name_size);
    const KeyAndValue found = key_and_value(without_prefix(name), {name, attributes});
    if (found.key.empty() || !found.has_value) continue;
    for (const std::uint32_t slot : slots_of(event_keys_, found.key))
      form_slots_[form.number].push_back({slot, value});
  }
}

XesKeys::Slots XesReader::slots_of_new_key(std::string_view key) {
  if (where_ == Where::event) {
    keys_.intern(key);
    return event_slots(key);
  }
  keys_.intern(fmt::format("{}{}", trace_prefix, key));
  return trace_slots(key);
}

// The values of the keys, joined as the standard and other programs do; empty when all are.
std::string_view XesReader::classified() {
  const auto begin = texts_.end() - static_cast<std::ptrdiff_t>(classifier_.keys.size());
  classified_.clear();
  const bool none =
      std::all_of(begin, texts_.end(), [](const std::string& text) { return text.empty(); });
  if (none) return {};
  for (auto text = begin; text != texts_.end(); ++text) {
    if (text != begin) classified_ += '+';
    classified_ += *text;
  }
  return classified_;
}

void XesReader::close_event() {
  for (std::size_t index = 0; index < attributes_.size(); ++index) {
    attributes_[index] = texts_[field_count + index];
  }
  builder_.add_to_unnamed_case(
      {.case_id = {},
       .activity = classifier_.keys.empty() ? texts_[activity] : classified(),
       .timestamp = texts_[timestamp],
       .start = texts_[start],
       .resource = texts_[resource],
       .lifecycle = texts_[lifecycle],
       .instance = texts_[instance],
       .attributes = attributes_},
      event_line_);
}

// A trace may tell its name and attributes after its events.
void XesReader::close_trace() {
  last_trace_ = trace_texts_.front();
  if (!trace_has_events_) builder_.empty_case();
  if (builder_.size() == trace_begin_) return;
  builder_.name_case(trace_begin_, trace_texts_.front());
  for (std::size_t index = 0; index < attributes_.size(); ++index) {
    const std::string& text = trace_texts_[index + 1];
    if (!text.empty()) builder_.fill_attribute(trace_begin_, index, text, 0);
  }
}

void XesReader::close() {
  if (where_ == Where::event && depth_ == event_depth) {
    close_event();
    where_ = Where::trace;
  } else if (where_ == Where::trace && depth_ == trace_depth) {
    close_trace();
    where_ = Where::outside;
  }
  --depth_;
}

std::vector<std::string_view> XesReader::attributes_seen() const {
  std::vector<std::string_view> names;
  for (std::uint32_t number = 0; number < keys_.size(); ++number) names.push_back(keys_[number]);
  return names;
}

void XesReader::require_seen(const std::string& key) const {
  if (is_seen(key)) return;
  const std::vector<std::string_view> known = attributes_seen();
  throw UsageError(fmt::format("no event of '{}' has an attribute '{}'; its attributes are {}{}",
                               log_.path, key, quoted_list(known), did_you_mean(key, known)));
}

void XesReader::require_activity_seen() const {
  const std::string& wanted = options_.log.activity_column;
  if (wanted.empty() || is_seen(wanted)) return;
  if (!classifier_.keys.empty()) {
    for (const std::string& key : classifier_.keys) {
      if (is_seen(key)) continue;
      throw UsageError(
          fmt::format("no event of '{}' has the attribute '{}' of the classifier '{}'; name an "
                      "attribute or another classifier with --activity",
                      log_.path, key, wanted));
    }
    return;
  }
  const std::vector<std::string_view> attributes = attributes_seen();
  std::vector<std::string_view> classifiers;
  for (const XesClassifier& each : classifiers_) classifiers.push_back(each.name);
  std::vector<std::string_view> known = attributes;
  known.insert(known.end(), classifiers.begin(), classifiers.end());
  throw UsageError(fmt::format(
      "no event of '{}' has an attribute '{}', and no classifier is called so; its attributes are "
      "{}, {}{}",
      log_.path, wanted, quoted_list(attributes),
      classifiers.empty() ? "and it declares no classifiers"
                          : "its classifiers " + quoted_list(classifiers),
      did_you_mean(wanted, known)));
}

void XesReader::describe_columns() {
  const LogConfig& wanted = options_.log;
  require_activity_seen();
  if (!wanted.timestamp_column.empty()) require_seen(field_keys_[timestamp]);
  if (!wanted.start_column.empty()) require_seen(field_keys_[start]);
  if (!wanted.resource_column.empty()) require_seen(field_keys_[resource]);
  if (!wanted.lifecycle_column.empty()) require_seen(field_keys_[lifecycle]);
  const std::size_t required = std::min(options_.optional_from, options_.attributes.size());
  for (std::size_t at = 0; at < required; ++at) require_seen(options_.attributes[at]);
  const auto key_if_seen = [&](Field field) {
    return is_seen(field_keys_[field]) ? field_keys_[field] : std::string();
  };
  const std::string case_key = std::string(trace_prefix) + case_key_;
  if (is_seen(case_key)) log_.columns.case_columns = {case_key};
  log_.columns = {.case_columns = std::move(log_.columns.case_columns),
                  .activity = classifier_.keys.empty() ? key_if_seen(activity) : classifier_.name,
                  .timestamp = key_if_seen(timestamp),
                  .start = key_if_seen(start),
                  .resource = key_if_seen(resource),
                  .lifecycle = key_if_seen(lifecycle),
                  .instance = key_if_seen(instance)};
  for (std::uint32_t number = 0; number < keys_.size(); ++number) {
    log_.available.emplace_back(keys_[number]);
  }
}

}  // namespace gemba::inline eventlog
