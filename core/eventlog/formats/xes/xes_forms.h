#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/formats/xes/xes_shapes.h"

namespace gemba::inline eventlog {

/// How a whole event looks that holds nothing but closed tags, each of which ends with its value:
/// all that stands around these values.
struct XesForm {
  std::vector<std::string> pieces;  ///< before, between and behind the values
  std::vector<XmlShape> shapes;     ///< of the tags
  std::uint64_t lines_before = 0;   ///< line ends in front of the event
  std::uint64_t lines = 0;          ///< line ends in all pieces
  std::size_t number = 0;           ///< 0, 1, 2 … in order of appearance
  std::size_t next = 0;             ///< number of the form that followed the last time
};

/// An event of a form.
struct XesEvent {
  const XesForm* form = nullptr;
  std::vector<std::string_view> values;
  std::uint64_t line = 0;  ///< where the event begins
};

/// The forms of events that were met. Most logs have few.
class XesForms {
 public:
  static constexpr std::size_t most = 64;
  static constexpr std::size_t most_values = 32;

  /// The form that followed the current one the last time; none when there is no form yet.
  const XesForm* expected() const { return forms_.empty() ? nullptr : &forms_[next()]; }

  /// The event at hand has the form that was expected.
  void advance() { current_ = next(); }

  /// Learns the form of an event and makes it the current one, unless there are too many already.
  /// `bytes` are the event with the white space before it, and the values stand in them; `numbers`
  /// are those of the shapes of its tags.
  void learn(std::string_view bytes, std::span<const std::string_view> values,
             std::span<const std::uint64_t> numbers, const XmlShapes& shapes);

 private:
  std::size_t next() const { return forms_[current_].next; }
  bool add(const std::vector<std::string_view>& pieces, std::span<const std::uint64_t> numbers,
           const XmlShapes& shapes);

  std::deque<XesForm> forms_;
  std::size_t current_ = 0;
  std::vector<std::string_view> pieces_;
};

}  // namespace gemba::inline eventlog
