#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/eventlog/bytes/read_ahead.h"

namespace gemba::inline eventlog {

struct XmlAttribute {
  std::string_view name, value;
};

/// The attributes of an element, as long as it is being opened.
class XmlAttributes {
 public:
  explicit XmlAttributes(std::span<const XmlAttribute> all) : all_(all) {}

  /// The value of an attribute by its name as it is written; empty when there is none.
  std::string_view at(std::string_view name) const {
    for (const XmlAttribute& each : all_) {
      if (each.name == name) return each.value;
    }
    return {};
  }

  /// The value of the attribute of a local name that has a prefix (`r:id`).
  std::string_view prefixed(std::string_view local) const;

 private:
  std::span<const XmlAttribute> all_;
};

/// What is told of a part; each may be left out. Names are without their prefix; elements of
/// another name space than that of the root are passed over with all that they hold. Any of them
/// may throw.
struct XmlHandlers {
  /// The root element, first of all.
  std::function<void(std::string_view name, std::string_view name_space, XmlAttributes)> root = {};
  /// Every other element.
  std::function<void(std::string_view name, XmlAttributes)> open = {};
  /// Whether to go on behind the end of an element.
  std::function<bool(std::string_view name)> close = {};
  /// Characters, maybe in pieces.
  std::function<void(std::string_view)> text = {};
};

/// Where a part stands, for messages.
struct XmlPlace {
  std::string path;  ///< of the workbook
  std::string part;
};

/// A part that comes piece by piece (XML 1.0 in UTF-8 or UTF-16, ECMA-376 Part 2, 6.2.5).
class XmlPart {
 public:
  XmlPart(XmlPlace place, XmlHandlers handlers);
  XmlPart(const XmlPart&) = delete;
  XmlPart& operator=(const XmlPart&) = delete;
  ~XmlPart();

  /// Takes the next piece, and returns false once a handler has stopped. Throws `Error` with the
  /// line for what is not well-formed, for a DOCTYPE, which no part may have, for tags of more than
  /// a MiB and for elements deeper than any part has them; and what the handlers throw.
  bool feed(std::string_view piece);

  /// Ends the part. Throws like `feed`.
  void end();

  /// So many lines were left out between two pieces.
  void skip_lines(std::uint64_t lines);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Reads a part to its end, or to where a handler stops it. Throws like `XmlPart`, and what `bytes`
/// throws.
void read_xml_part(const ReadBytes& bytes, const XmlPlace& place, XmlHandlers handlers);

}  // namespace gemba::inline eventlog
