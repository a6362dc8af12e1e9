#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/columns/string_pool.h"
#include "core/eventlog/build/log_builder.h"
#include "core/eventlog/event_log.h"
#include "core/eventlog/formats/xes/xes_classifier.h"
#include "core/eventlog/formats/xes/xes_forms.h"
#include "core/eventlog/formats/xes/xes_tag.h"
#include "core/eventlog/read_options.h"

namespace gemba::inline eventlog {

/// The keys met at one level of a log, and which texts of an event or trace each of them is wanted
/// for.
class XesKeys {
 public:
  using Slots = std::vector<std::uint32_t>;

  /// What a key is wanted for; none when it is new.
  const Slots* find(std::string_view key) const;

  /// Adds a key that is not known yet.
  const Slots& add(std::string_view key, Slots slots);

  /// Keeps what tags of a shape are wanted for, and finds it again.
  void remember(std::uint64_t shape, const Slots& slots);
  const Slots* recall(std::uint64_t shape) const {
    const Shape& known = shapes_[shape % shapes_.size()];
    return shape != XmlTag::no_shape && known.number == shape ? known.slots : nullptr;
  }

  bool empty() const { return slots_.empty(); }

 private:
  struct Shape {
    std::uint64_t number = XmlTag::no_shape;
    const Slots* slots = nullptr;
  };

  StringPool numbers_;
  std::deque<Slots> slots_;
  std::array<Shape, XmlTag::shape_slots> shapes_;
};

/// Takes the elements of an XES document one by one, whoever reads them, and makes a log of them.
class XesReader {
 public:
  /// All must outlive the reader.
  XesReader(const ReadOptions& options, EventLog& log, LogBuilder& builder);

  /// An element begins. Afterwards `failure` may say that the document is no log: then go no
  /// further. Throws what the builder throws.
  void open(const XmlTag& tag);

  /// The element that was opened last ends. Throws what the builder throws.
  void close();

  /// The same for a whole event, which stands within two elements.
  void take_event(const XesEvent& event);

  /// Why the document cannot be read as a log; empty as long as it can.
  const std::string& failure() const { return failure_; }

  /// What to say of a document that ends too early: where in the log that is; empty where it does
  /// not even begin.
  std::string describe_cut() const;

  /// A reader for a later part of the document, which begins between two traces. All that this one
  /// has read is behind it; `builder` must outlive it.
  XesReader next_part(LogBuilder& builder) const;

  /// Whether the document is at a place where a later part may begin: behind a trace and within
  /// none.
  bool is_between_traces() const { return depth_ == 1 && where_ == Where::outside && traces_seen_; }

  /// Whether a later part was read as it would have been behind this one.
  bool fits(const XesReader& next) const;

  /// Joins what a later part that fits has met.
  void append(const XesReader& next);

  /// Fills in what attributes the log has and which were read. Call once, behind the document.
  /// Throws `UsageError` for a named attribute that no event has.
  void describe_columns();

 private:
  enum Field : std::uint32_t {
    activity,
    timestamp,
    start,
    resource,
    lifecycle,
    instance,
    field_count
  };
  /// A value of a form and the text that it becomes.
  struct Wanted {
    std::uint32_t slot, value;
  };
  enum class Where : std::uint8_t { outside, trace, event };

  void open_in_log(std::string_view name, const XmlTag& tag);
  void open_trace();
  void open_event(std::uint64_t line);
  void close_trace();
  void close_event();
  void take_classifier(const XmlTag& tag);
  void use_classifier(const XesClassifier& classifier);
  void take_attribute(std::string_view name, const XmlTag& tag);
  const XesKeys::Slots& slots_of(XesKeys& known, std::string_view key);
  void learn_form(const XesForm& form);
  XesKeys::Slots slots_of_new_key(std::string_view key);
  void put(const XesKeys::Slots& slots, std::string_view value);
  XesKeys::Slots event_slots(std::string_view key) const;
  XesKeys::Slots trace_slots(std::string_view key) const;
  std::string_view classified();
  bool has_event_keys() const { return event_keys_seen_ || !event_keys_.empty(); }
  bool is_seen(std::string_view key) const { return keys_.find(key) != StringPool::none; }
  std::vector<std::string_view> attributes_seen() const;
  void require_seen(const std::string& key) const;
  void require_activity_seen() const;

  const ReadOptions& options_;
  EventLog& log_;
  LogBuilder& builder_;
  std::string failure_;

  int depth_ = 0;
  Where where_ = Where::outside;
  std::vector<std::string> field_keys_;  ///< by `Field`; empty: not wanted
  std::string case_key_;                 ///< without `case:`
  std::vector<XesClassifier> classifiers_;
  std::size_t inherited_classifiers_ = 0;  ///< so many are of earlier parts
  bool event_keys_seen_ = false;           ///< in earlier parts
  bool traces_seen_ = false;
  XesClassifier classifier_;  ///< the activity's; without keys when it is an attribute

  XesKeys event_keys_, trace_keys_;
  /// By number of a form, what its values are wanted for.
  std::vector<std::vector<Wanted>> form_slots_;
  StringPool keys_;  ///< of both, in order of appearance

  /// Texts of the event at hand: by `Field`, then `ReadOptions::attributes`, then the classifier's.
  std::vector<std::string> texts_;
  /// Texts of the trace at hand: its name, then `ReadOptions::attributes`.
  std::vector<std::string> trace_texts_;
  std::vector<std::string_view> attributes_;
  std::string classified_;
  std::size_t trace_begin_ = 0;  ///< index of the trace's first event
  bool trace_has_events_ = false;
  std::string last_trace_;        ///< the name of the last trace that ended, or empty
  std::uint64_t event_line_ = 0;  ///< where the event at hand begins
};

}  // namespace gemba::inline eventlog
