#include "core/eventlog/formats/xes/xes_expat.h"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <memory>

#include "core/base/error.h"

namespace gemba::inline eventlog {

namespace {

std::string too_long() {
  return fmt::format("a tag or text is longer than {} MiB", longest_xml_token >> 20U);
}

/// Feeds expat, and the reader with what it says.
class ExpatFeed {
 public:
  ExpatFeed(ByteStream& stream, const XmlRest& rest, XesReader& reader);

  void run();

 private:
  void set_handlers();
  void open(const char* name, const char** attributes);
  void close();
  void parse(std::size_t size, bool last);
  void check_length();
  template <class Work>
  void guard(Work&& work);
  void stop(std::string reason);
  [[noreturn]] void fail() const;

  std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_.get()) + rest_.line - 1; }
  std::uint64_t position() const {
    return static_cast<std::uint64_t>(
        std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
  }

  struct FreeParser {
    void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
  };

  ByteStream& stream_;
  const XmlRest& rest_;
  XesReader& reader_;
  std::unique_ptr<XML_ParserStruct, FreeParser> parser_;
  std::vector<XmlAttribute> attributes_;
  bool ended_ = false;  ///< the document has no more
  std::uint64_t given_ = 0;
  std::uint64_t used_ = 0;  ///< bytes given before what is unfinished
  std::string failure_;     ///< why we stopped the parser
  std::uint64_t failure_line_ = 0;
  std::exception_ptr exception_;  ///< what a handler threw
};

ExpatFeed::ExpatFeed(ByteStream& stream, const XmlRest& rest, XesReader& reader)
    : stream_(stream), rest_(rest), reader_(reader), parser_(XML_ParserCreate("UTF-8")) {
  if (!parser_) throw Error("not enough memory to read XML");
  set_handlers();
}

void ExpatFeed::set_handlers() {
  XML_Parser parser = parser_.get();
  XML_SetUserData(parser, this);
  XML_SetElementHandler(
      parser,
      [](void* self, const char* name, const char** attributes) {
        static_cast<ExpatFeed*>(self)->open(name, attributes);
      },
      [](void* self, const char*) { static_cast<ExpatFeed*>(self)->close(); });
  XML_SetCommentHandler(
      parser, [](void* self, const char*) { static_cast<ExpatFeed*>(self)->check_length(); });
  XML_SetProcessingInstructionHandler(parser, [](void* self, const char*, const char*) {
    static_cast<ExpatFeed*>(self)->check_length();
  });
  // Entities can blow a small file up to any size, and no log needs them.
  XML_SetStartDoctypeDeclHandler(
      parser, [](void* self, const char*, const char*, const char*, int) {
        static_cast<ExpatFeed*>(self)->stop(
            "it has a DOCTYPE, which is refused because entities can hide any amount of text");
      });
}

// Exceptions must not cross the C code of the parser: handlers leave what happened and stop it.
void ExpatFeed::stop(std::string reason) {
  if (failure_.empty()) {
    failure_ = std::move(reason);
    failure_line_ = line();
  }
  XML_StopParser(parser_.get(), XML_FALSE);
}

template <class Work>
void ExpatFeed::guard(Work&& work) {
  // What comes before the rest was read by another; a stopped parser may still end an element.
  if (position() < rest_.before.size() || !failure_.empty() || exception_) return;
  try {
    work();
  } catch (...) {
    exception_ = std::current_exception();
    XML_StopParser(parser_.get(), XML_FALSE);
  }
}

void ExpatFeed::open(const char* name, const char** attributes) {
  guard([&] {
    attributes_.clear();
    for (; *attributes != nullptr; attributes += 2) {
      attributes_.push_back({attributes[0], attributes[1]});
    }
    check_length();
    if (!failure_.empty()) return;
    reader_.open({.name = name, .attributes = attributes_, .line = line()});
    if (!reader_.failure().empty()) stop(reader_.failure());
  });
}

void ExpatFeed::close() {
  guard([&] {
    check_length();
    if (failure_.empty()) reader_.close();
  });
}

// A token may be longer than it could grow between two looks at what is unfinished.
void ExpatFeed::check_length() {
  const int size = XML_GetCurrentByteCount(parser_.get());
  if (static_cast<std::uint64_t>(std::max(size, 0)) > longest_xml_token) {
    stop(too_long());
  }
}

void ExpatFeed::fail() const {
  if (exception_) std::rethrow_exception(exception_);
  if (!failure_.empty()) throw_unreadable(stream_.name(), failure_line_, failure_);
  const XML_Error error = XML_GetErrorCode(parser_.get());
  const bool is_cut = error == XML_ERROR_NO_ELEMENTS || error == XML_ERROR_UNCLOSED_TOKEN ||
                      error == XML_ERROR_PARTIAL_CHAR || error == XML_ERROR_UNCLOSED_CDATA_SECTION;
  const std::string cut = is_cut && ended_ ? reader_.describe_cut() : std::string();
  if (!cut.empty()) {
    throw Error(fmt::format("'{}', line {}: not a readable XES log: {}; export or copy it again",
                            stream_.name(), line(), cut));
  }
  throw_unreadable(stream_.name(), line(), XML_ErrorString(error));
}

void ExpatFeed::parse(std::size_t size, bool last) {
  given_ += size;
  ended_ = last;
  if (XML_ParseBuffer(parser_.get(), static_cast<int>(size), last ? 1 : 0) != XML_STATUS_OK) fail();
  // Without a tag since the last block, expat knows no position.
  used_ = std::max(used_, position());
  if (last || given_ - used_ <= longest_xml_token) return;
  throw_unreadable(stream_.name(), line(), too_long());
}

void ExpatFeed::run() {
  constexpr std::size_t block = std::size_t{256} << 10U;
  std::string_view before = rest_.before;
  std::string_view at_hand = rest_.bytes;
  for (bool last = false; !last;) {
    void* buffer = XML_GetBuffer(parser_.get(), static_cast<int>(block));
    if (buffer == nullptr) fail();
    char* to = static_cast<char*>(buffer);
    std::size_t got = 0;
    for (std::string_view* text : {&before, &at_hand}) {
      const std::size_t size = text->copy(to + got, block - got);
      text->remove_prefix(size);
      got += size;
    }
    try {
      const std::size_t room = block - got;
      const std::size_t more = stream_.read(to + got, room);
      got += more;
      last = more < room;
    } catch (...) {
      // What is wrong before the place where the stream fails comes first.
      parse(got, false);
      throw;
    }
    parse(got, last);
  }
}

}  // namespace

void throw_unreadable(const std::string& path, std::uint64_t line, const std::string& reason) {
  throw Error(
      fmt::format("'{}', line {}: not a readable XES log: {}; export it again or mend that line",
                  path, line, reason));
}

void read_with_expat(ByteStream& stream, const XmlRest& rest, XesReader& reader) {
  ExpatFeed(stream, rest, reader).run();
}

}  // namespace gemba::inline eventlog
