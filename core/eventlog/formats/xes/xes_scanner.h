#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/eventlog/bytes/byte_stream.h"
#include "core/eventlog/formats/xes/xes_forms.h"
#include "core/eventlog/formats/xes/xes_shapes.h"
#include "core/eventlog/formats/xes/xes_tag.h"

namespace gemba::inline eventlog {

/// Where a document is left to another reader: at the beginning of a tag or text.
struct XmlRest {
  std::string before;  ///< stands for all that came before: opens what is open, for a new reader
  std::string_view bytes;  ///< already taken from the stream and not read yet
  std::uint64_t line = 1;  ///< 1-based line of the document where `bytes` begin
};

/// Reads the tags of an XML document in place, several times faster than a whole XML reader,
/// because it judges only what it is sure of: well-formed documents in UTF-8 (whatever encoding
/// they declare) without DOCTYPE, with ASCII names. Before anything else it declines, and the
/// reader that takes over from there must come to the same end as if it had read all.
class XesScanner {
 public:
  enum class Step : std::uint8_t {
    open,     ///< an element begins: `tag`
    event,    ///< an element `event` within two others, from its beginning to its end: `event`
    close,    ///< the element that was opened last ends
    end,      ///< the document ended well
    declined  ///< what follows must be read from `rest` on
  };

  static constexpr std::size_t usual_block = std::size_t{256} << 10U;

  /// Takes `block` bytes at a time from `stream`, which must outlive the scanner.
  explicit XesScanner(ByteStream& stream, std::size_t block = usual_block);

  /// Begins in the middle of a document, where all elements are closed but its root, which is
  /// called `root`.
  XesScanner(ByteStream& stream, std::string root, std::size_t block);

  /// From now on events that look like one before are given whole.
  void give_whole_events() { gives_events_ = true; }

  /// Goes on to the next tag. An element whose tag says `closed` has no `close` of its own. After
  /// `end` or `declined` there is nothing more. Throws what the stream throws.
  Step next();

  /// The element that began. Valid until `next` is called.
  const XmlTag& tag() const { return tag_; }

  /// The event that was given whole. Valid until `next` is called.
  const XesEvent& event() const { return event_; }

  /// Bytes of the stream up to the end of the tag that was read last.
  std::uint64_t position() const { return taken_ - left(at_); }

  /// 1-based line of the document where that is.
  std::uint64_t line() const { return line_; }
  void set_line(std::uint64_t line) { line_ = line; }

  /// The names of the open elements, one behind the other: behind a trace, that of the root.
  const std::string& open_names() const { return open_names_; }

  /// What is left of the document, in the scanner's memory and then in the stream.
  XmlRest rest() const;

 private:
  enum class Place : std::uint8_t { start, prolog, content, epilog };
  enum class Found : std::uint8_t { open, event, close, end, declined, other, unfinished };

  Found scan();
  Found scan_start();
  Found scan_markup();
  bool scan_alike();
  bool scan_event();
  void note_tag();
  void learn_form(const char* end);
  Found scan_open();
  Found scan_close();
  Found scan_text();
  Found scan_comment();
  Found scan_cdata();
  Found scan_instruction();

  const char* skip_white(const char* at);
  const char* skip_to(const char* at, char wanted, bool markup_too);
  const char* skip_word(const char* at, std::string_view word);
  const char* scan_attributes(const char* at);
  const char* scan_attribute(const char* at);
  const char* scan_value(const char* at);
  bool has_name_twice() const;
  bool decode_values(const char* end);
  Found take_open(const char* end);
  void learn_shape();
  bool is_declaration() const;

  const char* stop(const char* at, std::size_t reach = 1);
  Found stop_at(const char* at);
  bool is_too_long(const char* end) const;
  Found take(const char* end, Found found);
  bool fill();
  std::size_t left(const char* at) const { return static_cast<std::size_t>(end_ - at); }

  static constexpr std::size_t most_attributes = 32;

  ByteStream& stream_;
  std::size_t block_;
  std::vector<char> buffer_;  ///< what is unread, a NUL behind it, and room to look ahead
  const char* before_;        ///< where the white space before the tag or text at hand begins
  const char* at_;            ///< where the tag or text at hand begins
  const char* end_;
  std::uint64_t taken_ = 0;  ///< bytes of the stream up to `end_`
  bool stream_ended_ = false;
  bool started_ = false;     ///< mark and declaration are read, if there are any
  std::uint64_t line_ = 1;   ///< at `at_`
  std::uint64_t lines_ = 0;  ///< line ends seen in the tag or text at hand
  bool white_seen_ = false;  ///< in the value at hand: white space that must be normalised
  Place place_ = Place::start;
  Found stopped_ = Found::other;  ///< why the tag or text at hand could not be read

  XmlShapes shapes_;
  std::string_view raw_value_;  ///< of the attribute read last, as it stands in the document
  bool gives_events_ = false;
  XesForms forms_;
  XesEvent event_;
  const char* noted_ = nullptr;  ///< where the white space before the event begins that is noted
  std::vector<std::string_view> noted_values_;
  std::vector<std::uint64_t> noted_shapes_;
  std::uint64_t lines_before_ = 0;    ///< line ends in the white space before the tag at hand
  std::uint64_t lines_to_value_ = 0;  ///< line ends in the tag at hand before its last value

  XmlTag tag_;
  std::array<XmlAttribute, most_attributes> attributes_;
  std::size_t attribute_count_ = 0;
  std::uint32_t encoded_ = 0;  ///< a bit for each attribute whose value must be decoded
  std::string decoded_;
  std::string open_names_;                ///< of the open elements, one behind the other
  std::vector<std::size_t> open_begins_;  ///< where each of them begins
};

}  // namespace gemba::inline eventlog
